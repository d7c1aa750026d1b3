#include "compiler/load/snapshot.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <deque>
#include <fstream>
#include <nlohmann/json.hpp>
#include <tuple>
#include <utility>

#include "stdlib/core/file_names.h"
#include "stdlib/core/utf8.h"
#include "stdlib/ddl/ddl.h"

namespace cdc::load {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::string_view kTableSuffix = ".sql";

bool IsTableFile(const std::string& name) {
  return name.size() > kTableSuffix.size() &&
         name.compare(name.size() - kTableSuffix.size(), std::string::npos, kTableSuffix) == 0;
}

// Names in a directory, in order: of its directories, or of its tables' files. Hidden ones do not count.
std::vector<std::string> Entries(const std::string& directory, bool directories) {
  std::vector<std::string> entries;
  std::error_code error;
  for (fs::directory_iterator it(directory, error), end; !error && it != end; it.increment(error)) {
    const std::string& path = it->path().native();
    std::string name = path.substr(path.rfind('/') + 1);
    const bool wanted = directories ? it->is_directory(error) : IsTableFile(name);
    if (wanted && name[0] != '.') entries.push_back(std::move(name));
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
  snapshot->gtid_mode = fact("gtid_mode");
  auto lower = facts.find("lower_case_table_names");
  if (lower != facts.end() && lower->is_number_integer()) snapshot->lower_case_table_names = lower->get<int>();
  auto expire = facts.find("binlog_expire_logs_seconds");
  if (expire != facts.end() && expire->is_number_integer()) {
    snapshot->binlog_expire_logs_seconds = expire->get<int64_t>();
  }
  const std::string& version = snapshot->version = fact("version");
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

// A file may be called otherwise than its table where the table's name is none for a file: it is always read.
bool IsPlain(const std::string& name) {
  return std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-';
  });
}

}  // namespace

// Many times what the widest table needs: a thousand columns with a comment each.
constexpr size_t kTableBytesMax = 16 << 20;

// One file of a snapshot, read when somebody asks for it.
struct TableFile {
  std::string database;
  std::string table;  // as the file is called
  std::string path;
  std::once_flag once;
  Schema schema;
  std::string mistake;  // why there is no schema

  void Read(ddl::Dialect dialect) {
    Result<std::string> text = ReadFile(path);
    if (!text.ok()) {
      mistake = text.error().message();
      return;
    }
    if (text->size() > kTableBytesMax || !IsUtf8(*text)) {
      mistake = "`" + path + "`: " + (IsUtf8(*text) ? "a table of more than 16 MiB" : "this is not UTF-8");
      return;
    }
    dialect.default_database = database;
    Result<Schema> read = ddl::ParseCreateTable(*text, dialect);
    if (!read.ok()) {
      mistake = "`" + path + "`: " + read.error().message();
      return;
    }
    schema = std::move(*read);
    schema.database = database;
  }
};

// The folder of one source.
struct SourceFolder {
  Snapshot facts;  // without tables
  ddl::Dialect dialect;
  std::deque<TableFile> files;
};

struct SchemaDirectory {
  std::once_flag once;
  std::vector<std::unique_ptr<SourceFolder>> sources;  // those that have tables
  diag::Diagnostics mistakes;

  void List(const std::string& directory) {
    for (const std::string& name : Entries(directory, true)) {
      const std::string source = directory + "/" + name;
      auto made_folder = std::make_unique<SourceFolder>();
      SourceFolder& folder = *made_folder;
      folder.facts.source = NameOfFile(name);
      folder.dialect = ReadServer(source + "/_server.json", &folder.facts, &mistakes);
      for (const std::string& database : Entries(source, true)) {
        const std::string tables = source + "/" + database;
        for (const std::string& file : Entries(tables, false)) {
          TableFile& made = folder.files.emplace_back();
          made.database = NameOfFile(database);
          made.table = NameOfFile(std::string_view(file).substr(0, file.size() - kTableSuffix.size()));
          made.path = tables + "/" + file;
        }
      }
      if (folder.files.empty()) continue;
      Result<std::string> first = ReadFile(folder.files[0].path);
      if (first.ok() && folder.facts.pulled.empty()) folder.facts.pulled = PulledAt(*first);
      if (first.ok()) folder.facts.heading = first->substr(0, first->find('\n'));
      sources.push_back(std::move(made_folder));
    }
  }
};

