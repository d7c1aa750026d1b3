#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cdc {

// Where a server listens. Either a host, with a port if one was written, or a socket.
struct Address {
  std::string host;
  std::string socket;  // a path
  uint16_t port = 0;   // 0: none was written
};

// Reads "host", "host:port", "[v6]", "[v6]:port" or "/path/of/a/socket"; nothing if the text is none of them.
std::optional<Address> ReadAddress(std::string_view text);

}  // namespace cdc
