#include "runtime/formats/debezium_schema.h"

#include "runtime/formats/json_writer.h"

namespace cdc::formats {
namespace {

std::string Simple(const char* type, bool optional, const std::string& field) {
  return std::string("{\"type\":\"") + type + "\",\"optional\":" + (optional ? "true" : "false") + ",\"field\":\"" +
         field + "\"}";
}

std::string TransactionSchema() {
  return StructSchema(Simple("string", false, "id") + "," + Simple("int64", false, "total_order") + "," +
                          Simple("int64", false, "data_collection_order"),
                      true, "event.block", 1, "transaction");
}

std::string ColumnSchema() {
  const std::string strings = R"({"type":"array","items":{"type":"string","optional":false},"optional":true,)";
  return StructSchema(Simple("string", false, "name") + "," + Simple("int32", false, "jdbcType") + "," +
                          Simple("int32", true, "nativeType") + "," + Simple("string", false, "typeName") + "," +
                          Simple("string", true, "typeExpression") + "," + Simple("string", true, "charsetName") + "," +
                          Simple("int32", true, "length") + "," + Simple("int32", true, "scale") + "," +
                          Simple("int32", false, "position") + "," + Simple("boolean", true, "optional") + "," +
                          Simple("boolean", true, "autoIncremented") + "," + Simple("boolean", true, "generated") +
                          "," + Simple("string", true, "comment") + "," +
                          Simple("string", true, "defaultValueExpression") + "," + strings + R"("field":"enumValues"})",
                      false, "io.debezium.connector.schema.Column", 1, "");
}

std::string ChangeSchema() {
  const std::string table =
      StructSchema(Simple("string", true, "defaultCharsetName") + "," +
                       R"({"type":"array","items":{"type":"string","optional":false},"optional":true,)" +
                       R"("field":"primaryKeyColumnNames"},)" + R"({"type":"array","items":)" + ColumnSchema() +
                       R"(,"optional":false,"field":"columns"},)" + Simple("string", true, "comment"),
                   true, "io.debezium.connector.schema.Table", 1, "table");
  return StructSchema(Simple("string", false, "type") + "," + Simple("string", false, "id") + "," + table, false,
                      "io.debezium.connector.schema.Change", 1, "");
}

}  // namespace

std::string StructSchema(const std::string& fields, bool optional, const std::string& name, int version,
                         const std::string& field) {
  std::string node = "{\"type\":\"struct\",\"fields\":[" + fields + "],\"optional\":" + (optional ? "true" : "false");
  node += ",\"name\":" + Quoted(name, HexCase::kUpper);
  if (version > 0) node += ",\"version\":" + std::to_string(version);
  if (!field.empty()) node += ",\"field\":\"" + field + "\"";
  return node + "}";
}

std::string SourceSchema() {
  const std::string snapshot =
      R"({"type":"string","optional":true,"name":"io.debezium.data.Enum","version":1,"parameters":{"allowed":)"
      R"("true,first,first_in_data_collection,last_in_data_collection,last,false,incremental"},)"
      R"("default":"false","field":"snapshot"})";
  return StructSchema(Simple("string", false, "version") + "," + Simple("string", false, "connector") + "," +
                          Simple("string", false, "name") + "," + Simple("int64", false, "ts_ms") + "," + snapshot +
                          "," + Simple("string", false, "db") + "," + Simple("string", true, "sequence") + "," +
                          Simple("int64", true, "ts_us") + "," + Simple("int64", true, "ts_ns") + "," +
                          Simple("string", true, "table") + "," + Simple("int64", false, "server_id") + "," +
                          Simple("string", true, "gtid") + "," + Simple("string", false, "file") + "," +
                          Simple("int64", false, "pos") + "," + Simple("int32", false, "row") + "," +
                          Simple("int64", true, "thread") + "," + Simple("string", true, "query"),
                      false, "io.debezium.connector.mysql.Source", 1, "source");
}

std::string EnvelopeSchema(const std::string& value_fields, const std::string& prefix) {
  return StructSchema(StructSchema(value_fields, true, prefix + ".Value", 0, "before") + "," +
                          StructSchema(value_fields, true, prefix + ".Value", 0, "after") + "," + SourceSchema() + "," +
                          TransactionSchema() + "," + Simple("string", false, "op") + "," +
                          Simple("int64", true, "ts_ms") + "," + Simple("int64", true, "ts_us") + "," +
                          Simple("int64", true, "ts_ns"),
                      false, prefix + ".Envelope", 2, "");
}

std::string SchemaChangeKeySchema() {
  return StructSchema(Simple("string", false, "databaseName"), false, "io.debezium.connector.mysql.SchemaChangeKey", 1,
                      "");
}

std::string SchemaChangeValueSchema() {
  return StructSchema(SourceSchema() + "," + Simple("int64", false, "ts_ms") + "," +
                          Simple("string", true, "databaseName") + "," + Simple("string", true, "schemaName") + "," +
                          Simple("string", true, "ddl") + R"(,{"type":"array","items":)" + ChangeSchema() +
                          R"(,"optional":false,"field":"tableChanges"})",
                      false, "io.debezium.connector.mysql.SchemaChangeValue", 1, "");
}

}  // namespace cdc::formats
