#include "tests/fuzz/random_row.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <memory>
#include <string>

#include "stdlib/core/json_text.h"
#include "stdlib/core/temporal.h"
#include "stdlib/core/utf8.h"

namespace cdc::fuzz {
namespace {

constexpr int64_t kSecond = 1'000'000;
constexpr int64_t kTimeMax = int64_t{838 * 3600 + 59 * 60 + 59} * kSecond;
constexpr int64_t kTimestampMax = int64_t{INT32_MAX} * kSecond + kSecond - 1;
constexpr uint64_t kTextMax = 40;

std::string_view Kept(std::string_view bytes, Arena* arena) {
  char* copy = arena->AllocateArray<char>(bytes.size() + 1);
  std::memcpy(copy, bytes.data(), bytes.size());
  return {copy, bytes.size()};
}

// Digits before and after the point as the type has them, canonical.
std::string DecimalText(const Type& type, Bytes* bytes) {
  const auto digits = [&](int count) {
    std::string text;
    for (int i = 0; i < count; ++i) text += static_cast<char>('0' + bytes->Below(10));
    return text;
  };
  std::string whole = digits(static_cast<int>(bytes->Below(static_cast<uint64_t>(type.precision - type.scale) + 1)));
  whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size()));
  std::string text = whole.empty() ? "0" : whole;
  if (type.scale > 0) text += "." + digits(type.scale);
  const bool zero = text.find_first_of("123456789") == std::string::npos;
  return bytes->Flag() && !zero && !type.is_unsigned ? "-" + text : text;
}

// A document with the fuzzer's own text inside, in MySQL's own form.
std::string_view JsonDocument(Bytes* bytes, Arena* arena) {
  const std::string_view raw = Utf8(bytes->Take(kTextMax), arena);
  std::string text(raw);
  if (!IsJson(text)) {
    text = R"({"k": [1.5, true, ")";
    for (const char c : raw)
      if (static_cast<unsigned char>(c) >= ' ' && c != '"' && c != '\\') text += c;
    text += R"("], "n": null, "e": -1e-7})";
  }
  char* out = arena->AllocateArray<char>(2 * text.size() + 1);
  return {out, static_cast<size_t>(WriteNormalJson(text, out) - out)};
}

CivilTime RandomCivil(Bytes* bytes) {
  if (bytes->Below(8) == 0) return {};
  CivilTime t;
  t.year = static_cast<int>(bytes->Next(2) % 10000);
  t.month = static_cast<int>(bytes->Below(13));
  t.day = static_cast<int>(bytes->Below(32));
  t.hour = static_cast<int>(bytes->Below(24));
  t.minute = static_cast<int>(bytes->Below(60));
  t.second = static_cast<int>(bytes->Below(60));
  t.microsecond = static_cast<int>(bytes->Next(4) % kSecond);
  return t;
}

int64_t Cut(int64_t micros, int digits) {
  int64_t unit = kSecond;
  for (int i = 0; i < digits; ++i) unit /= 10;
  return micros / unit * unit;
}

int WidthOf(TypeKind kind) {
  switch (kind) {
    case TypeKind::kTinyInt:
      return 8;
    case TypeKind::kSmallInt:
      return 16;
    case TypeKind::kMediumInt:
      return 24;
    case TypeKind::kInt:
      return 32;
    default:
      return 64;
  }
}

Value Integer(const Type& type, Bytes* bytes) {
  const int unused = 64 - WidthOf(type.kind);
  const uint64_t bits = bytes->Next(8) << unused;
  if (type.is_unsigned) return Value::Uint(bits >> unused);
  return Value::Int(static_cast<int64_t>(bits) >> unused);
}

Value Real(bool single, Bytes* bytes) {
  if (single) {
    const float number = std::bit_cast<float>(static_cast<uint32_t>(bytes->Next(4)));
    return Value::Float(std::isfinite(number) ? number : 0.1F);
  }
  const double number = std::bit_cast<double>(bytes->Next(8));
  return Value::Double(std::isfinite(number) ? number : 0.1);
}

Value Temporal(const Type& type, Bytes* bytes) {
  CivilTime civil;
  switch (type.kind) {
    case TypeKind::kTime:
      return Value::Time(Cut(static_cast<int64_t>(bytes->Next(8)) % (kTimeMax + 1), type.scale));
    case TypeKind::kTimestamp: {
      const int64_t micros = static_cast<int64_t>(bytes->Next(8) >> 1) % kTimestampMax;
      return Value::Timestamp(micros < kSecond ? kZeroTimestamp : Cut(micros, type.scale));
    }
    case TypeKind::kDate:
      civil = RandomCivil(bytes);
      return Value::Date(PackDatetime({civil.year, civil.month, civil.day, 0, 0, 0, 0}));
    default:
      civil = RandomCivil(bytes);
      civil.microsecond = static_cast<int>(Cut(civil.microsecond, type.scale));
      return Value::Datetime(PackDatetime(civil));
  }
}

