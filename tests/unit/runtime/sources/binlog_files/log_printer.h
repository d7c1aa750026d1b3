#pragma once

// Log files read by the binlog_files source and printed, one line per row change.

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "runtime/record/change_batch.h"
#include "runtime/sources/source.h"

namespace cdc::testing {

// Captures every table, or those that `wants` says; all columns, or those that `uses` says.
class TestCapture : public Capture {
 public:
  std::function<bool(const std::string& database, const std::string& table)> wants;
  std::function<bool(const std::string& column)> uses;
  int binds = 0;

  bool Wants(const std::string& database, const std::string& table) override {
    return !wants || wants(database, table);
  }
  bool WantsSnapshot(const std::string&, const std::string&) override { return true; }
  Status Bind(TableVersion* table) override;
};

// "insert t.a id=1 v='one'", "update t.a id=1 v='x' -> id=1 v='y'"; NULL as NULL, what was not asked for as `-`.
std::string PrintRow(const RowChange& row);
// Its group line "== TXID", its rows, its DDL "ddl t.a: CREATE TABLE …".
void PrintBatch(const ChangeBatch& batch, bool with_groups, std::string* out);

struct PrintOptions {
  std::string schema_directory;
  std::string start;
  std::vector<StateRecord> state;
  bool with_groups = false;
  TestCapture* capture = nullptr;
};

struct Printed {
  std::string text;  // ends with "error: …" if reading failed
  Position end;
  std::vector<Position> ends;  // of all batches
};

// Reads everything that `pattern` matches.
Printed PrintLog(const std::string& pattern, PrintOptions options = {});

std::unique_ptr<Source> OpenLogSource(const std::string& pattern, const PrintOptions& options, Capture* capture);

// A folder of recorded logs, and one that is made empty and removed with the object.
std::string RecordedLogs();
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  const std::string& path() const { return path_; }
  void Write(const std::string& name, const std::string& bytes) const;

 private:
  std::string path_;
};
std::string ReadWholeFile(const std::string& path);

}  // namespace cdc::testing
