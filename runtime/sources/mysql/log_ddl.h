#pragma once

#include <memory>

#include "runtime/sources/mysql/binlog/captured_tables.h"
#include "runtime/sources/mysql/binlog/stream_decoder.h"
#include "runtime/sources/schema/tracker.h"

namespace cdc::sources {

// Follows the DDL of a log: changes the tracked schemas and reports what the pipe's rules have to judge.
// `followable`: the log carries full metadata; without it a schema change of a captured table stops the pipe.
// `tracker` and `tables` outlive the handler.
class LogDdl : public binlog::DdlHandler, public binlog::TableSchemaProvider {
 public:
  static std::unique_ptr<LogDdl> Make(SchemaTracker* tracker, binlog::CapturedTables* tables,
                                      ddl::Dialect server_dialect, bool followable);
};

}  // namespace cdc::sources
