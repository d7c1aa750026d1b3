#include "stdlib/functions/conversion/addresses.h"

#include <algorithm>
#include <array>

#include "stdlib/core/number_text.h"

namespace cdc::functions {
namespace {

constexpr size_t kGroups = 8;
using Groups = std::array<uint16_t, kGroups>;

// A group of one to four hexadecimal digits at the start of `*text`, which it leaves behind.
std::optional<uint16_t> TakeGroup(std::string_view* text) {
  unsigned value = 0;
  size_t digits = 0;
  for (; digits < text->size() && digits < 5 && HexDigitOf((*text)[digits]) >= 0; ++digits) {
    value = value << 4 | static_cast<unsigned>(HexDigitOf((*text)[digits]));
  }
  if (digits == 0 || digits > 4) return std::nullopt;
  text->remove_prefix(digits);
  return static_cast<uint16_t>(value);
}

// Groups between colons into `*out`, the last two perhaps as an IPv4 address; -1 if they are none.
int ReadGroups(std::string_view text, Groups* out) {
  size_t count = 0;
  if (text.empty()) return 0;
  for (;;) {
    bool four = text.find(':') == text.npos && text.find('.') != text.npos;
    if (four) {
      std::optional<uint32_t> address = ReadIpv4(text);
      if (!address || count + 2 > kGroups) return -1;
      (*out)[count++] = static_cast<uint16_t>(*address >> 16);
      (*out)[count++] = static_cast<uint16_t>(*address & 0xFFFF);
      return static_cast<int>(count);
    }
    std::optional<uint16_t> group = TakeGroup(&text);
    if (!group || count == kGroups) return -1;
    (*out)[count++] = *group;
    if (text.empty()) return static_cast<int>(count);
    if (text.front() != ':') return -1;
    text.remove_prefix(1);
  }
}

char* WriteGroup(uint16_t group, char* out) {
  bool started = false;
  for (int shift = 12; shift >= 0; shift -= 4) {
    int digit = group >> shift & 15;
    started = started || digit != 0 || shift == 0;
    if (started) *out++ = kLowerHex[digit];
  }
  return out;
}

// The longest run of zero groups, of one too: where it starts and ends.
std::pair<size_t, size_t> LongestZeros(const Groups& groups) {
  std::pair<size_t, size_t> best{kGroups, kGroups};
  for (size_t i = 0; i < kGroups;) {
    size_t end = i;
    while (end < kGroups && groups[end] == 0) ++end;
    if (end - i > best.second - best.first) best = {i, end};
    i = std::max(end, i + 1);
  }
  return best;
}

}  // namespace

std::optional<uint32_t> ReadShortIpv4(std::string_view text) {
  uint32_t address = 0, number = 0;
  int dots = 0;
  if (text.empty() || text.back() == '.') return std::nullopt;
  for (char c : text) {
    if (c == '.') {
      if (++dots > 3) return std::nullopt;
      address = address << 8 | number;
      number = 0;
    } else {
      if (c < '0' || c > '9') return std::nullopt;
      number = number * 10 + static_cast<uint32_t>(c - '0');
      if (number > 255) return std::nullopt;
    }
  }
  if (dots == 1) address <<= 16;
  if (dots == 2) address <<= 8;
  return address << 8 | number;
}

std::optional<uint32_t> ReadIpv4(std::string_view text) {
  if (std::count(text.begin(), text.end(), '.') != 3) return std::nullopt;
  for (std::string_view rest = text; !rest.empty();) {
    size_t dot = std::min(rest.find('.'), rest.size());
    if (dot == 0 || dot > 3) return std::nullopt;
    rest.remove_prefix(std::min(dot + 1, rest.size()));
  }
  return ReadShortIpv4(text);
}

bool ReadIpv6(std::string_view text, char* out) {
  Groups head{}, tail{};
  size_t gap = text.find("::");
  if (gap == text.npos) {
    if (ReadGroups(text, &head) != static_cast<int>(kGroups)) return false;
  } else {
    int before = ReadGroups(text.substr(0, gap), &head), behind = ReadGroups(text.substr(gap + 2), &tail);
    bool dotted_head = text.substr(0, gap).find('.') != text.npos;
    if (before < 0 || behind < 0 || dotted_head || before + behind >= static_cast<int>(kGroups)) return false;
    std::fill(head.begin() + before, head.end(), uint16_t{0});
    std::copy_n(tail.begin(), behind, head.end() - behind);
  }
  for (size_t i = 0; i < kGroups; ++i) {
    out[2 * i] = static_cast<char>(head[i] >> 8);
    out[2 * i + 1] = static_cast<char>(head[i] & 0xFF);
  }
  return true;
}

char* WriteIpv4(uint32_t address, char* out) {
  char part[kNumberTextMax];
  for (int shift = 24; shift >= 0; shift -= 8) {
    char* end = WriteUint(address >> shift & 0xFF, part);
    out = std::copy(part, end, out);
    if (shift > 0) *out++ = '.';
  }
  return out;
}

char* WriteIpv6(std::string_view bytes, char* out) {
  Groups groups;
  for (size_t i = 0; i < kGroups; ++i) {
    groups[i] = static_cast<uint16_t>(static_cast<unsigned char>(bytes[2 * i]) << 8 |
                                      static_cast<unsigned char>(bytes[2 * i + 1]));
  }
  auto [from, to] = LongestZeros(groups);
  // ::ffff:1.2.3.4 and ::1.2.3.4
  bool four = from == 0 && (to == 6 || (to == 5 && groups[5] == 0xFFFF));
  size_t end = four ? 6 : kGroups;
  for (size_t i = 0; i < end; ++i) {
    if (i == from) {
      *out++ = ':';
      if (i == 0) *out++ = ':';
      i = to - 1;
      continue;
    }
    out = WriteGroup(groups[i], out);
    if (i + 1 < end || four) *out++ = ':';
  }
  if (four) out = WriteIpv4(uint32_t{groups[6]} << 16 | groups[7], out);
  return out;
}

}  // namespace cdc::functions
