#pragma once

// Renames that were followed, as state: kind `followed`, item = the table's name now. The record is saved with the
// rename, so that the rows behind it are never read by other rules than those before it.

#include <vector>

#include "runtime/record/state_record.h"
#include "runtime/sources/mysql/binlog/captured_tables.h"
#include "stdlib/core/result.h"

namespace cdc::sources {

StateRecord FollowedRecord(const binlog::CapturedTables::Name& table, const binlog::CapturedTables::Name& known_as);
// The table is followed no longer.
StateRecord FollowedDeletion(const binlog::CapturedTables::Name& table);

// Takes up what the records of a state say; those of other kinds are passed over. Errors: kCorruptInput.
Status RestoreFollowed(const std::vector<StateRecord>& state, binlog::CapturedTables* tables);

}  // namespace cdc::sources
