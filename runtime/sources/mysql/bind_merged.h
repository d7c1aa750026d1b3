#pragma once

#include "runtime/sources/mysql/binlog/captured_tables.h"
#include "runtime/sources/schema/tracker.h"
#include "runtime/sources/source.h"

namespace cdc::sources {

// Binds the tracked tables that are one with others, and says so to `capture`: for sources that meet their other tables
// as they read. Errors: kConfig, as Capture::Bind and Capture::SetMerged.
Status BindMerged(const SchemaTracker& tracker, binlog::CapturedTables* tables, Capture* capture);

}  // namespace cdc::sources
