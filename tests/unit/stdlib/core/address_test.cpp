#include "stdlib/core/address.h"

#include <gtest/gtest.h>

namespace cdc {
namespace {

std::string Shown(std::string_view text) {
  const std::optional<Address> address = ReadAddress(text);
  if (!address) return "none";
  return address->host + address->socket + " " + std::to_string(address->port);
}

TEST(Address, HostsPortsAndSockets) {
  EXPECT_EQ(Shown("db.example.com"), "db.example.com 0");
  EXPECT_EQ(Shown("127.0.0.1:3306"), "127.0.0.1 3306");
  EXPECT_EQ(Shown("h:65535"), "h 65535");
  EXPECT_EQ(Shown("[::1]"), "::1 0");
  EXPECT_EQ(Shown("[fe80::1%eth0]:9092"), "fe80::1%eth0 9092");
  EXPECT_EQ(Shown("/run/mysqld/mysqld.sock"), "/run/mysqld/mysqld.sock 0");
}

TEST(Address, EverythingElseIsNone) {
  for (const char* text : {"",       ":",      ":3306",  "h:",   "h:0",   "h:65536", "h:99999",   "h:-1",
                           "h:+1",   "h:1a",   "h:0x1",  "h: 1", "h:1:2", "::1",     "[::1",      "[]:1",
                           "[::1]x", "[::1]1", "[::1]:", "a b",  "a,b",   "a:1,b:2", "tcp://h:1", "u@h"}) {
    EXPECT_EQ(Shown(text), "none") << text;
  }
}

}  // namespace
}  // namespace cdc
