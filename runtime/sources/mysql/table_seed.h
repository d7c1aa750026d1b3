#pragma once

#include <vector>

#include "runtime/record/position.h"
#include "runtime/sources/mysql/binlog/captured_tables.h"
#include "runtime/sources/mysql/client/server.h"
#include "runtime/sources/mysql/client/tables.h"
#include "runtime/sources/schema/tracker.h"
#include "stdlib/core/result.h"
#include "stdlib/core/schema.h"

namespace cdc::sources {

// The tables of a server as they are at one place of its log.
struct TableSeed {
  Position now;
  std::vector<mysql::ServerTable> tables;  // that the pipe wants
  std::vector<mysql::ServerDatabase> databases;
  std::vector<Schema> schemas;  // of those that `known` does not track, and of sequences of such names
};

// Reads what a source begins with. Every table is kept from DDL until place and definitions are read, so the
// definitions are those of the place; a table that is not among them is created behind it. Errors: as the client;
// kSourceLost, a table stays locked, or tables keep appearing.
Result<TableSeed> ReadTableSeed(mysql::Connection* sql, const mysql::ServerFacts& facts, binlog::CapturedTables* tables,
                                const SchemaTracker& known);

}  // namespace cdc::sources
