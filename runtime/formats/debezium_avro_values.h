#pragma once

#include <string>

#include "runtime/formats/debezium_types.h"
#include "stdlib/core/out_buffer.h"
#include "stdlib/core/value.h"

namespace cdc::formats {

// A Debezium field whose values are written as Avro.
struct AvroField {
  DebeziumField field;
  bool is_union = false;    // the column is nullable
  char null_branch = '\0';  // the union's branches, encoded
  char value_branch = '\2';
  bool float_is_double = false;  // FLOAT(M,D)
};

// `has_default`: the field's schema has a default, which puts its type before null.
AvroField AvroFieldOf(DebeziumField field, bool has_default);

// Writes values as Avro. One per encoder: it keeps a scratch buffer.
class DebeziumAvroValues {
 public:
  // Appends `value` with its union's branch; `compact_json` as in DebeziumValues.
  // False: the value cannot be held; problem() says why, without the value.
  bool Append(const AvroField& field, const Value& value, bool compact_json, OutBuffer* out);
  const std::string& problem() const { return problem_; }

 private:
  bool AppendValue(const AvroField& field, const Value& value, bool compact_json, OutBuffer* out);
  bool AppendTemporal(const AvroField& field, const Value& value, OutBuffer* out);
  bool AppendLabels(const DebeziumField& field, uint64_t number, OutBuffer* out);
  bool AppendGeometry(const DebeziumField& field, std::string_view bytes, OutBuffer* out);
  void AppendBinary(const DebeziumField& field, std::string_view bytes, OutBuffer* out);
  bool Fail(const DebeziumField& field, const std::string& why);

  OutBuffer scratch_;
  std::string problem_;
};

}  // namespace cdc::formats
