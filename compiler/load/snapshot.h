#pragma once

// Schema directories: <schema>/<source>/<database>/<table>.sql. The folders are listed, and of the tables those read
// that a program asks for: a program of one table does not wait for a thousand.

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "compiler/diag/diagnostic.h"
#include "compiler/load/load.h"
#include "compiler/load/wanted_tables.h"

namespace cdc::load {

struct SchemaDirectory;

// What the programs of one run have read of schema directories: no table is read twice. Threads: any.
class SnapshotCache {
 public:
  SnapshotCache();
  ~SnapshotCache();

  // Every source of the directory with all its tables: those `wanted` as they are in their files, the others with their
  // names alone. A file that is no CREATE TABLE is PIPE001, with its path, for whoever wants it.
  std::vector<Snapshot> Read(const std::string& directory, const WantedTables& wanted, diag::Diagnostics* diagnostics);

 private:
  SchemaDirectory& Find(const std::string& directory);

  std::mutex mutex_;
  std::map<std::string, std::unique_ptr<SchemaDirectory>> read_;
};

// The whole file, of at most kBytesMax; a pipe or device, which might be read for ever, only below /dev/, where a shell
// hands one over: `--params <(…)`. Errors: kUsage, with the reason.
inline constexpr size_t kBytesMax = 256 << 20;
Result<std::string> ReadFile(const std::filesystem::path& path);

}  // namespace cdc::load