namespace {

Snapshot MakeSnapshot(SourceFolder* folder, const WantedTables& wanted, diag::Diagnostics* diagnostics) {
  Snapshot snapshot = folder->facts;
  snapshot.tables.reserve(folder->files.size());
  for (TableFile& file : folder->files) {
    if (IsPlain(file.table) && !wanted.Has(file.database, file.table)) {
      Schema& name = snapshot.tables.emplace_back();
      name.database = file.database;
      name.table = file.table;
      continue;
    }
    std::call_once(file.once, [&] { file.Read(folder->dialect); });
    if (file.mistake.empty()) {
      snapshot.tables.push_back(file.schema);
    } else {
      diagnostics->ReportWhole(diag::Kind::kSyntax, file.mistake);
    }
  }
  auto before = [](const Schema& a, const Schema& b) {
    return std::tie(a.database, a.table) < std::tie(b.database, b.table);
  };
  if (!std::is_sorted(snapshot.tables.begin(), snapshot.tables.end(), before)) {
    std::sort(snapshot.tables.begin(), snapshot.tables.end(), before);
  }
  return snapshot;
}

}  // namespace

Result<std::string> ReadFile(const fs::path& path) {
  const auto refuse = [&](const std::string& why) {
    return Error(ErrorCode::kUsage, "cannot read `" + path.string() + "`: " + why);
  };
  std::error_code error;
  const fs::file_type type = fs::status(path, error).type();
  if (type == fs::file_type::directory) return refuse("it is a directory");
  const bool of_shell = path.native().rfind("/dev/", 0) == 0;
  const bool odd = type == fs::file_type::fifo || type == fs::file_type::socket || type == fs::file_type::block ||
                   type == fs::file_type::character;
  if (odd && !of_shell) return refuse("it is no file");
  std::ifstream in(path, std::ios::binary);
  if (!in) return refuse(std::strerror(errno));
  std::string text;
  constexpr size_t kStep = 64 * 1024;
  while (in && text.size() <= kBytesMax) {
    const size_t had = text.size();
    text.resize(had + kStep);
    in.read(text.data() + had, kStep);
    text.resize(had + static_cast<size_t>(in.gcount()));
  }
  if (in.bad()) return refuse("reading failed");
  if (text.size() > kBytesMax) return refuse("it is larger than 256 MiB");
  return text;
}

SnapshotCache::SnapshotCache() = default;
SnapshotCache::~SnapshotCache() = default;

SchemaDirectory& SnapshotCache::Find(const std::string& directory) {
  const std::lock_guard<std::mutex> lock(mutex_);
  std::unique_ptr<SchemaDirectory>& entry = read_[directory];
  if (entry == nullptr) entry = std::make_unique<SchemaDirectory>();
  return *entry;
}

std::vector<Snapshot> SnapshotCache::Read(const std::string& directory, const WantedTables& wanted,
                                          diag::Diagnostics* diagnostics) {
  SchemaDirectory& found = Find(directory);
  std::call_once(found.once, [&] { found.List(directory); });
  for (const diag::Diagnostic& mistake : found.mistakes.all()) diagnostics->Add(mistake);
  std::vector<Snapshot> snapshots;
  for (const std::unique_ptr<SourceFolder>& source : found.sources) {
    Snapshot made = MakeSnapshot(source.get(), wanted, diagnostics);
    if (!made.tables.empty()) snapshots.push_back(std::move(made));
  }
  return snapshots;
}

}  // namespace cdc::load
