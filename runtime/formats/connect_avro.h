#pragma once

// From Kafka Connect's schemas to Avro's, as Confluent's AvroData maps them (specs: message-formats §8.8). Both are
// JSON here: a Connect schema is a node as JsonConverter prints it. Nothing of this is on the row path.

#include <string>

#include "runtime/formats/avro_names.h"
#include "stdlib/core/out_buffer.h"
#include "stdlib/core/result.h"

namespace cdc::formats {

// The Avro schema, compact: a record with `connect.*` properties; optional fields are unions with null, which comes
// first unless the field has a default.
// Errors: kConfig: two fields of a record get the same name, a name is none that Avro allows, or a text is no UTF-8.
Result<std::string> AvroSchemaOf(const std::string& connect_schema, AvroNames names);

// Appends the Avro binary of `value`, as JsonConverter would print it, under that schema.
// Requires: `value` is one of `connect_schema`.
void AppendConnectAvro(const std::string& connect_schema, const std::string& value, OutBuffer* out);

}  // namespace cdc::formats
