// The hot loop: a row image is a null bitmap and then the values of the columns that are not NULL.

#include <arpa/inet.h>
#include <sys/socket.h>

#include <cstring>

#include "runtime/sources/mysql/binlog/bytes.h"
#include "runtime/sources/mysql/binlog/inflate.h"
#include "runtime/sources/mysql/binlog/json_binary.h"
#include "runtime/sources/mysql/binlog/row_plan.h"
#include "runtime/sources/mysql/binlog/wire_values.h"

namespace cdc::binlog {
namespace {

bool Bit(const uint8_t* bits, size_t i) { return (bits[i >> 3] >> (i & 7) & 1) != 0; }

std::string_view View(const uint8_t* p, size_t n) { return {reinterpret_cast<const char*>(p), n}; }

// A value whose trailing zeros the server cut off, back at its full length.
std::string_view Pad(std::string_view bytes, size_t length, Arena* arena) {
  if (bytes.size() >= length) return bytes;
  char* out = arena->Allocate(length);
  if (!bytes.empty()) std::memcpy(out, bytes.data(), bytes.size());
  std::memset(out + bytes.size(), 0, length - bytes.size());
  return {out, length};
}

std::string_view UuidText(std::string_view bytes, Arena* arena) {
  constexpr char kDigits[] = "0123456789abcdef";
  char* const begin = arena->Allocate(36);
  char* out = begin;
  for (size_t i = 0; i < 16; ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) *out++ = '-';
    *out++ = kDigits[static_cast<uint8_t>(bytes[i]) >> 4];
    *out++ = kDigits[static_cast<uint8_t>(bytes[i]) & 15];
  }
  return {begin, 36};
}

std::string_view AddressText(int family, std::string_view bytes, Arena* arena) {
  char* out = arena->Allocate(INET6_ADDRSTRLEN);
  inet_ntop(family, bytes.data(), out, INET6_ADDRSTRLEN);
  return {out, std::strlen(out)};
}

}  // namespace

bool ImageReader::Fail(const char* what) {
  if (problem_.empty()) problem_ = what;
  at_ = end_;
  return false;
}

std::string ImageReader::problem() const {
  return "column " + std::to_string(column_ + 1) + ": " + (problem_.empty() ? "the row ends too early" : problem_);
}

inline bool ImageReader::Nulls(const uint8_t** bits) {
  const size_t bytes = (plan_->columns.size() + 7) / 8;
  column_ = 0;
  if (static_cast<size_t>(end_ - at_) < bytes) return Fail("the row ends too early");
  *bits = at_;
  at_ += bytes;
  return true;
}

// Reads a length and checks that so many bytes follow.
inline bool ImageReader::Length(const ColumnRead& column, size_t* length) {
  const size_t left = static_cast<size_t>(end_ - at_);
  if (column.length_bytes == 0) {
    *length = column.width;
    return *length <= left;
  }
  if (left < column.length_bytes) return false;
  switch (column.length_bytes) {
    case 1:
      *length = at_[0];
      break;
    case 2:
      *length = LoadLe16(at_);
      break;
    default:
      *length = LoadLe(at_, column.length_bytes);
      break;
  }
  at_ += column.length_bytes;
  return *length <= left - column.length_bytes;
}

