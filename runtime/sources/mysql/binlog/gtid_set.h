#pragma once

// MySQL's GTID sets: (server uuid, tag) -> disjoint ranges of transaction numbers.
//
// Text: `uuid[:tag]:a-b:c…,…`; a tag holds for the ranges behind it. Wire: specs of COM_BINLOG_DUMP_GTID and
// PREVIOUS_GTIDS, an untagged and (MySQL 8.3) a tagged form.

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "stdlib/core/result.h"

namespace cdc::binlog {

using Uuid = std::array<uint8_t, 16>;

std::string ToText(const Uuid& uuid);  // 8-4-4-4-12, lower case

struct MySqlGtid {
  Uuid uuid{};
  std::string tag;  // lower case, mostly empty
  uint64_t number = 0;
};

// "uuid:23", "uuid:tag:23".
std::string ToText(const MySqlGtid& gtid);

class GtidSet {
 public:
  struct Interval {
    uint64_t start = 0;
    uint64_t end = 0;  // exclusive
    bool operator==(const Interval&) const = default;
  };

  // White space and line breaks may stand anywhere between parts; the empty text is the empty set.
  // Errors: kCorruptInput.
  static Result<GtidSet> Parse(std::string_view text);
  // Reads either wire form. Errors: kCorruptInput.
  static Result<GtidSet> Decode(std::string_view bytes);

  void Add(const MySqlGtid& gtid) { AddRange(gtid.uuid, gtid.tag, gtid.number, gtid.number + 1); }
  void AddRange(const Uuid& uuid, std::string_view tag, uint64_t start, uint64_t end);
  void Add(const GtidSet& other);
  void Remove(const GtidSet& other);

  bool Contains(const MySqlGtid& gtid) const;
  bool Contains(const GtidSet& other) const;
  bool empty() const { return ranges_.empty(); }
  bool tagged() const;
  bool operator==(const GtidSet&) const = default;

  // Canonical text: uuids and tags in order, without white space.
  std::string ToText() const;
  // For the dump command; the tagged form only if some entry has a tag.
  std::string Encode() const;

 private:
  struct Key {
    Uuid uuid{};
    std::string tag;
    auto operator<=>(const Key&) const = default;
  };
  std::vector<Interval>* Ranges(const Uuid& uuid, std::string_view tag);

  std::map<Key, std::vector<Interval>> ranges_;
};

}  // namespace cdc::binlog
