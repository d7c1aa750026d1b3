#pragma once

// Debezium's change events as Confluent's Avro converter writes them (specs: message-formats §8.8): what debezium_json
// says of the envelope holds here too. Beside it:
//
// - Key and value begin with a zero byte and the schema's number in four bytes; a tombstone has no bytes.
// - Schemas are built once per table version and get their numbers from the registry when a table is bound, or at the
//   first record of a topic that rows choose.
// - A header of a key change holds the other half's key as the record's key is written.
// - NULL in a column with a default is null; Kafka Connect writes the default there.

#include <memory>
#include <string>

#include "runtime/formats/format.h"

namespace cdc::formats {

// Settings: registry, names, and those of debezium_json but `schema`.
// Errors: kConfig: `registries` has not the one that is named.
Result<std::unique_ptr<Format>> MakeDebeziumAvro(const catalog::Settings& settings, const std::string& source_name,
                                                 const SchemaRegistries& registries);

}  // namespace cdc::formats
