#include "runtime/sources/mysql/binlog/row_plan.h"

#include "runtime/sources/mysql/binlog/wire_values.h"

namespace cdc::binlog {
namespace {

constexpr uint16_t kShortStringMax = 255;  // longer ones have two length bytes

void SetFixed(ColumnRead* read, ReadCode code, size_t width) {
  read->code = code;
  read->width = static_cast<uint16_t>(width);
}

void SetInteger(ColumnRead* read, bool is_unsigned, ReadCode signed_code, size_t width) {
  SetFixed(read, is_unsigned ? static_cast<ReadCode>(static_cast<uint8_t>(signed_code) + 1) : signed_code, width);
}

// Text or bytes behind a length. Errors: the charset cannot be read.
Status SetString(ColumnRead* read, const WireColumn& wire, const Type& type, uint8_t length_bytes) {
  read->length_bytes = length_bytes;
  const bool compressed = wire.type == WireType::kVarcharCompressed || wire.type == WireType::kBlobCompressed;
  if (!IsText(type.kind)) {
    read->code = compressed ? ReadCode::kCompressedBytes : ReadCode::kBytes;
    return OkStatus();
  }
  read->charset = FindCharset(type.charset);
  if (read->charset == Charset::kUnsupported) {
    return Error(ErrorCode::kConfig,
                 "is in charset `" + type.charset +
                     "`, which this release does not read (utf8mb4, utf8mb3, latin1, ascii, gbk and "
                     "binary are); leave the column out of the program or convert it");
  }
  const bool converted = read->charset == Charset::kLatin1 || read->charset == Charset::kGbk;
  read->code = compressed ? ReadCode::kCompressedText : converted ? ReadCode::kConvertedText : ReadCode::kText;
  return OkStatus();
}

Status SetFixedString(ColumnRead* read, const WireColumn& wire, const Column& column) {
  RETURN_IF_ERROR(SetString(read, wire, column.type, wire.length > kShortStringMax ? 2 : 1));
  if (column.type_text == "uuid") read->code = ReadCode::kUuid;
  if (column.type_text == "inet6") read->code = ReadCode::kInet6;
  if (column.type_text == "inet4") read->code = ReadCode::kInet4;
  if (read->code == ReadCode::kBytes) {
    read->code = ReadCode::kPaddedBytes;
    read->pad = wire.length;
  }
  return OkStatus();
}

Status SetNumber(ColumnRead* read, const WireColumn& wire, const Type& type) {
  switch (wire.type) {
    case WireType::kTiny:
      SetInteger(read, type.is_unsigned, ReadCode::kInt8, 1);
      return OkStatus();
    case WireType::kShort:
      SetInteger(read, type.is_unsigned, ReadCode::kInt16, 2);
      return OkStatus();
    case WireType::kInt24:
      SetInteger(read, type.is_unsigned, ReadCode::kInt24, 3);
      return OkStatus();
    case WireType::kLong:
      SetInteger(read, type.is_unsigned, ReadCode::kInt32, 4);
      return OkStatus();
    case WireType::kLongLong:
      SetInteger(read, type.is_unsigned, ReadCode::kInt64, 8);
      return OkStatus();
    case WireType::kFloat:
      SetFixed(read, ReadCode::kFloat, 4);
      return OkStatus();
    case WireType::kDouble:
      SetFixed(read, ReadCode::kDouble, 8);
      return OkStatus();
    case WireType::kYear:
      SetFixed(read, ReadCode::kYear, 1);
      return OkStatus();
    case WireType::kBit:
      if (wire.length > 64) return Error(ErrorCode::kCorruptInput, "is a BIT of more than 64 bits");
      SetFixed(read, ReadCode::kBit, (wire.length + 7u) / 8);
      return OkStatus();
    case WireType::kEnum:
    case WireType::kSet:
      if (wire.length > 8) return Error(ErrorCode::kCorruptInput, "is an ENUM or SET of more than 8 bytes");
      SetFixed(read, ReadCode::kLittleUint, wire.length);
      return OkStatus();
    default:
      if (wire.precision < 1 || wire.precision > 65 || wire.scale > 30 || wire.scale > wire.precision) {
        return Error(ErrorCode::kCorruptInput, "is a DECIMAL of impossible size");
      }
      SetFixed(read, ReadCode::kDecimal, DecimalWireSize(wire.precision, wire.scale));
      read->precision = wire.precision;
      read->scale = wire.scale;
      return OkStatus();
  }
}

Status SetTemporal(ColumnRead* read, const WireColumn& wire, const Type& type) {
  if (wire.scale > 6 || type.scale > 6) return Error(ErrorCode::kCorruptInput, "has more than 6 fraction digits");
  const int fraction = FractionBytes(wire.scale);
  read->scale = static_cast<uint8_t>(fraction);
  const auto size = [](int bytes) { return static_cast<size_t>(bytes); };
  switch (wire.type) {
    case WireType::kTime2:
      SetFixed(read, ReadCode::kTime2, size(3 + fraction));
      return OkStatus();
    case WireType::kDatetime2:
      SetFixed(read, ReadCode::kDatetime2, size(5 + fraction));
      return OkStatus();
    case WireType::kTimestamp2:
      SetFixed(read, ReadCode::kTimestamp2, size(4 + fraction));
      return OkStatus();
    case WireType::kDate:
    case WireType::kNewDate:
      SetFixed(read, ReadCode::kDate, 3);
      return OkStatus();
    default:
      break;
  }
  read->scale = type.scale;
  if (wire.type == WireType::kTime) SetFixed(read, ReadCode::kOldTime, size(OldTimeSize(type.scale)));
  if (wire.type == WireType::kDatetime) SetFixed(read, ReadCode::kOldDatetime, size(OldDatetimeSize(type.scale)));
  if (wire.type == WireType::kTimestamp) SetFixed(read, ReadCode::kOldTimestamp, size(OldTimestampSize(type.scale)));
  return OkStatus();
}

Status SetRead(const WireColumn& wire, const Column& column, ColumnRead* read) {
  const Type& type = column.type;
  switch (wire.type) {
    case WireType::kTime2:
    case WireType::kDatetime2:
    case WireType::kTimestamp2:
    case WireType::kDate:
    case WireType::kNewDate:
    case WireType::kTime:
    case WireType::kDatetime:
    case WireType::kTimestamp:
      return SetTemporal(read, wire, type);
    case WireType::kVarchar:
    case WireType::kVarString:
    case WireType::kVarcharCompressed:
      return SetString(read, wire, type, wire.length > kShortStringMax ? 2 : 1);
    case WireType::kString:
      return SetFixedString(read, wire, column);
    case WireType::kTinyBlob:
    case WireType::kMediumBlob:
    case WireType::kLongBlob:
    case WireType::kBlob:
    case WireType::kBlobCompressed:
    case WireType::kJson:
    case WireType::kGeometry:
    case WireType::kVector:
      if (wire.scale < 1 || wire.scale > 4) return Error(ErrorCode::kCorruptInput, "has no length of 1 to 4 bytes");
      if (wire.type == WireType::kBlobCompressed || IsText(type.kind)) return SetString(read, wire, type, wire.scale);
      read->length_bytes = wire.scale;
      read->code = wire.type == WireType::kJson ? ReadCode::kJson : ReadCode::kBytes;
      return OkStatus();
    case WireType::kNull:
    case WireType::kDecimal:
      return Error(ErrorCode::kCorruptInput, "has a type that no table has");
    default:
      return SetNumber(read, wire, type);
  }
}

}  // namespace

Result<RowPlan> MakeRowPlan(const TableMap& map, const TableVersion& table, bool mariadb) {
  RowPlan plan;
  plan.values = table.schema.columns.size();
  const std::vector<int> targets = MatchColumns(map, &table.schema, mariadb);
  const Column hidden{.name = "hidden", .type = Type{.kind = TypeKind::kBigInt, .is_unsigned = true}};
  for (size_t i = 0; i < map.columns.size(); ++i) {
    const WireColumn& wire = map.columns[i];
    ColumnRead read;
    read.target = targets[i];
    const Column& column = read.target < 0 ? hidden : table.schema.columns[static_cast<size_t>(read.target)];
    const bool used = read.target >= 0 && (table.used.empty() || table.used[static_cast<size_t>(read.target)]);
    Status set = SetRead(wire, column, &read);
    // An unused column needs its length only, which is set before its charset can fail.
    if (!set.ok() && (used || set.error().code() != ErrorCode::kConfig)) {
      return Error(set.error().code(), "column `" + column.name + "` of " + table.database + "." + table.table + " " +
                                           set.error().message());
    }
    if (!used) read.code = ReadCode::kSkip;
    read.json = wire.type == WireType::kJson;
    plan.json_columns += read.json ? 1 : 0;
    plan.columns.push_back(read);
  }
  return plan;
}

}  // namespace cdc::binlog
