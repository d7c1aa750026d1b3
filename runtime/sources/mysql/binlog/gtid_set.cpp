#include "runtime/sources/mysql/binlog/gtid_set.h"

#include <algorithm>
#include <charconv>

#include "runtime/sources/mysql/binlog/bytes.h"
#include "stdlib/core/number_text.h"

namespace cdc::binlog {
namespace {

constexpr char kHex[] = "0123456789abcdef";
constexpr uint64_t kNumberMax = INT64_MAX;
constexpr size_t kTagMax = 32;
constexpr size_t kUuidText = 36;

char* WriteUuid(const Uuid& uuid, char* out) {
  for (size_t i = 0; i < uuid.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) *out++ = '-';
    *out++ = kHex[uuid[i] >> 4];
    *out++ = kHex[uuid[i] & 15];
  }
  return out;
}

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool ParseUuid(std::string_view text, Uuid* out) {
  size_t nibble = 0;
  for (const char c : text) {
    if (c == '-') continue;
    const int digit = HexDigit(c);
    if (digit < 0 || nibble == 32) return false;
    uint8_t& byte = (*out)[nibble / 2];
    byte = static_cast<uint8_t>(nibble % 2 == 0 ? digit << 4 : byte | digit);
    ++nibble;
  }
  return nibble == 32;
}

bool ParseTag(std::string_view text, std::string* out) {
  if (text.empty() || text.size() > kTagMax) return false;
  out->clear();
  for (char c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    const bool letter = (c >= 'a' && c <= 'z') || c == '_';
    if (!letter && (out->empty() || c < '0' || c > '9')) return false;
    *out += c;
  }
  return true;
}

bool ParseInterval(std::string_view text, uint64_t* start, uint64_t* end) {
  const char* const stop = text.data() + text.size();
  auto read = std::from_chars(text.data(), stop, *start);
  if (read.ec != std::errc() || *start == 0) return false;
  uint64_t last = *start;
  if (read.ptr != stop) {
    if (*read.ptr != '-') return false;
    read = std::from_chars(read.ptr + 1, stop, last);
    if (read.ec != std::errc() || read.ptr != stop) return false;
  }
  if (last < *start || last >= kNumberMax) return false;
  *end = last + 1;
  return true;
}

std::string_view TakeUntil(std::string_view* text, char separator) {
  const size_t at = text->find(separator);
  const std::string_view part = text->substr(0, at);
  text->remove_prefix(at == std::string_view::npos ? text->size() : at + 1);
  return part;
}

void AppendLe64(uint64_t value, std::string* out) {
  for (int i = 0; i < 8; ++i) *out += static_cast<char>(value >> (8 * i));
}

}  // namespace

std::string ToText(const Uuid& uuid) {
  char text[kUuidText];
  WriteUuid(uuid, text);
  return std::string(text, sizeof(text));
}

std::string ToText(const MySqlGtid& gtid) {
  char text[kUuidText + 2 + kTagMax + kNumberTextMax];
  char* out = WriteUuid(gtid.uuid, text);
  *out++ = ':';
  if (!gtid.tag.empty()) {
    out = std::copy_n(gtid.tag.data(), std::min(gtid.tag.size(), kTagMax), out);
    *out++ = ':';
  }
  return std::string(text, static_cast<size_t>(WriteUint(gtid.number, out) - text));
}

Result<GtidSet> GtidSet::Parse(std::string_view text) {
  std::string packed;
  for (const char c : text) {
    if (c != ' ' && c != '\n' && c != '\r' && c != '\t') packed += c;
  }
  const auto broken = [](std::string_view part) {
    return Error(ErrorCode::kCorruptInput, "`" + std::string(part.substr(0, 200)) + "` is no part of a GTID set");
  };
  GtidSet set;
  std::string_view rest = packed;
  while (!rest.empty()) {
    std::string_view entry = TakeUntil(&rest, ',');
    if (entry.empty()) continue;
    const std::string_view whole = entry;
    Uuid uuid{};
    if (!ParseUuid(TakeUntil(&entry, ':'), &uuid) || entry.empty()) return broken(whole);
    std::string tag;
    while (!entry.empty()) {
      const std::string_view part = TakeUntil(&entry, ':');
      uint64_t start = 0, end = 0;
      if (ParseInterval(part, &start, &end)) {
        set.AddRange(uuid, tag, start, end);
      } else if (!ParseTag(part, &tag)) {
        return broken(whole);
      }
    }
  }
  return set;
}

