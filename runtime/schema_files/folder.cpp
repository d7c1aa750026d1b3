#include "runtime/schema_files/folder.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>
#include <string_view>
#include <vector>

#include "runtime/schema_files/replace_folder.h"
#include "stdlib/core/file_names.h"

namespace cdc::schema_files {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr const char* kFactsFile = "_server.json";
constexpr std::string_view kPulledMark = " · pulled ";

Result<std::string> ReadText(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (!in) return Error(ErrorCode::kUsage, "cannot read `" + path.string() + "`: " + std::strerror(errno));
  return text;
}

// Nothing if `path` is no directory.
std::vector<fs::path> EntriesOf(const fs::path& path) {
  std::vector<fs::path> entries;
  std::error_code error;
  for (fs::directory_iterator at(path, error), end; !error && at != end; at.increment(error)) {
    if (at->path().filename().string().front() != '.') entries.push_back(at->path());
  }
  std::sort(entries.begin(), entries.end());
  return entries;
}

StoredTable Split(const std::string& file, fs::path path) {
  StoredTable table;
  table.path = std::move(path);
  size_t at = 0;
  while (file.compare(at, 2, "--") == 0) {
    const size_t end = file.find('\n', at);
    at = end == std::string::npos ? file.size() : end + 1;
  }
  table.heading = file.substr(0, at);
  table.text = file.substr(at);
  table.pulled = table.heading.substr(0, table.heading.find('\n')).find(kPulledMark) != std::string::npos;
  return table;
}

json ParseFacts(const std::string& text) {
  json facts = json::parse(text, nullptr, false);
  return facts.is_object() ? facts : json::object();
}

// What the snapshot has of the server's facts, without what people or other commands have added.
std::map<std::string, FactChange> CompareFacts(const std::string& stored, const std::string& live) {
  const json before = ParseFacts(stored), after = ParseFacts(live);
  const auto text = [](const json& facts, const std::string& name) {
    const auto found = facts.find(name);
    return found == facts.end() ? std::string() : found->dump();
  };
  std::map<std::string, FactChange> changes;
  for (const std::string& name : FactNames()) {
    FactChange change{text(before, name), text(after, name)};
    if (change.before != change.after) changes[name] = std::move(change);
  }
  return changes;
}

// The facts as they are written: the server's, the day, and what was added to the file by others.
std::string MergedFacts(const std::string& stored, const std::string& live, const std::string& day) {
  json facts = ParseFacts(stored);
  for (const std::string& name : FactNames()) facts.erase(name);
  facts.update(ParseFacts(live));
  facts["pulled"] = day;
  return facts.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

// File paths for all tables of the server, below the folder.
std::map<TableName, fs::path> PathsOf(const std::map<TableName, std::string>& tables) {
  std::map<std::string, std::vector<std::string>> by_database;
  for (const auto& [name, text] : tables) by_database[name.first].push_back(name.second);
  std::vector<std::string> databases;
  for (const auto& [database, names] : by_database) databases.push_back(database);
  const std::vector<std::string> folders = FileNamesOf(databases);
  std::map<TableName, fs::path> paths;
  for (size_t i = 0; i < databases.size(); ++i) {
    const std::vector<std::string>& names = by_database[databases[i]];
    const std::vector<std::string> files = FileNamesOf(names);
    for (size_t n = 0; n < names.size(); ++n) {
      paths.emplace(TableName(databases[i], names[n]), fs::path(folders[i]) / (files[n] + ".sql"));
    }
  }
  return paths;
}

}  // namespace

Result<Folder> ReadFolder(const fs::path& path) {
  Folder folder;
  folder.path = path;
  std::error_code error;
  if (fs::exists(path / kFactsFile, error)) {
    ASSIGN_OR_RETURN(folder.facts, ReadText(path / kFactsFile));
  }
  for (const fs::path& database : EntriesOf(path)) {
    if (!fs::is_directory(database, error)) continue;
    for (const fs::path& file : EntriesOf(database)) {
      if (file.extension() != ".sql") continue;
      ASSIGN_OR_RETURN(const std::string text, ReadText(file));
      const TableName name(NameOfFile(database.filename().string()), NameOfFile(file.stem().string()));
      folder.tables.emplace(name, Split(text, database.filename() / file.filename()));
    }
  }
  return folder;
}

Drift Compare(const Folder& folder, const ServerSchema& server) {
  Drift drift;
  drift.facts = CompareFacts(folder.facts, server.facts);
  for (const auto& [name, text] : server.tables) {
    const auto stored = folder.tables.find(name);
    if (stored == folder.tables.end()) {
      drift.tables[name] = {"", text};
    } else if (stored->second.text != text) {
      drift.tables[name] = {stored->second.text, text};
    }
  }
  for (const auto& [name, stored] : folder.tables) {
    if (stored.pulled && !server.tables.contains(name)) drift.tables[name] = {stored.text, ""};
  }
  return drift;
}

Status WriteFolder(const Folder& folder, const ServerSchema& server, const std::string& shown, const std::string& now) {
  const std::map<TableName, fs::path> paths = PathsOf(server.tables);
  std::map<fs::path, std::string> written;
  std::set<fs::path> removed;
  for (const auto& [name, text] : server.tables) {
    const fs::path& path = paths.at(name);
    const auto stored = folder.tables.find(name);
    const bool same = stored != folder.tables.end() && stored->second.text == text;
    if (same && stored->second.path == path) continue;
    std::string heading = "-- " + (fs::path(shown) / path).generic_string() + " · " + server.server +
                          std::string(kPulledMark) + now + "\n";
    written[path] = heading + text;
    if (stored != folder.tables.end() && stored->second.path != path) removed.insert(stored->second.path);
  }
  for (const auto& [name, stored] : folder.tables) {
    if (stored.pulled && !server.tables.contains(name)) removed.insert(stored.path);
  }
  std::string facts = MergedFacts(folder.facts, server.facts, now.substr(0, now.find('T')));
  if (facts != folder.facts) written[kFactsFile] = std::move(facts);
  for (const auto& [path, text] : written) removed.erase(path);
  if (written.empty() && removed.empty()) return OkStatus();
  return ReplaceFolder(folder.path, written, removed);
}

}  // namespace cdc::schema_files
