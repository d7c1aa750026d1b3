#pragma once

// A reader of Avro's binary encoding that shares nothing with the writer: the tests decode what formats write.

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace cdc::testing {

using AvroJson = nlohmann::ordered_json;

// The value of `bytes` in Avro's JSON encoding: the value of a union in an object that names its type, bytes as the
// code points of their numbers. Fails the test if bytes are left or missing.
AvroJson ReadAvro(const AvroJson& schema, std::string_view bytes);

// Confluent's framing: the schema's number, and the rest in `*payload`.
uint32_t ReadSchemaPrefix(std::string_view record, std::string_view* payload);

std::string BytesOfHex(std::string_view hex);

}  // namespace cdc::testing
