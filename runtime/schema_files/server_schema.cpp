#include "runtime/schema_files/server_schema.h"

#include <algorithm>
#include <atomic>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>
#include <thread>

#include "runtime/sources/mysql/client/server.h"
#include "runtime/sources/mysql/client/tables.h"

namespace cdc::schema_files {
namespace {

constexpr size_t kConnectionsMax = 4;
constexpr size_t kTablesPerConnection = 50;  // fewer are not worth another connection
constexpr int kNoSuchTable = 1146;
constexpr int kNoSuchDatabase = 1049;
constexpr int kGeneratedKeysShown = 80030;  // the first MySQL with invisible primary keys of its own making

// Names as JSON; those of numbers apart. Whatever a server has none of is left out.
constexpr const char* kTexts[] = {"sql_mode",
                                  "log_bin",
                                  "binlog_format",
                                  "binlog_row_image",
                                  "binlog_row_metadata",
                                  "binlog_row_value_options",
                                  "gtid_mode",
                                  "time_zone",
                                  "character_set_server",
                                  "collation_server",
                                  "server_uuid"};
constexpr const char* kNumbers[] = {"binlog_expire_logs_seconds", "lower_case_table_names", "server_id"};

std::string ServerName(const mysql::ServerFacts& facts) {
  return std::string(facts.mariadb ? "MariaDB " : "MySQL ") + std::to_string(facts.version / 10000) + "." +
         std::to_string(facts.version / 100 % 100) + "." + std::to_string(facts.version % 100);
}

Result<std::string> FactsAsJson(mysql::Connection* sql, const mysql::ServerFacts& facts) {
  std::string names;
  for (const char* name : kTexts) names += mysql::QuoteText(name) + ", ";
  for (const char* name : kNumbers) names += mysql::QuoteText(name) + ", ";
  ASSIGN_OR_RETURN(const mysql::TextResult found,
                   sql->Query("SHOW GLOBAL VARIABLES WHERE Variable_name IN (" + names + "'')"));
  nlohmann::json out = {{"version", facts.version_text}};
  for (const mysql::TextRow& row : found.rows) {
    const std::string name = row.at(0).value_or(""), value = row.at(1).value_or("");
    const bool number = std::find(std::begin(kNumbers), std::end(kNumbers), name) != std::end(kNumbers);
    if (number) {
      out[name] = std::atoll(value.c_str());
    } else {
      out[name] = value;
    }
  }
  return out.dump(2, ' ', false, nlohmann::json::error_handler_t::replace);
}

// The same text for the same table, whatever the server's defaults say about how it is shown.
Status SetUpSession(mysql::Connection* sql) {
  RETURN_IF_ERROR(sql->Execute("SET SESSION sql_mode = ''"));
  RETURN_IF_ERROR(sql->Execute("SET SESSION sql_quote_show_create = 1"));
  if (sql->mariadb() || sql->version() < kGeneratedKeysShown) return OkStatus();
  return sql->Execute("SET SESSION show_gipk_in_create_table_and_information_schema = ON");
}

Result<std::unique_ptr<mysql::Connection>> Connect(const mysql::ConnectOptions& options) {
  ASSIGN_OR_RETURN(auto sql, mysql::Connection::Open(options));
  RETURN_IF_ERROR(SetUpSession(sql.get()));
  return sql;
}

// Nothing: there is no such table any more.
Result<std::optional<std::string>> ReadDefinition(mysql::Connection* sql, const TableName& name) {
  auto shown = sql->Query("SHOW CREATE TABLE " + mysql::QuoteName(name.first) + "." + mysql::QuoteName(name.second));
  const int number = shown.ok() ? 0 : shown.error().number();
  if (number == kNoSuchTable || number == kNoSuchDatabase) return std::optional<std::string>();
  if (!shown.ok()) {
    return std::move(shown).error().While("reading the definition of " + name.first + "." + name.second);
  }
  const auto text = shown->First("Create Table");
  if (!text.has_value()) return std::optional<std::string>();
  return std::optional<std::string>(StableText(*text));
}

// Several connections that take one table after the other off one list.
class DefinitionReader {
 public:
  explicit DefinitionReader(const std::vector<TableName>& names) : names_(names), texts_(names.size()) {}

