#pragma once

// How Debezium maps a column: which Connect type and semantic name it has in the schema, and how a value is written.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "stdlib/catalog/settings.h"
#include "stdlib/core/schema.h"

namespace cdc::formats {

struct DebeziumOptions {
  enum class Decimals : uint8_t { kPrecise, kString, kDouble, kNumeric };
  enum class Binaries : uint8_t { kBytes, kBase64, kBase64Url, kHex };
  enum class Times : uint8_t { kAdaptive, kMicroseconds, kNanoseconds, kConnect, kIsoString };
  bool schema = true;
  std::string name;             // logical name: `source.name` and the prefix of schema names
  std::string version = "3.6";  // compatible_with
  Decimals decimals = Decimals::kPrecise;
  bool bigint_precise = false;
  Binaries binaries = Binaries::kBytes;
  Times times = Times::kAdaptive;
  bool transaction = false;
  bool real_clock = false;
};

DebeziumOptions ReadDebeziumOptions(const catalog::Settings& settings, const std::string& source_name);

enum class Semantic : uint8_t {
  kInteger,
  kUnsignedLong,
  kUnsignedBytes,
  kUnsignedNumber,
  kDecimalBytes,
  kDecimalText,
  kDecimalDouble,
  kDecimalNumber,
  kFloat,
  kDouble,
  kBoolean,
  kBits,
  kText,
  kBinary,
  kJson,
  kYear,
  kEnum,
  kSet,
  kDateDays,
  kDateIso,
  kTimeMillis,
  kTimeMicros,
  kTimeNanos,
  kTimeIso,
  kDatetimeMillis,
  kDatetimeMicros,
  kDatetimeNanos,
  kDatetimeIso,
  kZonedTimestamp,
  kPoint,
  kGeometry,
  kVector,
};

struct DebeziumField {
  std::string name;  // as the column
  Semantic semantic = Semantic::kText;
  bool nullable = true;
  uint8_t digits = 0;  // of fractions of a second
  uint32_t bits = 0;   // BIT(n)
  DebeziumOptions::Binaries binaries = DebeziumOptions::Binaries::kBytes;
  bool extensions = false;  // geometry of 3.7
  std::shared_ptr<const std::vector<std::string>> labels;
  std::string type_members;      // `"type":"int64"`, `"type":"array","items":{…}`
  std::string semantic_members;  // `"name":"…","version":1,"parameters":{…}`; may be empty
};

// Nothing: the format has no rule for the type (PIPE114).
std::optional<DebeziumField> DebeziumFieldOf(const Column& column, const DebeziumOptions& options);

// The schema node of a field. Shape: type, optional, name, version, parameters, default, field.
std::string FieldSchema(const DebeziumField& field, const std::string& default_json);

}  // namespace cdc::formats
