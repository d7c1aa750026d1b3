#pragma once

// Debezium's change events as Kafka Connect's JsonConverter writes them (specs: message-formats §8).
//
// - Key: a struct of the key columns; null without key columns.
// - `source.version` is `compatible_with` with `.0.Final`; `source.db` and `source.table` are where the row came from,
//   schema names use the names after `as`.
// - `source.ts_*` is the log's event time, `ts_*` the commit time (`clock = processing`: the time of encoding).
// - `source.snapshot` is "true" for every row of a first load.
// - `transaction.data_collection_order` counts the records that this process wrote for the table and transaction.
// - JSON is compact in the stream and MySQL's own text in a first load, as with Debezium.
// - A value above 2^63-1 with `bigint_unsigned = long` is an error of the row; Debezium writes a negative number.
// - A key change (OutputRow::key_changed_…) has Debezium's headers; the header's value is the other half's key.
// - DDL: a schema change event keyed by database; `truncate` is an event of the table with op `t`.

#include <memory>
#include <string>

#include "runtime/formats/format.h"

namespace cdc::formats {

// Settings: schema, name, compatible_with, decimal, bigint_unsigned, binary, time, transaction, clock.
Result<std::unique_ptr<Format>> MakeDebeziumJson(const catalog::Settings& settings, const std::string& source_name);

}  // namespace cdc::formats
