#include "runtime/sources/binlog_files/schema_folder.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

#include "stdlib/core/arena.h"
#include "stdlib/core/file_names.h"
#include "stdlib/core/json_text.h"

namespace cdc::sources {
namespace {

namespace fs = std::filesystem;

Result<std::string> ReadFile(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in) return Error(ErrorCode::kConfig, "cannot read `" + path.string() + "`");
  return text.str();
}

std::vector<fs::path> Sorted(const fs::path& folder) {
  std::vector<fs::path> entries;
  std::error_code ignored;
  for (fs::directory_iterator at(folder, ignored), end; at != end; at.increment(ignored)) entries.push_back(at->path());
  std::sort(entries.begin(), entries.end());
  return entries;
}

// `_server.json` tells MariaDB from MySQL.
Status ReadServerFacts(const fs::path& folder, ddl::Dialect* dialect) {
  const fs::path path = folder / "_server.json";
  std::error_code ignored;
  if (!fs::exists(path, ignored)) return OkStatus();
  ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
  if (!IsJson(text)) return Error(ErrorCode::kConfig, "`" + path.string() + "` is no JSON");
  const std::string_view trimmed = std::string_view(text).substr(text.find_first_not_of(" \t\r\n"));
  if (trimmed.front() != '{') return OkStatus();
  const auto version = JsonMember(trimmed, "version");
  dialect->mariadb = version.has_value() && version->find("MariaDB") != std::string_view::npos;
  return OkStatus();
}

}  // namespace

Status LoadSchemaFolder(const SourceContext& context, binlog::CapturedTables* tables, SchemaTracker* tracker,
                        ddl::Dialect* dialect) {
  if (context.schema_directory.empty()) return OkStatus();
  const fs::path folder =
      fs::path(context.schema_directory) / FileNameOf(context.settings.Text("schema_from", context.name));
  RETURN_IF_ERROR(ReadServerFacts(folder, dialect));
  for (const fs::path& database : Sorted(folder)) {
    for (const fs::path& file : Sorted(database)) {
      const std::string database_name = NameOfFile(database.filename().string());
      const std::string table_name = NameOfFile(file.stem().string());
      if (file.extension() != ".sql" || !tables->Wants(database_name, table_name)) continue;
      ASSIGN_OR_RETURN(const std::string text, ReadFile(file));
      ddl::Dialect in = *dialect;
      in.default_database = database_name;
      auto schema = ddl::ParseCreateTable(text, in);
      if (!schema.ok()) return std::move(schema).error().While(file.string());
      schema->database = database_name;
      schema->table = table_name;
      tracker->Set(std::move(schema).value(), 1);
    }
  }
  return OkStatus();
}

}  // namespace cdc::sources