  Status Read(mysql::Connection* first, const mysql::ConnectOptions& connect) {
    const size_t wanted = std::min(kConnectionsMax, names_.size() / kTablesPerConnection + 1);
    std::vector<std::thread> others;
    for (size_t i = 1; i < wanted; ++i) {
      others.emplace_back([&] {
        auto sql = Connect(connect);
        // An account may be limited in its connections: the first one does it all then.
        if (sql.ok()) TakeTables(sql->get());
      });
    }
    TakeTables(first);
    for (std::thread& other : others) other.join();
    if (failure_.has_value()) return *failure_;
    return OkStatus();
  }

  std::map<TableName, std::string> Take() {
    std::map<TableName, std::string> tables;
    for (size_t i = 0; i < names_.size(); ++i) {
      if (texts_[i].has_value()) tables.emplace(names_[i], std::move(*texts_[i]));
    }
    return tables;
  }

 private:
  void TakeTables(mysql::Connection* sql) {
    for (size_t i = next_++; i < names_.size(); i = next_++) {
      auto text = ReadDefinition(sql, names_[i]);
      if (!text.ok()) {
        const std::lock_guard lock(mutex_);
        failure_ = std::move(text).error();
        next_ = names_.size();
        return;
      }
      texts_[i] = std::move(text).value();
    }
  }

  const std::vector<TableName>& names_;
  std::vector<std::optional<std::string>> texts_;  // parallel to names_; each is written by one thread
  std::atomic<size_t> next_{0};
  std::mutex mutex_;
  std::optional<Error> failure_;
};

}  // namespace

const std::vector<std::string>& FactNames() {
  static const auto* const names = [] {
    auto* all = new std::vector<std::string>{"version"};
    all->insert(all->end(), std::begin(kTexts), std::end(kTexts));
    all->insert(all->end(), std::begin(kNumbers), std::end(kNumbers));
    return all;
  }();
  return *names;
}

Result<ServerSchema> ReadServerSchema(const mysql::ConnectOptions& connect, const Wants& wants) {
  ASSIGN_OR_RETURN(const auto sql, Connect(connect));
  ASSIGN_OR_RETURN(const mysql::ServerFacts facts, mysql::DescribeServer(sql.get()));
  ServerSchema schema;
  schema.server = ServerName(facts);
  schema.dialect = mysql::DialectOf(facts);
  ASSIGN_OR_RETURN(schema.facts, FactsAsJson(sql.get(), facts));
  ASSIGN_OR_RETURN(const std::vector<mysql::ServerTable> listed, mysql::ListTables(sql.get(), facts));
  std::vector<TableName> names;
  for (const mysql::ServerTable& table : listed) {
    if (!table.sequence && wants(table.database, table.table)) names.emplace_back(table.database, table.table);
  }
  DefinitionReader reader(names);
  RETURN_IF_ERROR(reader.Read(sql.get(), connect));
  schema.tables = reader.Take();
  return schema;
}

std::string StableText(std::string_view show_create_table) {
  constexpr std::string_view kCounter = " AUTO_INCREMENT=";
  std::string out;
  for (size_t at = 0; at < show_create_table.size();) {
    const size_t end = std::min(show_create_table.find('\n', at), show_create_table.size());
    std::string line(show_create_table.substr(at, end - at));
    at = end + 1;
    const bool options = line.starts_with(')');
    // Before COMMENT, whose text may say anything.
    const size_t counter = options ? line.substr(0, line.find(" COMMENT=")).find(kCounter) : std::string::npos;
    if (counter != std::string::npos) {
      const size_t behind = line.find_first_not_of("0123456789", counter + kCounter.size());
      line.erase(counter, std::min(behind, line.size()) - counter);
    }
    out += line + "\n";
    if (options) break;
  }
  return out;
}

}  // namespace cdc::schema_files
