#include "runtime/schema_files/readiness.h"

#include <cstdlib>
#include <map>

#include "stdlib/core/names.h"

namespace cdc::schema_files {
namespace {

constexpr int64_t kRetentionMinS = 24 * 3600;  // `retention_min` of a source

using Variables = std::map<std::string, std::string>;

Result<Variables> ReadVariables(mysql::Connection* sql) {
  ASSIGN_OR_RETURN(const mysql::TextResult found,
                   sql->Query("SHOW GLOBAL VARIABLES WHERE Variable_name IN ('log_bin', 'binlog_format', "
                              "'binlog_row_image', 'binlog_row_metadata', 'gtid_mode', 'binlog_expire_logs_seconds')"));
  Variables variables;
  for (const mysql::TextRow& row : found.rows) variables[row.at(0).value_or("")] = row.at(1).value_or("");
  return variables;
}

// MySQL keeps what is persisted; MariaDB has its files for that.
std::string SetStatement(const mysql::Connection& sql, const std::string& name, const std::string& value) {
  if (!sql.mariadb()) return "SET PERSIST " + name + " = " + value + ";";
  return "SET GLOBAL " + name + " = " + value + ";  -- and in my.cnf, for the next start";
}

void CheckVariable(const mysql::Connection& sql, const Variables& variables, const char* name, const char* value,
                   bool needed, const char* why, std::vector<Missing>* out) {
  const auto found = variables.find(name);
  if (found == variables.end() || found->second == value) return;
  out->push_back({needed, std::string(name) + " is " + found->second + ": " + why, SetStatement(sql, name, value)});
}

// Whether a line of SHOW GRANTS for everything has the privilege. Roles may hide it: then it is not known.
bool MayHave(const mysql::TextResult& grants, std::string_view privilege) {
  for (const mysql::TextRow& row : grants.rows) {
    const std::string line = LowerAscii(row.at(0).value_or(""));
    const bool role = line.starts_with("grant `") && line.find(" on ") == std::string::npos;
    if (role || line.starts_with("grant all privileges on *.*") || line.find(privilege) != std::string::npos) {
      return true;
    }
  }
  return false;
}

Status CheckGrants(mysql::Connection* sql, std::vector<Missing>* out) {
  ASSIGN_OR_RETURN(const mysql::TextResult grants, sql->Query("SHOW GRANTS"));
  ASSIGN_OR_RETURN(const mysql::TextResult account,
                   sql->Query("SELECT SUBSTRING_INDEX(CURRENT_USER(), '@', -1) AS host, "
                              "SUBSTRING_INDEX(CURRENT_USER(), '@', 1) AS user"));
  std::string missing;
  const auto need = [&](bool has, const char* name) {
    if (!has) missing += std::string(missing.empty() ? "" : ", ") + name;
  };
  need(MayHave(grants, "replication slave"), "REPLICATION SLAVE");
  need(MayHave(grants, "replication client") || MayHave(grants, "binlog monitor"), "REPLICATION CLIENT");
  if (missing.empty()) return OkStatus();
  const std::string user = mysql::QuoteText(account.First("user").value_or("")) + "@" +
                           mysql::QuoteText(account.First("host").value_or("%"));
  out->push_back({true, "the account " + user + " lacks " + missing, "GRANT " + missing + " ON *.* TO " + user + ";"});
  return OkStatus();
}

}  // namespace

Result<std::vector<Missing>> FindMissing(mysql::Connection* sql) {
  ASSIGN_OR_RETURN(const Variables variables, ReadVariables(sql));
  std::vector<Missing> missing;
  const auto log = variables.find("log_bin");
  if (log != variables.end() && log->second != "ON") {
    missing.push_back({true, "log_bin is OFF: there is no log to read changes from",
                       "[mysqld]                 # in my.cnf; then restart the server\n"
                       "log_bin = mysql-bin\nserver_id = 1            # one of its own"});
  }
  CheckVariable(*sql, variables, "binlog_format", "ROW", true, "changes are logged as statements", &missing);
  CheckVariable(*sql, variables, "binlog_row_image", "FULL", true, "rows are logged in part", &missing);
  CheckVariable(*sql, variables, "binlog_row_metadata", "FULL", false,
                "with FULL the log itself says what its columns are called", &missing);
  if (const auto mode = variables.find("gtid_mode"); mode != variables.end() && mode->second != "ON") {
    missing.push_back({false, "gtid_mode is " + mode->second + ": a saved position holds on this one server only",
                       "-- see \"Enabling GTID Transactions Online\" in MySQL's manual"});
  }
  const auto kept = variables.find("binlog_expire_logs_seconds");
  const int64_t kept_s = kept == variables.end() ? 0 : std::atoll(kept->second.c_str());
  if (kept_s > 0 && kept_s < kRetentionMinS) {
    missing.push_back({false,
                       "logs are kept for " + kept->second + " s: a pipe that stands still longer loses its place",
                       SetStatement(*sql, "binlog_expire_logs_seconds", "604800")});
  }
  RETURN_IF_ERROR(CheckGrants(sql, &missing));
  return missing;
}

}  // namespace cdc::schema_files
