#pragma once

// From a path to everything a program consists of: its file, what it imports, the project, the schema
// snapshots.

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "compiler/ast/ast.h"
#include "compiler/diag/diagnostic.h"
#include "compiler/source/source_text.h"
#include "stdlib/core/result.h"
#include "stdlib/core/schema.h"

namespace cdc::load {

struct LoadedFile {
  std::string path;                       // as shown to people
  ast::File ast;                          // ast.file is its number in Program::sources
  std::map<std::string, size_t> imports;  // local name, or `std.name` -> position in Program::files
  bool standard = false;                  // presets of the language, which stand in no file
};

// The schema snapshot of one source (LANGUAGE §7): `<schema>/<source>/<database>/<table>.sql`.
struct Snapshot {
  std::string source;
  // Day of the last pull, as `_server.json` has it, else the first file's heading; empty if neither says.
  std::string pulled;
  // By database, then table. Of tables that no rule and no `sensitive` of the program can name, the name alone.
  std::vector<Schema> tables;
  std::string heading;  // the first line of the first file: `-- schema/… · MySQL 9.7.4 · pulled …`
  // `_server.json`; empty or nothing where it does not say.
  std::string binlog_format;
  std::string binlog_row_image;
  std::string gtid_mode;
  std::string version;  // `10.11.19-MariaDB`
  std::optional<int> lower_case_table_names;
  std::optional<int64_t> binlog_expire_logs_seconds;
};

class SnapshotCache;  // snapshot.h

struct Program {
  std::shared_ptr<source::SourceFiles> sources = std::make_shared<source::SourceFiles>();
  std::vector<LoadedFile> files;      // the program first, then imports
  std::optional<LoadedFile> project;  // project.pipe of the root, unless it is the program itself
  std::string stem;                   // the program's file name without `.pipe`
  std::string root;                   // the project root: where project.pipe or the repository is
  std::string schema_directory;       // empty if there is none
  std::string schema_home;            // where it is or would be
  std::vector<Snapshot> snapshots;    // by source
};

// Reads the program at `path`; `text`, if there is one, stands for the file's. Mistakes in files go to `diagnostics`:
// those of Parse(), PIPE006 and PIPE007 of imports, PIPE001 of a wanted snapshot file that cannot be understood.
// `schema_dir` overrides the project's directory; what is in `cache` is not read again. Errors: kUsage, the file itself
// or the project's cannot be read, or `schema_dir` is given and is no directory.
Result<Program> Load(const std::string& path, const std::optional<std::string>& text, const std::string& schema_dir,
                     diag::Diagnostics* diagnostics, SnapshotCache* cache = nullptr);
// The same as if there were no schema snapshot; `schema_dir` need not be there.
Result<Program> LoadWithoutSchema(const std::string& path, const std::optional<std::string>& text,
                                  const std::string& schema_dir, diag::Diagnostics* diagnostics);

}  // namespace cdc::load
