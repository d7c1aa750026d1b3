#include "runtime/sources/mysql/binlog/table_map.h"

#include <utility>

#include "runtime/sources/mysql/binlog/bytes.h"

namespace cdc::binlog {
namespace {

enum class Metadata : uint8_t {
  kSignedness = 1,
  kDefaultCharset = 2,
  kColumnCharset = 3,
  kColumnName = 4,
  kSetLabels = 5,
  kEnumLabels = 6,
  kGeometryType = 7,
  kSimplePrimaryKey = 8,
  kPrimaryKeyWithPrefix = 9,
  kEnumAndSetDefaultCharset = 10,
  kEnumAndSetColumnCharset = 11,
  kVisibility = 12,
  kVectorDimensions = 13,
};

bool IsNumericWire(WireType type) {
  switch (type) {
    case WireType::kTiny:
    case WireType::kShort:
    case WireType::kInt24:
    case WireType::kLong:
    case WireType::kLongLong:
    case WireType::kFloat:
    case WireType::kDouble:
    case WireType::kNewDecimal:
    case WireType::kYear:
      return true;
    default:
      return false;
  }
}

bool IsCharacterWire(WireType type, bool mariadb) {
  switch (type) {
    case WireType::kString:
    case WireType::kVarchar:
    case WireType::kVarString:
    case WireType::kTinyBlob:
    case WireType::kMediumBlob:
    case WireType::kLongBlob:
    case WireType::kBlob:
      return true;
    case WireType::kBlobCompressed:
    case WireType::kVarcharCompressed:
    case WireType::kGeometry:
      return mariadb;
    case WireType::kVector:
      return !mariadb;
    default:
      return false;
  }
}

bool IsLabelledWire(WireType type) { return type == WireType::kEnum || type == WireType::kSet; }

// STRING's two bytes: the real type, and a length of up to 1023 whose high bits hide in the type.
void ResolveString(uint8_t b0, uint8_t b1, WireColumn* column) {
  if ((b0 & 0x30) != 0x30) {
    column->type = static_cast<WireType>(b0 | 0x30);
    column->length = static_cast<uint16_t>(b1 | (((b0 & 0x30) ^ 0x30) << 4));
  } else {
    column->type = static_cast<WireType>(b0);
    column->length = b1;
  }
}

Status ReadColumnMeta(ByteReader* meta, WireColumn* column) {
  switch (column->type) {
    case WireType::kTiny:
    case WireType::kShort:
    case WireType::kLong:
    case WireType::kLongLong:
    case WireType::kInt24:
    case WireType::kYear:
    case WireType::kDate:
    case WireType::kNewDate:
    case WireType::kNull:
    case WireType::kTimestamp:
    case WireType::kTime:
    case WireType::kDatetime:
      return OkStatus();
    case WireType::kFloat:
    case WireType::kDouble:
    case WireType::kTimestamp2:
    case WireType::kDatetime2:
    case WireType::kTime2:
    case WireType::kTinyBlob:
    case WireType::kMediumBlob:
    case WireType::kLongBlob:
    case WireType::kBlob:
    case WireType::kGeometry:
    case WireType::kJson:
    case WireType::kVector:
    case WireType::kBlobCompressed:
      column->scale = meta->Byte();
      return OkStatus();
    case WireType::kNewDecimal:
      column->precision = meta->Byte();
      column->scale = meta->Byte();
      return OkStatus();
    case WireType::kBit: {
      const uint8_t bits = meta->Byte();
      column->length = static_cast<uint16_t>(meta->Byte() * 8 + bits);
      return OkStatus();
    }
    case WireType::kVarchar:
    case WireType::kVarString:
    case WireType::kVarcharCompressed:
      column->length = static_cast<uint16_t>(meta->Le(2));
      return OkStatus();
    case WireType::kEnum:
    case WireType::kSet:
    case WireType::kString: {
      const uint8_t b0 = meta->Byte();
      ResolveString(b0, meta->Byte(), column);
      if (column->type == WireType::kString || IsLabelledWire(column->type)) return OkStatus();
      break;
    }
    case WireType::kDecimal:
      break;
  }
  return Error(ErrorCode::kCorruptInput,
               "column type " + std::to_string(static_cast<int>(column->type)) + " is none that this release reads");
}

// The columns a list of the metadata counts, in order.
template <typename Wanted>
std::vector<WireColumn*> Select(TableMap* map, Wanted wanted) {
  std::vector<WireColumn*> selected;
  for (WireColumn& column : map->columns) {
    if (wanted(column.type)) selected.push_back(&column);
  }
  return selected;
}

// "default collation, then (ordinal, collation)…" over `columns`.
void ReadDefaultCharset(ByteReader* data, const std::vector<WireColumn*>& columns) {
  const auto fallback = static_cast<uint32_t>(data->LenencInt());
  for (WireColumn* column : columns) column->collation = fallback;
  while (data->ok() && data->left() > 0) {
    const uint64_t ordinal = data->LenencInt();
    const auto collation = static_cast<uint32_t>(data->LenencInt());
    if (ordinal < columns.size()) columns[ordinal]->collation = collation;
  }
}

void ReadColumnCharset(ByteReader* data, const std::vector<WireColumn*>& columns) {
  for (WireColumn* column : columns) column->collation = static_cast<uint32_t>(data->LenencInt());
  if (data->ok() && data->left() == 0) return;
  // Another count than ours: then every charset could be a neighbour's.
  for (WireColumn* column : columns) column->collation.reset();
}

void ReadLabels(ByteReader* data, const std::vector<WireColumn*>& columns) {
  for (WireColumn* column : columns) {
    if (data->left() == 0) return;
    const uint64_t count = data->LenencInt();
    for (uint64_t i = 0; i < count && data->ok(); ++i) column->labels.push_back(data->LenencBytes());
    column->has_labels = data->ok();
  }
}

void ReadPrimaryKey(ByteReader* data, bool with_prefix, TableMap* map) {
  while (data->ok() && data->left() > 0) {
    const uint64_t column = data->LenencInt();
    if (with_prefix) data->LenencInt();
    if (column < map->columns.size()) map->primary_key.push_back(static_cast<uint32_t>(column));
  }
}

void ReadMetadata(Metadata type, ByteReader data, bool mariadb, TableMap* map) {
  const auto character = [&] { return Select(map, [&](WireType t) { return IsCharacterWire(t, mariadb); }); };
  const auto bit = [&](size_t i) { return i / 8 < data.left() && (data.at()[i / 8] >> (7 - i % 8) & 1) != 0; };
  switch (type) {
    case Metadata::kSignedness: {
      const auto numeric = Select(map, IsNumericWire);
      for (size_t i = 0; i < numeric.size(); ++i) numeric[i]->is_unsigned = bit(i);
      break;
    }
    case Metadata::kDefaultCharset:
      ReadDefaultCharset(&data, character());
      break;
    case Metadata::kColumnCharset:
      ReadColumnCharset(&data, character());
      break;
    case Metadata::kColumnName:
      for (WireColumn& column : map->columns) column.name = std::string(data.LenencBytes());
      map->has_names = data.ok();
      break;
    case Metadata::kSetLabels:
      ReadLabels(&data, Select(map, [](WireType t) { return t == WireType::kSet; }));
      break;
    case Metadata::kEnumLabels:
      ReadLabels(&data, Select(map, [](WireType t) { return t == WireType::kEnum; }));
      break;
    case Metadata::kGeometryType:
      for (WireColumn* column : Select(map, [](WireType t) { return t == WireType::kGeometry; })) {
        column->geometry_type = static_cast<uint32_t>(data.LenencInt());
      }
      break;
    case Metadata::kSimplePrimaryKey:
      ReadPrimaryKey(&data, false, map);
      break;
    case Metadata::kPrimaryKeyWithPrefix:
      ReadPrimaryKey(&data, true, map);
      break;
    case Metadata::kEnumAndSetDefaultCharset:
      ReadDefaultCharset(&data, Select(map, IsLabelledWire));
      break;
    case Metadata::kEnumAndSetColumnCharset:
      ReadColumnCharset(&data, Select(map, IsLabelledWire));
      break;
    case Metadata::kVisibility:
      for (size_t i = 0; i < map->columns.size(); ++i) map->columns[i].visible = bit(i);
      break;
    case Metadata::kVectorDimensions:
      for (WireColumn* column : Select(map, [](WireType t) { return t == WireType::kVector; })) {
        column->dimensions = static_cast<uint32_t>(data.LenencInt());
      }
      break;
  }
}

}  // namespace

Result<TableMap> ParseTableMap(std::string_view body, bool mariadb) {
  ByteReader in(body);
  TableMap map;
  map.table_id = in.Le(6);
  in.Skip(2);
  map.database = in.Bytes(in.Byte());
  in.Skip(1);
  map.table = in.Bytes(in.Byte());
  in.Skip(1);
  const uint64_t count = in.LenencInt();
  const std::string_view types = in.Bytes(count);
  ByteReader meta(in.LenencBytes());
  const std::string_view nullable = in.Bytes((count + 7) / 8);
  if (!in.ok() || count == 0) return Error(ErrorCode::kCorruptInput, "TABLE_MAP is shorter than it says");
  map.columns.resize(count);
  for (size_t i = 0; i < count; ++i) {
    WireColumn& column = map.columns[i];
    column.type = static_cast<WireType>(types[i]);
    column.nullable = (static_cast<uint8_t>(nullable[i / 8]) >> (i % 8) & 1) != 0;
    Status read = ReadColumnMeta(&meta, &column);
    if (!read.ok()) {
      return std::move(read).error().While("table " + std::string(map.database) + "." + std::string(map.table) +
                                           ", column number " + std::to_string(i + 1));
    }
  }
  if (!meta.ok()) return Error(ErrorCode::kCorruptInput, "TABLE_MAP has too little column metadata");
  while (in.left() > 0 && in.ok()) {
    const uint8_t type = in.Byte();
    const std::string_view data = in.LenencBytes();
    if (in.ok() && type >= 1 && type <= 13) ReadMetadata(static_cast<Metadata>(type), ByteReader(data), mariadb, &map);
  }
  if (!in.ok()) return Error(ErrorCode::kCorruptInput, "TABLE_MAP has broken optional metadata");
  return map;
}

}  // namespace cdc::binlog
