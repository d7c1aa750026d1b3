#pragma once

// The constant schema nodes of Debezium's events, as JsonConverter prints them.

#include <string>
#include <vector>

#include "runtime/formats/debezium_types.h"

namespace cdc::formats {

// A struct node around `fields`. `name` is plain text; `field` is the member's name, empty for the outermost node.
std::string StructSchema(const std::string& fields, bool optional, const std::string& name, int version,
                         const std::string& field);

// `source`, as a member called `source`.
std::string SourceSchema();

// The whole envelope: before, after, source, transaction, op, ts_ms, ts_us, ts_ns.
std::string EnvelopeSchema(const std::string& value_fields, const std::string& prefix);

// Key and value of a schema change event.
std::string SchemaChangeKeySchema();
std::string SchemaChangeValueSchema();

// The default of a column as its field writes it; empty if it has none that is a constant.
std::string DefaultJson(const Column& column, const DebeziumField& field);

}  // namespace cdc::formats
