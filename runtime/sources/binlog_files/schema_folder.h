#pragma once

#include "runtime/sources/mysql/binlog/captured_tables.h"
#include "runtime/sources/schema/tracker.h"
#include "runtime/sources/source.h"
#include "stdlib/ddl/ddl.h"

namespace cdc::sources {

// Puts the captured tables of the source's schema folder (LANGUAGE §7: `<database>/<table>.sql`) into `*tracker` and
// the server's facts into `*dialect`. No folder: nothing.
// Errors: kConfig, a file cannot be read or understood.
Status LoadSchemaFolder(const SourceContext& context, binlog::CapturedTables* tables, SchemaTracker* tracker,
                        ddl::Dialect* dialect);

}  // namespace cdc::sources
