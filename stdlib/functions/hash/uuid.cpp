#include "stdlib/functions/hash/uuid.h"

#include <algorithm>

namespace cdc::functions {
namespace {

constexpr size_t kUuidDigits = 32;
constexpr size_t kUuidText = 36;

// Whether a dash stands before the byte with this number.
bool DashBefore(size_t byte) { return byte == 4 || byte == 6 || byte == 8 || byte == 10; }

}  // namespace

std::optional<UuidBytes> ReadUuid(std::string_view text) {
  if (text.size() == kUuidText + 2 && text.front() == '{' && text.back() == '}') text = text.substr(1, kUuidText);
  bool dashes = text.size() == kUuidText;
  if (!dashes && text.size() != kUuidDigits) return std::nullopt;
  UuidBytes uuid;
  size_t at = 0;
  for (size_t i = 0; i < uuid.size(); ++i) {
    if (dashes && DashBefore(i) && text[at++] != '-') return std::nullopt;
    int high = HexDigitOf(text[at]), low = HexDigitOf(text[at + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    uuid[i] = static_cast<char>(high << 4 | low);
    at += 2;
  }
  return uuid;
}

Value UuidText(const UuidBytes& uuid, Arena* scratch) {
  char* from = scratch->Allocate(kUuidText);
  char* to = from;
  for (size_t i = 0; i < uuid.size(); ++i) {
    if (DashBefore(i)) *to++ = '-';
    unsigned char byte = static_cast<unsigned char>(uuid[i]);
    *to++ = kLowerHex[byte >> 4];
    *to++ = kLowerHex[byte & 15];
  }
  return Value::Text({from, kUuidText});
}

UuidBytes TimeFirst(const UuidBytes& uuid) {
  UuidBytes swapped = uuid;
  std::copy_n(uuid.begin() + 6, 2, swapped.begin());
  std::copy_n(uuid.begin() + 4, 2, swapped.begin() + 2);
  std::copy_n(uuid.begin(), 4, swapped.begin() + 4);
  return swapped;
}

UuidBytes TimeThird(const UuidBytes& swapped) {
  UuidBytes uuid = swapped;
  std::copy_n(swapped.begin() + 4, 4, uuid.begin());
  std::copy_n(swapped.begin() + 2, 2, uuid.begin() + 4);
  std::copy_n(swapped.begin(), 2, uuid.begin() + 6);
  return uuid;
}

}  // namespace cdc::functions