Result<GtidSet> GtidSet::Decode(std::string_view bytes) {
  const auto broken = [] { return Error(ErrorCode::kCorruptInput, "an encoded GTID set is broken"); };
  if (bytes.size() < 8) return broken();
  const bool with_tags = bytes[7] == 1;
  ByteReader in(bytes);
  uint64_t entries = in.Le(8);
  if (with_tags) entries = entries >> 8 & 0xFFFFFFFFFFFF;
  GtidSet set;
  for (uint64_t i = 0; i < entries; ++i) {
    Uuid uuid{};
    const std::string_view id = in.Bytes(uuid.size());
    if (!in.ok()) return broken();
    std::copy(id.begin(), id.end(), uuid.begin());
    std::string tag;
    if (with_tags) {
      const uint8_t size = in.Byte();
      const std::string_view text = in.Bytes(size >> 1);
      if ((size & 1) != 0 || (!text.empty() && !ParseTag(text, &tag))) return broken();
    }
    const uint64_t intervals = in.Le(8);
    for (uint64_t j = 0; j < intervals; ++j) {
      const uint64_t start = in.Le(8);
      const uint64_t end = in.Le(8);
      if (!in.ok() || start == 0 || end <= start || end > kNumberMax) return broken();
      set.AddRange(uuid, tag, start, end);
    }
  }
  if (!in.ok() || in.left() != 0) return broken();
  return set;
}

std::vector<GtidSet::Interval>* GtidSet::Ranges(const Uuid& uuid, std::string_view tag) {
  return &ranges_[Key{uuid, std::string(tag)}];
}

void GtidSet::AddRange(const Uuid& uuid, std::string_view tag, uint64_t start, uint64_t end) {
  std::vector<Interval>& ranges = *Ranges(uuid, tag);
  if (!ranges.empty() && ranges.back().end == start) {
    ranges.back().end = end;
    return;
  }
  // All intervals that touch [start, end) become one.
  auto first = std::lower_bound(ranges.begin(), ranges.end(), start,
                                [](const Interval& range, uint64_t at) { return range.end < at; });
  auto last = first;
  for (; last != ranges.end() && last->start <= end; ++last) {
    start = std::min(start, last->start);
    end = std::max(end, last->end);
  }
  first = ranges.erase(first, last);
  ranges.insert(first, Interval{start, end});
}

void GtidSet::Add(const GtidSet& other) {
  for (const auto& [key, ranges] : other.ranges_) {
    for (const Interval& range : ranges) AddRange(key.uuid, key.tag, range.start, range.end);
  }
}

void GtidSet::Remove(const GtidSet& other) {
  for (const auto& [key, removed] : other.ranges_) {
    const auto found = ranges_.find(key);
    if (found == ranges_.end()) continue;
    std::vector<Interval> kept;
    for (Interval range : found->second) {
      for (const Interval& hole : removed) {
        if (hole.end <= range.start || hole.start >= range.end) continue;
        if (hole.start > range.start) kept.push_back({range.start, hole.start});
        range.start = std::min(hole.end, range.end);
      }
      if (range.start < range.end) kept.push_back(range);
    }
    if (kept.empty()) {
      ranges_.erase(found);
    } else {
      found->second = std::move(kept);
    }
  }
}

bool GtidSet::Contains(const MySqlGtid& gtid) const {
  const auto found = ranges_.find(Key{gtid.uuid, gtid.tag});
  if (found == ranges_.end()) return false;
  return std::any_of(found->second.begin(), found->second.end(),
                     [&](const Interval& range) { return range.start <= gtid.number && gtid.number < range.end; });
}

bool GtidSet::Contains(const GtidSet& other) const {
  GtidSet rest = other;
  rest.Remove(*this);
  return rest.empty();
}

bool GtidSet::tagged() const {
  return std::any_of(ranges_.begin(), ranges_.end(), [](const auto& entry) { return !entry.first.tag.empty(); });
}

std::string GtidSet::ToText() const {
  std::string text;
  const Uuid* uuid = nullptr;
  for (const auto& [key, ranges] : ranges_) {
    if (uuid == nullptr || *uuid != key.uuid) {
      if (uuid != nullptr) text += ',';
      text += binlog::ToText(key.uuid);
      uuid = &key.uuid;
    }
    if (!key.tag.empty()) text += ":" + key.tag;
    for (const Interval& range : ranges) {
      text += ":" + std::to_string(range.start);
      if (range.end - range.start > 1) text += "-" + std::to_string(range.end - 1);
    }
  }
  return text;
}

std::string GtidSet::Encode() const {
  const bool with_tags = tagged();
  std::string out;
  if (with_tags) {
    AppendLe64(uint64_t{1} | static_cast<uint64_t>(ranges_.size()) << 8 | uint64_t{1} << 56, &out);
  } else {
    AppendLe64(ranges_.size(), &out);
  }
  for (const auto& [key, ranges] : ranges_) {
    out.append(reinterpret_cast<const char*>(key.uuid.data()), key.uuid.size());
    if (with_tags) {
      out += static_cast<char>(key.tag.size() << 1);
      out += key.tag;
    }
    AppendLe64(ranges.size(), &out);
    for (const Interval& range : ranges) {
      AppendLe64(range.start, &out);
      AppendLe64(range.end, &out);
    }
  }
  return out;
}

}  // namespace cdc::binlog
