// Any bytes are a DDL statement, another statement, or an error; alterations never leave a table without
// columns.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "stdlib/core/check.h"
#include "stdlib/ddl/ddl.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  cdc::ddl::Dialect dialect;
  dialect.default_database = "d";
  dialect.mariadb = (data[0] & 1) != 0;
  dialect.server_version = dialect.mariadb ? 101119 : 90704;
  dialect.ansi_quotes = (data[0] & 2) != 0;
  dialect.no_backslash_escapes = (data[0] & 4) != 0;
  std::string_view sql(reinterpret_cast<const char*>(data) + 1, size - 1);
  cdc::Result<cdc::ddl::Statement> statement = cdc::ddl::ParseDdl(sql, dialect);
  if (!statement.ok()) {
    CHECK(!statement.error().message().empty());
    return 0;
  }
  static const cdc::Schema* table = [] {
    auto made =
        cdc::ddl::ParseCreateTable("create table t (a int primary key, b text, c varchar(3), key k (b(2), c))", {});
    return new cdc::Schema(*made);
  }();
  for (const cdc::ddl::SchemaChange& change : statement->changes) {
    CHECK(!change.labels.empty());
    cdc::Schema schema = *table;
    cdc::Status applied = cdc::ddl::Apply(change, dialect, &schema);
    CHECK(!schema.columns.empty());
    for (const cdc::Column& column : schema.columns) CHECK(column.type.kind != cdc::TypeKind::kUnknown);
    CHECK(applied.ok() || !applied.error().message().empty());
  }
  return 0;
}
