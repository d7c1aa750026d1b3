#include "runtime/sources/mysql/recheck.h"

#include <spdlog/spdlog.h>

#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "runtime/sources/mysql/client/tables.h"

namespace cdc::sources {
namespace {

constexpr int kNoSuchTable = 1146;
constexpr int kNoSuchDatabase = 1049;

std::string WithNullability(const Type& type) { return TypeText(type) + (type.nullable ? "" : " not null"); }

// Texts compare by their bytes and reach the program as UTF-8, so neither charset nor collation changes what it reads.
Type AsRead(Type type) {
  type.charset.clear();
  type.collation.clear();
  type.sensitive = false;
  return type;
}

const Column* Find(const Schema* schema, std::string_view name) {
  const int at = schema == nullptr ? -1 : schema->Find(name);
  return at < 0 ? nullptr : &schema->columns[static_cast<size_t>(at)];
}

bool Fits(const Type& expected, const Column* column) {
  if (column == nullptr) return false;
  Type live = AsRead(column->type);
  if (!live.nullable) live.nullable = expected.nullable;
  return live == AsRead(expected);
}

bool Same(const Column* tracked, const Column* live) {
  return tracked != nullptr && live != nullptr && AsRead(tracked->type) == AsRead(live->type);
}

std::string DifferenceText(const ExpectedTable& table, const std::string& column, const Type& expected,
                           const Column* live) {
  const std::string name = table.database + "." + table.table + "." + column;
  std::string now = "not on the server";
  if (live != nullptr) now = "`" + WithNullability(live->type) + "` on the server";
  return std::string(live == nullptr ? "  - " : "  ~ ") + name + ": `" + WithNullability(expected) +
         "` in the schema snapshot, " + now;
}

// The table as the server has it; nothing if it has none of that name.
Result<std::optional<Schema>> ReadLive(mysql::Connection* sql, const mysql::ServerFacts& facts,
                                       const ExpectedTable& table) {
  auto schema = mysql::ReadSchema(sql, facts, table.database, table.table);
  if (schema.ok()) return std::optional<Schema>(std::move(schema).value());
  const int number = schema.error().number();
  if (number == kNoSuchTable || number == kNoSuchDatabase) return std::optional<Schema>();
  return std::move(schema).error();
}

}  // namespace

Status RecheckUsedColumns(mysql::Connection* sql, const mysql::ServerFacts& facts,
                          const std::vector<ExpectedTable>& expected, const std::vector<Schema>& fresh,
                          const SchemaTracker& tracked) {
  std::map<std::pair<std::string_view, std::string_view>, const Schema*> read_before;
  for (const Schema& schema : fresh) read_before[{schema.database, schema.table}] = &schema;
  std::string differences;
  for (const ExpectedTable& table : expected) {
    const auto known = read_before.find({table.database, table.table});
    const bool met = known == read_before.end();  // in an earlier run
    std::optional<Schema> read;
    if (met) {
      ASSIGN_OR_RETURN(read, ReadLive(sql, facts, table));
      if (!read.has_value()) continue;
    }
    const Schema* live = met ? &*read : known->second;
    const TrackedTable followed = tracked.Find(table.database, table.table);
    for (const auto& [column, type] : table.columns) {
      const Column* now = Find(live, column);
      if (Fits(type, now)) continue;
      const std::string text = DifferenceText(table, column, type, now);
      if (met && Same(Find(followed.schema.get(), column), now)) {
        spdlog::warn("the schema snapshot is older than what this pipe reads; `piperun schema pull` renews it:\n{}",
                     text);
        continue;
      }
      differences += "\n" + text;
    }
  }
  if (differences.empty()) return OkStatus();
  return Error(
      ErrorCode::kConfig,
      "columns that the program uses are not what it was checked with:" + differences +
          "\n  = renew the snapshot with `piperun schema pull`, see what `pipec check` says, and run it again");
}

}  // namespace cdc::sources