inline bool ImageReader::ReadColumn(const ColumnRead& column, Value* out, Arena* arena) {
  size_t n;
  if (!Length(column, &n)) return Fail("the row ends too early");
  const uint8_t* const p = at_;
  at_ += n;
  int64_t v = 0;
  switch (column.code) {
    case ReadCode::kInt8:
      *out = Value::Int(static_cast<int8_t>(p[0]));
      return true;
    case ReadCode::kUint8:
      *out = Value::Uint(p[0]);
      return true;
    case ReadCode::kInt16:
      *out = Value::Int(static_cast<int16_t>(LoadLe16(p)));
      return true;
    case ReadCode::kUint16:
      *out = Value::Uint(LoadLe16(p));
      return true;
    case ReadCode::kInt24:
      *out = Value::Int(static_cast<int32_t>(LoadLe(p, 3) << 8) >> 8);
      return true;
    case ReadCode::kUint24:
      *out = Value::Uint(LoadLe(p, 3));
      return true;
    case ReadCode::kInt32:
      *out = Value::Int(static_cast<int32_t>(LoadLe32(p)));
      return true;
    case ReadCode::kUint32:
      *out = Value::Uint(LoadLe32(p));
      return true;
    case ReadCode::kInt64:
      *out = Value::Int(static_cast<int64_t>(LoadLe64(p)));
      return true;
    case ReadCode::kUint64:
      *out = Value::Uint(LoadLe64(p));
      return true;
    case ReadCode::kText:
      *out = Value::Text(View(p, n));
      return true;
    case ReadCode::kBytes:
      *out = Value::Bytes(View(p, n));
      return true;
    case ReadCode::kFloat: {
      float f;
      std::memcpy(&f, p, sizeof(f));
      *out = Value::Float(f);
      return true;
    }
    case ReadCode::kDouble: {
      double d;
      std::memcpy(&d, p, sizeof(d));
      *out = Value::Double(d);
      return true;
    }
    case ReadCode::kDecimal: {
      char* const text = arena->Allocate(kDecimalTextMax);
      char* const end = WriteWireDecimal(p, column.precision, column.scale, text);
      arena->ShrinkLast(end);
      *out = Value::Decimal({text, static_cast<size_t>(end - text)});
      return true;
    }
    case ReadCode::kBit:
      *out = Value::Uint(LoadBe(p, static_cast<int>(n)));
      return true;
    case ReadCode::kYear:
      *out = Value::Uint(p[0] == 0 ? 0 : 1900u + p[0]);
      return true;
    case ReadCode::kLittleUint:
      *out = Value::Uint(LoadLe(p, static_cast<int>(n)));
      return true;
    case ReadCode::kDatetime2:
      if (!ReadDatetime2(p, column.scale, &v)) return Fail("no DATETIME");
      *out = Value::Datetime(v);
      return true;
    case ReadCode::kTimestamp2:
      if (!ReadTimestamp2(p, column.scale, &v)) return Fail("no TIMESTAMP");
      *out = Value::Timestamp(v);
      return true;
    case ReadCode::kDate:
      if (!ReadDate(p, &v)) return Fail("no DATE");
      *out = Value::Date(v);
      return true;
    case ReadCode::kTime2:
      if (!ReadTime2(p, column.scale, &v)) return Fail("no TIME");
      *out = Value::Time(v);
      return true;
    case ReadCode::kSkip:
      *out = Value::Absent();
      return true;
    default:
      return ReadConverted(column, View(p, n), out, arena);
  }
}

bool ImageReader::ReadConverted(const ColumnRead& column, std::string_view bytes, Value* out, Arena* arena) {
  const auto* p = reinterpret_cast<const uint8_t*>(bytes.data());
  int64_t v = 0;
  switch (column.code) {
    case ReadCode::kOldTime:
      if (!ReadOldTime(p, column.scale, &v)) return Fail("no TIME");
      *out = Value::Time(v);
      return true;
    case ReadCode::kOldDatetime:
      if (!ReadOldDatetime(p, column.scale, &v)) return Fail("no DATETIME");
      *out = Value::Datetime(v);
      return true;
    case ReadCode::kOldTimestamp:
      if (!ReadOldTimestamp(p, column.scale, &v)) return Fail("no TIMESTAMP");
      *out = Value::Timestamp(v);
      return true;
    case ReadCode::kConvertedText:
      *out = Value::Text(ToUtf8(column.charset, bytes, arena));
      return true;
    case ReadCode::kPaddedBytes:
      *out = Value::Bytes(Pad(bytes, column.pad, arena));
      return true;
    case ReadCode::kUuid:
      *out = Value::Text(UuidText(Pad(bytes, 16, arena), arena));
      return true;
    case ReadCode::kInet6:
      *out = Value::Text(AddressText(AF_INET6, Pad(bytes, 16, arena), arena));
      return true;
    case ReadCode::kInet4:
      *out = Value::Text(AddressText(AF_INET, Pad(bytes, 4, arena), arena));
      return true;
    case ReadCode::kJson:
      scratch_.Clear();
      if (!AppendJsonText(bytes, &scratch_)) return Fail("no JSON document");
      *out = Value::Json(arena->Copy(scratch_.view()));
      return true;
    case ReadCode::kCompressedText:
    case ReadCode::kCompressedBytes: {
      std::string_view plain;
      if (!InflateColumn(bytes, arena, &plain)) return Fail("no compressed value");
      *out = column.code == ReadCode::kCompressedBytes ? Value::Bytes(plain)
                                                       : Value::Text(ToUtf8(column.charset, plain, arena));
      return true;
    }
    default:
      return Fail("unknown column type");
  }
}

