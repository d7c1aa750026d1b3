#include "runtime/sources/mysql/table_seed.h"

#include <optional>
#include <set>
#include <string>
#include <utility>

namespace cdc::sources {
namespace {

constexpr int kTries = 5;
constexpr int kLockWaitS = 20;

using Name = std::pair<std::string, std::string>;

Result<std::vector<mysql::ServerTable>> Wanted(mysql::Connection* sql, const mysql::ServerFacts& facts,
                                               binlog::CapturedTables* tables) {
  ASSIGN_OR_RETURN(std::vector<mysql::ServerTable> listed, mysql::ListTables(sql, facts));
  std::erase_if(listed, [&](const mysql::ServerTable& table) { return !tables->Wants(table.database, table.table); });
  return listed;
}

// One try, inside a transaction, which holds the tables. Nothing: a table appeared meanwhile.
Result<std::optional<TableSeed>> ReadOnce(mysql::Connection* sql, const mysql::ServerFacts& facts,
                                          binlog::CapturedTables* tables, const SchemaTracker& known) {
  TableSeed seed;
  ASSIGN_OR_RETURN(const std::vector<mysql::ServerTable> before, Wanted(sql, facts, tables));
  ASSIGN_OR_RETURN(seed.databases, mysql::ListDatabases(sql, facts));
  std::set<Name> held;
  for (const mysql::ServerTable& table : before) {
    const Status locked = sql->Execute("SELECT 1 FROM " + mysql::QuoteName(table.database) + "." +
                                       mysql::QuoteName(table.table) + " LIMIT 0");
    // Dropped since, or not readable: the second list and the definition tell.
    if (!locked.ok() && locked.error().code() != ErrorCode::kConfig) return locked.error();
    held.insert({table.database, table.table});
  }
  ASSIGN_OR_RETURN(seed.now, mysql::CurrentPosition(sql, facts));
  ASSIGN_OR_RETURN(seed.tables, Wanted(sql, facts, tables));
  for (const mysql::ServerTable& table : seed.tables) {
    if (!held.contains({table.database, table.table})) return std::optional<TableSeed>();
    if (known.Find(table.database, table.table).schema != nullptr) continue;
    ASSIGN_OR_RETURN(Schema schema, mysql::ReadSchema(sql, facts, table.database, table.table));
    seed.schemas.push_back(std::move(schema));
  }
  ASSIGN_OR_RETURN(const std::vector<mysql::ServerDatabase> databases, mysql::ListDatabases(sql, facts));
  if (databases != seed.databases) return std::optional<TableSeed>();
  std::erase_if(seed.tables, [](const mysql::ServerTable& table) { return table.sequence; });
  return std::optional<TableSeed>(std::move(seed));
}

}  // namespace

Result<TableSeed> ReadTableSeed(mysql::Connection* sql, const mysql::ServerFacts& facts, binlog::CapturedTables* tables,
                                const SchemaTracker& known) {
  RETURN_IF_ERROR(sql->Execute("SET SESSION lock_wait_timeout=" + std::to_string(kLockWaitS)));
  RETURN_IF_ERROR(sql->Execute("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED"));
  for (int i = 0; i < kTries; ++i) {
    RETURN_IF_ERROR(sql->Execute("START TRANSACTION"));
    ASSIGN_OR_RETURN(auto seed, ReadOnce(sql, facts, tables, known));
    RETURN_IF_ERROR(sql->Execute("COMMIT"));
    if (seed.has_value()) return std::move(*seed);
  }
  return Error(ErrorCode::kSourceLost, "tables and databases keep changing while the list of tables is read");
}

}  // namespace cdc::sources
