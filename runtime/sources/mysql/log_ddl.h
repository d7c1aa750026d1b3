#pragma once

#include <memory>

#include "runtime/sources/mysql/binlog/captured_tables.h"
#include "runtime/sources/mysql/binlog/stream_decoder.h"
#include "runtime/sources/schema/tracker.h"

namespace cdc::sources {

// What a log leaves unsaid about the server that wrote it.
struct LogDdlOptions {
  ddl::Dialect dialect;
  // The log carries full metadata; without it a schema change of a captured table stops the pipe.
  bool followable = false;
  // The server runs with lower_case_table_names: statements keep names as they were typed, rows have them in lower
  // case.
  bool fold_names = false;
};

// Follows the DDL of a log: changes the tracked schemas and reports what the pipe's rules have to judge.
// `tracker` and `tables` outlive the handler.
class LogDdl : public binlog::DdlHandler, public binlog::TableSchemaProvider {
 public:
  static std::unique_ptr<LogDdl> Make(SchemaTracker* tracker, binlog::CapturedTables* tables, LogDdlOptions options);
};

}  // namespace cdc::sources
