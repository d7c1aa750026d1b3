#include "stdlib/core/value_text.h"

#include <algorithm>

#include "stdlib/core/number_text.h"
#include "stdlib/core/temporal.h"
#include "stdlib/core/utf8.h"

namespace cdc {
namespace {

constexpr size_t kTemporalTextMax = 40;
constexpr uint32_t kNoBound = UINT32_MAX;

template <typename Write>
std::string_view Written(Arena* scratch, size_t size_max, Write write) {
  char* from = scratch->Allocate(size_max);
  char* end = write(from);
  scratch->ShrinkLast(end);
  return {from, static_cast<size_t>(end - from)};
}

std::string_view EnumText(const Type& type, uint64_t index) {
  if (index == 0 || type.labels == nullptr || index > type.labels->size()) return {};
  return (*type.labels)[index - 1];
}

std::string_view SetText(const Type& type, uint64_t bits, Arena* scratch) {
  if (bits == 0 || type.labels == nullptr) return {};
  size_t size = 0;
  for (const std::string& label : *type.labels) size += label.size() + 1;
  return Written(scratch, size, [&](char* out) {
    bool first = true;
    for (size_t i = 0; i < type.labels->size() && i < 64; ++i) {
      if ((bits >> i & 1) == 0) continue;
      if (!first) *out++ = ',';
      first = false;
      out = std::copy((*type.labels)[i].begin(), (*type.labels)[i].end(), out);
    }
    return out;
  });
}

std::string_view UintText(const Type& type, uint64_t value, Arena* scratch) {
  if (type.kind == TypeKind::kEnum) return EnumText(type, value);
  if (type.kind == TypeKind::kSet) return SetText(type, value, scratch);
  int width = type.kind == TypeKind::kYear ? 4 : 1;
  return Written(scratch, kNumberTextMax, [&](char* out) { return WriteUintPadded(value, width, out); });
}

uint32_t LabelLengthMax(const Type& type) {
  size_t longest = 0, all = 0;
  if (type.labels == nullptr) return kNoBound;
  for (const std::string& label : *type.labels) {
    size_t length = CountCharacters(label);
    longest = longest < length ? length : longest;
    all += length + 1;
  }
  if (type.kind == TypeKind::kEnum) return static_cast<uint32_t>(longest);
  return all == 0 ? 0 : static_cast<uint32_t>(all - 1);
}

uint32_t WithFraction(uint32_t length, uint8_t digits) { return digits == 0 ? length : length + 1 + digits; }

}  // namespace

std::string_view TextOf(const Type& type, const Value& value, Arena* scratch) {
  switch (value.kind()) {
    case ValueKind::kAbsent:
    case ValueKind::kNull:
      return {};
    case ValueKind::kInt:
      return Written(scratch, kNumberTextMax, [&](char* out) { return WriteInt(value.integer(), out); });
    case ValueKind::kUint:
      return UintText(type, value.unsigned_integer(), scratch);
    case ValueKind::kFloat:
      return Written(scratch, kNumberTextMax,
                     [&](char* out) { return WriteMySqlFloat(static_cast<float>(value.real()), out); });
    case ValueKind::kDouble:
      return Written(scratch, kNumberTextMax, [&](char* out) { return WriteMySqlDouble(value.real(), out); });
    case ValueKind::kDecimal:
    case ValueKind::kText:
    case ValueKind::kBytes:
    case ValueKind::kJson:
      return value.text();
    case ValueKind::kDate:
      return Written(scratch, kTemporalTextMax, [&](char* out) { return FormatDate(value.packed(), out); });
    case ValueKind::kDatetime:
      return Written(scratch, kTemporalTextMax,
                     [&](char* out) { return FormatDatetime(value.packed(), type.scale, out); });
    case ValueKind::kTime:
      return Written(scratch, kTemporalTextMax,
                     [&](char* out) { return FormatTime(value.integer(), type.scale, out); });
    case ValueKind::kTimestamp:
      return Written(scratch, kTemporalTextMax,
                     [&](char* out) { return FormatTimestamp(value.integer(), type.scale, 0, out); });
  }
  return {};
}

uint32_t TextLengthMax(const Type& type) {
  switch (type.kind) {
    case TypeKind::kNull:
      return 0;
    case TypeKind::kBool:
      return 1;
    case TypeKind::kTinyInt:
      return type.is_unsigned ? 3 : 4;
    case TypeKind::kSmallInt:
      return type.is_unsigned ? 5 : 6;
    case TypeKind::kMediumInt:
      return 8;
    case TypeKind::kInt:
      return type.is_unsigned ? 10 : 11;
    case TypeKind::kBigInt:
    case TypeKind::kBit:
      return 20;
    case TypeKind::kYear:
      return 4;
    case TypeKind::kDecimal:
      return type.precision + (type.scale > 0 ? 3u : 1u);
    case TypeKind::kFloat:
    case TypeKind::kDouble:
      return 24;
    case TypeKind::kChar:
    case TypeKind::kVarchar:
    case TypeKind::kBinary:
    case TypeKind::kVarbinary:
      return type.length == 0 ? kNoBound : type.length;
    case TypeKind::kTinyText:
    case TypeKind::kTinyBlob:
      return 255;
    case TypeKind::kText:
    case TypeKind::kBlob:
      return 65535;
    case TypeKind::kMediumText:
    case TypeKind::kMediumBlob:
      return 16777215;
    case TypeKind::kDate:
      return 10;
    case TypeKind::kTime:
      return WithFraction(10, type.scale);
    case TypeKind::kDatetime:
    case TypeKind::kTimestamp:
      return WithFraction(19, type.scale);
    case TypeKind::kEnum:
    case TypeKind::kSet:
      return LabelLengthMax(type);
    default:
      return kNoBound;
  }
}

}  // namespace cdc
