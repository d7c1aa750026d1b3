#include "tests/golden/formats/orders_table.h"

#include "stdlib/core/temporal.h"

namespace cdc::testing {
namespace {

using namespace std::string_view_literals;

Type Of(TypeKind kind, bool is_unsigned = false, uint32_t length = 0, uint8_t precision = 0, uint8_t scale = 0) {
  Type type;
  type.kind = kind;
  type.is_unsigned = is_unsigned;
  type.length = length;
  type.precision = precision;
  type.scale = scale;
  return type;
}

Type Text(TypeKind kind, uint32_t length) {
  Type type = Of(kind, false, length);
  type.charset = "utf8mb4";
  return type;
}

Type Labels(TypeKind kind, std::vector<std::string> labels) {
  Type type = Of(kind);
  type.charset = "utf8mb4";
  type.labels = std::make_shared<const std::vector<std::string>>(std::move(labels));
  return type;
}

Type Point() {
  Type type = Of(TypeKind::kGeometry);
  type.geometry = "point";
  return type;
}

}  // namespace

Schema OrdersSchema() {
  Schema schema;
  schema.database = "shop";
  schema.table = "orders";
  schema.charset = "utf8mb4";
  const auto add = [&](const char* name, Type type, const char* text) {
    Column column;
    column.name = name;
    column.type = std::move(type);
    column.type_text = text;
    schema.columns.push_back(std::move(column));
  };
  add("id", Of(TypeKind::kBigInt, true), "bigint unsigned");
  add("c_tiny", Of(TypeKind::kTinyInt), "tinyint");
  add("c_utiny", Of(TypeKind::kTinyInt, true), "tinyint unsigned");
  add("c_small", Of(TypeKind::kSmallInt), "smallint");
  add("c_umed", Of(TypeKind::kMediumInt, true), "mediumint unsigned");
  add("c_uint", Of(TypeKind::kInt, true), "int unsigned");
  add("c_big", Of(TypeKind::kBigInt), "bigint");
  add("c_ubig", Of(TypeKind::kBigInt, true), "bigint unsigned");
  add("amount", Of(TypeKind::kDecimal, false, 0, 10, 2), "decimal(10,2)");
  add("rate_f", Of(TypeKind::kFloat), "float");
  add("rate_d", Of(TypeKind::kDouble), "double");
  add("flags", Of(TypeKind::kBit, false, 10), "bit(10)");
  add("code", Text(TypeKind::kChar, 4), "char(4)");
  add("note", Text(TypeKind::kVarchar, 64), "varchar(64)");
  add("memo", Text(TypeKind::kText, 65535), "text");
  add("hash", Of(TypeKind::kBinary, false, 4), "binary(4)");
  add("raw", Of(TypeKind::kVarbinary, false, 8), "varbinary(8)");
  add("payload", Of(TypeKind::kBlob, false, 65535), "blob");
  add("d", Of(TypeKind::kDate), "date");
  add("t", Of(TypeKind::kTime, false, 0, 0, 3), "time(3)");
  add("dt", Of(TypeKind::kDatetime, false, 0, 0, 6), "datetime(6)");
  add("dt0", Of(TypeKind::kDatetime), "datetime");
  add("ts", Of(TypeKind::kTimestamp, false, 0, 0, 3), "timestamp(3)");
  add("y", Of(TypeKind::kYear), "year");
  add("status", Labels(TypeKind::kEnum, {"new", "paid", "void"}), "enum('new','paid','void')");
  add("tags", Labels(TypeKind::kSet, {"a", "b", "c"}), "set('a','b','c')");
  add("attrs", Of(TypeKind::kJson), "json");
  add("loc", Point(), "point");
  add("opt", Text(TypeKind::kVarchar, 16), "varchar(16)");
  schema.columns[0].type.nullable = false;
  schema.indexes.push_back({"PRIMARY", {"id"}, true, false});
  return schema;
}

std::vector<Value> OrdersRow(int number, bool small_ubig) {
  const bool second = number == 2;
  const int64_t day = PackDatetime({2024, 2, 29, 0, 0, 0, 0});
  return {
      Value::Uint(1001),
      Value::Int(-5),
      Value::Uint(200),
      Value::Int(-300),
      Value::Uint(16777215),
      Value::Uint(4294967295),
      Value::Int(INT64_MIN),
      Value::Uint(small_ubig ? static_cast<uint64_t>(INT64_MAX) : UINT64_MAX),
      Value::Decimal(second ? "15.00" : "12.30"),
      Value::Float(1.5F),
      Value::Double(12510357),
      Value::Uint(513),
      Value::Text("AB"),
      Value::Text("café <&>"),
      Value::Text("line1\nline2"),
      Value::Bytes("\xde\xad\xbe\x00"sv),
      Value::Bytes("\x01\xff"sv),
      Value::Bytes("\x00\x0a\x80"sv),
      Value::Date(day),
      Value::Time((int64_t{10 * 3600 + 11 * 60 + 12} * 1000 + 345) * 1000),
      Value::Datetime(PackDatetime({2024, 2, 29, 10, 11, 12, 123456})),
      Value::Datetime(PackDatetime({2024, 2, 29, 10, 11, 12, 0})),
      Value::Timestamp(MicrosFromCivil({2024, 2, 29, 2, 11, 12, 345000})),
      Value::Uint(2024),
      Value::Uint(second ? 3 : 2),
      Value::Uint(5),
      Value::Json(R"({"k": 1, "list": [1.5, "x"]})"),
      Value::Bytes("\0\0\0\0\1\1\0\0\0\0\0\0\0\0\0\xf0\x3f\0\0\0\0\0\0\0\x40"sv),
      second ? Value::Text("x") : Value::Null(),
  };
}

Group OrdersGroup() {
  Group group;
  group.gtid = "3e11fa47-71ca-11e1-9e33-c80aa9429562:23";
  group.txid = group.gtid;
  group.file = "mysql-bin.000007";
  group.offset = 4711;
  group.commit_time_us = 1709172672801123;
  group.event_time_s = 1709172672;
  group.server_id = 223344;
  group.thread_id = 88;
  return group;
}

formats::OutputShape OrdersShape() {
  formats::OutputShape shape;
  shape.database = shape.source_database = "shop";
  shape.table = shape.source_table = "orders";
  shape.pipe = "orders";
  shape.source_name = "cdc";
  shape.columns = OrdersSchema().columns;
  shape.key = {0};
  shape.primary_key = {"id"};
  return shape;
}

}  // namespace cdc::testing