bool ImageReader::Read(Value* out, Arena* arena) {
  const uint8_t* nulls = nullptr;
  if (!Nulls(&nulls)) return false;
  const ColumnRead* const columns = plan_->columns.data();
  const size_t count = plan_->columns.size();
  for (size_t i = 0; i < count; ++i) {
    const ColumnRead& column = columns[i];
    if (Bit(nulls, i)) {
      if (column.target >= 0) out[column.target] = column.code == ReadCode::kSkip ? Value::Absent() : Value::Null();
      continue;
    }
    Value ignored;
    if (!ReadColumn(column, column.target >= 0 ? &out[column.target] : &ignored, arena)) {
      column_ = i;
      return false;
    }
  }
  return true;
}

bool ImageReader::Skip() {
  const uint8_t* nulls = nullptr;
  if (!Nulls(&nulls)) return false;
  for (size_t i = 0; i < plan_->columns.size(); ++i) {
    size_t n;
    if (Bit(nulls, i)) continue;
    column_ = i;
    if (!Length(plan_->columns[i], &n)) return Fail("the row ends too early");
    at_ += n;
  }
  return true;
}

// The value options in front of a partial after image; bits for the JSON columns if it has any, else null.
bool ImageReader::ReadPartialHeader(const uint8_t** partial_bits) {
  *partial_bits = nullptr;
  column_ = 0;
  ByteReader in(View(at_, static_cast<size_t>(end_ - at_)));
  const uint64_t options = in.LenencInt();
  if (!in.ok() || options > 1) return Fail("unknown value options of a partial update");
  if (options == 1) *partial_bits = reinterpret_cast<const uint8_t*>(in.Bytes((plan_->json_columns + 7) / 8).data());
  if (!in.ok()) return Fail("the row ends too early");
  at_ = in.at();
  return true;
}

bool ImageReader::ReadDiffs(const ColumnRead& column, const Value* before, Value* out, Arena* arena) {
  size_t n;
  if (!Length(column, &n)) return Fail("the row ends too early");
  const std::string_view bytes = View(at_, n);
  at_ += n;
  if (column.target < 0 || column.code == ReadCode::kSkip) return true;
  const Value& old = before[column.target];
  Value& value = out[column.target];
  value = old;
  if (bytes.empty()) return true;
  if (old.kind() != ValueKind::kJson) return Fail("a partial JSON update without the document before it");
  auto diffs = ParseJsonDiffs(bytes);
  if (!diffs.ok()) return Fail(diffs.error().message().c_str());
  auto text = ApplyJsonDiffs(old.text(), *diffs);
  if (!text.ok()) return Fail(text.error().message().c_str());
  value = Value::Json(arena->Copy(*text));
  return true;
}

bool ImageReader::ReadPartial(const Value* before, Value* out, Arena* arena) {
  const uint8_t* partial = nullptr;
  const uint8_t* nulls = nullptr;
  if (!ReadPartialHeader(&partial) || !Nulls(&nulls)) return false;
  size_t json = 0;
  for (size_t i = 0; i < plan_->columns.size(); ++i) {
    const ColumnRead& column = plan_->columns[i];
    const bool diffs = column.json && partial != nullptr && Bit(partial, json);
    if (column.json) ++json;
    column_ = i;
    if (column.target >= 0 && column.code == ReadCode::kSkip) out[column.target] = Value::Absent();
    if (Bit(nulls, i)) {
      if (column.target >= 0 && column.code != ReadCode::kSkip) out[column.target] = Value::Null();
      continue;
    }
    Value ignored;
    Value* const to = column.target >= 0 ? &out[column.target] : &ignored;
    if (!(diffs ? ReadDiffs(column, before, out, arena) : ReadColumn(column, to, arena))) return false;
  }
  return true;
}

bool ImageReader::SkipPartial() {
  const uint8_t* partial = nullptr;
  return ReadPartialHeader(&partial) && Skip();
}

}  // namespace cdc::binlog
