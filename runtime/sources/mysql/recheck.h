#pragma once

// The look at the server before a run (LANGUAGE §7): a program that was checked against a schema snapshot reads columns
// of the types that it was checked with, or does not start.

#include <string>
#include <vector>

#include "runtime/sources/mysql/client/connection.h"
#include "runtime/sources/mysql/client/server.h"
#include "runtime/sources/schema/tracker.h"
#include "runtime/sources/source.h"
#include "stdlib/core/result.h"
#include "stdlib/core/schema.h"

namespace cdc::sources {

// Compares the columns that the program uses with those of the server now. `fresh`: tables as they were just read;
// others are read here. A table that is not there is nobody's misfit: it may come. A column that has become NOT NULL
// fits. So does one that changed in the log while this pipe followed it, as `tracked` shows: it is warned of (spdlog),
// for a restart is no time for a refusal of what has been read for long. Errors: kConfig, with every column that
// differs, its type in the snapshot and on the server; as Connection::Query.
Status RecheckUsedColumns(mysql::Connection* sql, const mysql::ServerFacts& facts,
                          const std::vector<ExpectedTable>& expected, const std::vector<Schema>& fresh,
                          const SchemaTracker& tracked);

}  // namespace cdc::sources