Value Binary(const Type& type, Bytes* bytes, Arena* arena) {
  std::string text(bytes->Take(kTextMax));
  if (type.kind == TypeKind::kBinary) text.resize(type.length, '\0');
  if (type.kind == TypeKind::kVector) text.resize(4 * static_cast<size_t>(type.length), '\0');
  return Value::Bytes(Kept(text, arena));
}

Value RandomValue(const Type& type, Bytes* bytes, Arena* arena) {
  const uint64_t how = bytes->Below(16);
  if (how == 0 && type.nullable) return Value::Null();
  if (how == 1) return Value::Absent();
  switch (type.kind) {
    case TypeKind::kDecimal:
      return Value::Decimal(Kept(DecimalText(type, bytes), arena));
    case TypeKind::kFloat:
    case TypeKind::kDouble:
      return Real(type.kind == TypeKind::kFloat, bytes);
    case TypeKind::kBit:
      return Value::Uint(bytes->Next(8) >> (64 - type.length));
    case TypeKind::kYear:
      return Value::Uint(bytes->Flag() ? 1901 + bytes->Below(255) : 0);
    case TypeKind::kEnum:
      return Value::Uint(bytes->Below(type.labels->size() + 1));
    case TypeKind::kSet:
      return Value::Uint(bytes->Next(8) & ((uint64_t{1} << type.labels->size()) - 1));
    case TypeKind::kJson:
      return Value::Json(JsonDocument(bytes, arena));
    default:
      break;
  }
  if (IsTemporal(type.kind)) return Temporal(type, bytes);
  if (IsText(type.kind)) return Value::Text(Utf8(bytes->Take(kTextMax), arena));
  if (IsInteger(type.kind)) return Integer(type, bytes);
  return Binary(type, bytes, arena);
}

}  // namespace

uint64_t Bytes::Next(int bytes) {
  uint64_t value = 0;
  for (int i = 0; i < bytes && at_ != end_; ++i) value |= uint64_t{*at_++} << (8 * i);
  return value;
}

std::string_view Bytes::Take(size_t bytes_max) {
  const size_t size = std::min<size_t>(Below(bytes_max + 1), static_cast<size_t>(end_ - at_));
  const std::string_view taken(reinterpret_cast<const char*>(at_), size);
  at_ += size;
  return taken;
}

std::string_view Utf8(std::string_view bytes, Arena* arena) {
  char* out = arena->AllocateArray<char>(4 * bytes.size() + 4);
  char* to = out;
  for (const char *at = bytes.data(), *end = at + bytes.size(); at < end;)
    to = WriteCharacter(NextCharacter(&at, end), to);
  return {out, static_cast<size_t>(to - out)};
}

Column RandomColumn(Bytes* bytes, Arena* arena) {
  Column column;
  column.name = Utf8(bytes->Take(12), arena);
  Type& type = column.type;
  constexpr auto kFirst = static_cast<uint64_t>(TypeKind::kTinyInt), kLast = static_cast<uint64_t>(TypeKind::kVector);
  type.kind = static_cast<TypeKind>(kFirst + bytes->Below(kLast - kFirst + 1));
  type.nullable = bytes->Flag();
  type.is_unsigned = bytes->Flag();
  type.length = static_cast<uint32_t>(1 + bytes->Below(64));
  if (IsTemporal(type.kind)) type.scale = static_cast<uint8_t>(bytes->Below(7));
  if (type.kind == TypeKind::kDecimal) {
    type.precision = static_cast<uint8_t>(1 + bytes->Below(65));
    type.scale = static_cast<uint8_t>(bytes->Below(std::min<uint64_t>(type.precision, 30) + 1));
  }
  if (type.kind == TypeKind::kGeometry) type.geometry = bytes->Flag() ? "point" : "geometry";
  if (type.kind == TypeKind::kEnum || type.kind == TypeKind::kSet) {
    std::vector<std::string> labels(1 + bytes->Below(5));
    for (std::string& label : labels) label = Utf8(bytes->Take(8), arena);
    type.labels = std::make_shared<const std::vector<std::string>>(std::move(labels));
  }
  if (IsText(type.kind) || type.labels != nullptr) type.charset = "utf8mb4";
  column.type_text = TypeText(type);
  if (bytes->Flag()) column.default_text = Utf8(bytes->Take(16), arena);
  return column;
}

std::vector<Value> RandomRow(const std::vector<Column>& columns, Bytes* bytes, Arena* arena) {
  std::vector<Value> row;
  for (const Column& column : columns) row.push_back(RandomValue(column.type, bytes, arena));
  return row;
}

}  // namespace cdc::fuzz
