#pragma once

// MariaDB's GTID position: for each replication domain the last transaction seen.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "stdlib/core/result.h"

namespace cdc::binlog {

struct MariaDbGtid {
  uint32_t domain = 0;
  uint32_t server_id = 0;
  uint64_t sequence = 0;
  bool operator==(const MariaDbGtid&) const = default;
};

std::string ToText(const MariaDbGtid& gtid);  // "0-1-42"

class MariaDbGtidState {
 public:
  // `d-s-n,…`; white space is skipped. Errors: kCorruptInput, also when a domain comes twice.
  static Result<MariaDbGtidState> Parse(std::string_view text);

  // The newest transaction of its domain.
  void Set(const MariaDbGtid& gtid) { domains_[gtid.domain] = gtid; }
  // Whether the domain is at or past this sequence number.
  bool Reached(const MariaDbGtid& gtid) const;
  bool empty() const { return domains_.empty(); }
  const std::map<uint32_t, MariaDbGtid>& domains() const { return domains_; }
  bool operator==(const MariaDbGtidState&) const = default;

  // By domain; the form of @slave_connect_state.
  std::string ToText() const;

 private:
  std::map<uint32_t, MariaDbGtid> domains_;
};

}  // namespace cdc::binlog
