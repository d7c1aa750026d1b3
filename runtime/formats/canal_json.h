#pragma once

// Canal's FlatMessage as JSON, one row per message (specs: message-formats §2). Every value is a string.
//
//   {"data":[{"id":"1"}],"database":"shop","es":1709172672000,"gtid":"…","id":7,"isDdl":false,"mysqlType":{"id":"int"},
//    "old":null,"pkNames":["id"],"sql":"","sqlType":{"id":4},"table":"orders","ts":1709172672801,"type":"INSERT"}
//
// - Key: Canal's records have none. With a `key` clause the key is a compact object of the key columns, encoded as in
//   `data`. Without one those bytes exist for `partition by key` only.
// - `es` is the log's event time, `ts` the commit time (`clock = processing`: the time of encoding).
// - `id` is OutputRow::sequence: several messages may share it, as in Canal.
// - `gtid` is the transaction's own GTID, where Canal writes the set of all GTIDs so far; empty without GTID.
// - `pkNames` are the columns of the `key` clause, else of the primary key.
// - `sqlType` widens with the value: an unsigned number whose top bit is set has the next larger type.
// - A column that the row image lacks is left out.

#include <memory>

#include "runtime/formats/format.h"

namespace cdc::formats {

// Settings: snapshot_as, binary, enum, old, gtid, zone, clock. Errors: kConfig, a zone that is not available.
Result<std::unique_ptr<Format>> MakeCanalJson(const catalog::Settings& settings);

}  // namespace cdc::formats
