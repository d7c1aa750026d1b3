#pragma once

// TABLE_MAP: what a table's rows look like on the wire, and with binlog_row_metadata=FULL also its names.
//
//   u48 table_id, u16 flags, u8 n + database + NUL, u8 n + table + NUL, lenenc columns, u8[columns] types,
//   lenenc meta size + meta, null bits (LSB first), then optional (u8 type, lenenc size, data)*

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "stdlib/core/result.h"
#include "stdlib/core/schema.h"

namespace cdc::binlog {

// Column types on the wire.
enum class WireType : uint8_t {
  kDecimal = 0,
  kTiny = 1,
  kShort = 2,
  kLong = 3,
  kFloat = 4,
  kDouble = 5,
  kNull = 6,
  kTimestamp = 7,
  kLongLong = 8,
  kInt24 = 9,
  kDate = 10,
  kTime = 11,
  kDatetime = 12,
  kYear = 13,
  kNewDate = 14,
  kVarchar = 15,
  kBit = 16,
  kTimestamp2 = 17,
  kDatetime2 = 18,
  kTime2 = 19,
  kBlobCompressed = 140,
  kVarcharCompressed = 141,
  kVector = 242,
  kJson = 245,
  kNewDecimal = 246,
  kEnum = 247,
  kSet = 248,
  kTinyBlob = 249,
  kMediumBlob = 250,
  kLongBlob = 251,
  kBlob = 252,
  kVarString = 253,
  kString = 254,
  kGeometry = 255,
};

struct WireColumn {
  WireType type{};        // STRING is resolved: kEnum, kSet or kString
  uint16_t length = 0;    // see type: max bytes (kVarchar, kString), value bytes (kEnum, kSet), bits (kBit)
  uint8_t precision = 0;  // kNewDecimal
  uint8_t scale = 0;      // kNewDecimal scale; temporal v2 fraction digits; blobs' length bytes
  bool nullable = true;
  // From the optional metadata; unset if it was not sent.
  std::optional<bool> is_unsigned;
  std::optional<uint32_t> collation;
  std::optional<uint32_t> geometry_type;
  std::optional<uint32_t> dimensions;
  std::optional<bool> visible;
  std::string name;
  bool has_labels = false;
  std::vector<std::string_view> labels;  // bytes in the column's charset
};

struct TableMap {
  uint64_t table_id = 0;
  std::string_view database;
  std::string_view table;
  std::vector<WireColumn> columns;
  bool has_names = false;
  std::vector<uint32_t> primary_key;  // column positions in key order; prefixed parts too
};

// Reads the body of a TABLE_MAP event (without header and checksum). Lifetime: views point into `body`.
// Errors: kCorruptInput.
Result<TableMap> ParseTableMap(std::string_view body, bool mariadb);

// Position in the table of each column of the rows; -1 for one that MariaDB keeps for itself (DB_ROW_HASH_n behind a
// unique key over long columns), which SHOW CREATE TABLE does not have. `schema` null: by the metadata's names.
std::vector<int> MatchColumns(const TableMap& map, const Schema* schema, bool mariadb);

// A schema from the metadata alone. Requires: map.has_names.
// Errors: kConfig, labels in a charset that cannot be read, or times of MariaDB's old format, whose size is not logged.
Result<Schema> SchemaOf(const TableMap& map, bool mariadb);

// Whether rows of `map` can be read with `schema`: empty if so, else the first difference in words, both sides shown.
std::string Difference(const TableMap& map, const Schema& schema, bool mariadb);

// MariaDB's uuid, inet6 and inet4 columns are read as text; this gives them their text types, by their type_text.
void NormaliseTypes(Schema* schema);

}  // namespace cdc::binlog
