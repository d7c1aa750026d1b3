#include "compiler/load/snapshot.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "stdlib/core/file_names.h"
#include "stdlib/ddl/ddl.h"

namespace cdc::load {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

std::vector<fs::path> Entries(const fs::path& directory, bool directories) {
  std::vector<fs::path> entries;
  std::error_code error;
  for (fs::directory_iterator it(directory, error), end; !error && it != end; it.increment(error)) {
    bool wanted = directories ? it->is_directory(error) : it->path().extension() == ".sql";
    if (wanted && it->path().filename().string()[0] != '.') entries.push_back(it->path());
  }
  std::sort(entries.begin(), entries.end());
  return entries;
}

// `10.11.19-MariaDB` is 101119, `9.7.4` is 90704.
int VersionNumber(const std::string& version) {
  int parts[3] = {0, 0, 0};
  size_t part = 0;
  for (char c : version) {
    if (c >= '0' && c <= '9') {
      parts[part] = std::min(parts[part] * 10 + (c - '0'), 99);
    } else if (c != '.' || ++part == 3) {
      break;
    }
  }
  return parts[0] * 10000 + parts[1] * 100 + parts[2];
}

ddl::Dialect ReadServer(const fs::path& path, Snapshot* snapshot, diag::Diagnostics* diagnostics) {
  ddl::Dialect dialect;
  Result<std::string> text = ReadFile(path);
  if (!text.ok()) return dialect;
  json facts = json::parse(*text, nullptr, false);
  if (!facts.is_object()) {
    diagnostics->ReportWhole(diag::Kind::kSyntax, "`" + path.string() + "` is not a JSON object");
    return dialect;
  }
  auto fact = [&](const char* name) {
    auto found = facts.find(name);
    return found != facts.end() && found->is_string() ? found->get<std::string>() : std::string();
  };
  snapshot->pulled = fact("pulled");
  snapshot->binlog_format = fact("binlog_format");
  snapshot->binlog_row_image = fact("binlog_row_image");
  auto lower = facts.find("lower_case_table_names");
  if (lower != facts.end() && lower->is_number_integer()) snapshot->lower_case_table_names = lower->get<int>();
  auto expire = facts.find("binlog_expire_logs_seconds");
  if (expire != facts.end() && expire->is_number_integer()) {
    snapshot->binlog_expire_logs_seconds = expire->get<int64_t>();
  }
  std::string version = fact("version");
  dialect.mariadb = version.find("MariaDB") != std::string::npos;
  if (!version.empty()) dialect.server_version = VersionNumber(version);
  dialect.ansi_quotes = fact("sql_mode").find("ANSI_QUOTES") != std::string::npos;
  return dialect;
}

std::string PulledAt(const std::string& text) {
  size_t at = text.find("pulled ");
  if (text.rfind("--", 0) != 0 || at == std::string::npos || at > text.find('\n')) return "";
  return text.substr(at + 7, text.find_first_of(" \r\nT", at + 7) - at - 7);
}

Snapshot ReadSource(const fs::path& directory, diag::Diagnostics* diagnostics) {
  Snapshot snapshot;
  snapshot.source = NameOfFile(directory.filename().string());
  ddl::Dialect dialect = ReadServer(directory / "_server.json", &snapshot, diagnostics);
  for (const fs::path& database : Entries(directory, true)) {
    dialect.default_database = NameOfFile(database.filename().string());
    for (const fs::path& file : Entries(database, false)) {
      Result<std::string> text = ReadFile(file);
      if (!text.ok()) {
        diagnostics->ReportWhole(diag::Kind::kSyntax, text.error().message());
        continue;
      }
      Result<Schema> schema = ddl::ParseCreateTable(*text, dialect);
      if (!schema.ok()) {
        diagnostics->ReportWhole(diag::Kind::kSyntax, "`" + file.string() + "`: " + schema.error().message());
        continue;
      }
      schema->database = dialect.default_database;
      if (snapshot.pulled.empty()) snapshot.pulled = PulledAt(*text);
      snapshot.tables.push_back(std::move(*schema));
    }
  }
  std::sort(snapshot.tables.begin(), snapshot.tables.end(), [](const Schema& a, const Schema& b) {
    return std::tie(a.database, a.table) < std::tie(b.database, b.table);
  });
  return snapshot;
}

}  // namespace

Result<std::string> ReadFile(const fs::path& path) {
  std::error_code error;
  if (fs::is_directory(path, error)) {
    return Error(ErrorCode::kUsage, "cannot read `" + path.string() + "`: it is a directory");
  }
  std::ifstream in(path, std::ios::binary);
  if (!in) return Error(ErrorCode::kUsage, "cannot read `" + path.string() + "`: " + std::strerror(errno));
  std::ostringstream text;
  text << in.rdbuf();
  if (in.bad()) return Error(ErrorCode::kUsage, "cannot read `" + path.string() + "`");
  return std::move(text).str();
}

std::shared_ptr<const std::vector<Snapshot>> SnapshotCache::Read(const std::string& directory,
                                                                 diag::Diagnostics* diagnostics) {
  auto [at, added] = read_.try_emplace(directory);
  Entry& entry = at->second;
  if (added) entry.snapshots = std::make_shared<const std::vector<Snapshot>>(ReadSnapshots(directory, &entry.mistakes));
  for (const diag::Diagnostic& mistake : entry.mistakes.all()) diagnostics->Add(mistake);
  return entry.snapshots;
}

std::vector<Snapshot> ReadSnapshots(const fs::path& directory, diag::Diagnostics* diagnostics) {
  std::vector<Snapshot> snapshots;
  for (const fs::path& source : Entries(directory, true)) {
    Snapshot snapshot = ReadSource(source, diagnostics);
    if (!snapshot.tables.empty()) snapshots.push_back(std::move(snapshot));
  }
  return snapshots;
}

}  // namespace cdc::load
