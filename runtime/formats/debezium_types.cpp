#include "runtime/formats/debezium_types.h"

#include "runtime/formats/json_writer.h"

namespace cdc::formats {
namespace {

using Decimals = DebeziumOptions::Decimals;
using Times = DebeziumOptions::Times;

std::string Named(const std::string& name, const std::string& parameters = "", int version = 1) {
  std::string members = "\"name\":\"" + name + "\",\"version\":" + std::to_string(version);
  if (!parameters.empty()) members += ",\"parameters\":{" + parameters + "}";
  return members;
}

std::string TypeMember(const char* type) { return std::string("\"type\":\"") + type + "\""; }

void Set(DebeziumField* field, Semantic semantic, const char* type, const std::string& semantic_members = "") {
  field->semantic = semantic;
  field->type_members = TypeMember(type);
  field->semantic_members = semantic_members;
}

std::string DecimalMembers(int scale, int precision) {
  return Named("org.apache.kafka.connect.data.Decimal", "\"scale\":\"" + std::to_string(scale) +
                                                            "\",\"connect.decimal.precision\":\"" +
                                                            std::to_string(precision) + "\"");
}

std::string Allowed(const Type& type) {
  std::string labels;
  for (const std::string& label : *type.labels) labels += (labels.empty() ? "" : ",") + label;
  return "\"allowed\":" + Quoted(labels, HexCase::kUpper);
}

void SetInteger(const Type& type, const DebeziumOptions& options, DebeziumField* field) {
  switch (type.kind) {
    case TypeKind::kTinyInt:
      return Set(field, Semantic::kInteger, options.version == "3.7" && !type.is_unsigned ? "int8" : "int16");
    case TypeKind::kSmallInt:
      return Set(field, Semantic::kInteger, type.is_unsigned ? "int32" : "int16");
    case TypeKind::kMediumInt:
      return Set(field, Semantic::kInteger, "int32");
    case TypeKind::kInt:
      return Set(field, Semantic::kInteger, type.is_unsigned ? "int64" : "int32");
    default:
      break;
  }
  if (!type.is_unsigned) return Set(field, Semantic::kInteger, "int64");
  if (!options.bigint_precise) return Set(field, Semantic::kUnsignedLong, "int64");
  const bool number = options.decimals == Decimals::kNumeric;
  Set(field, number ? Semantic::kUnsignedNumber : Semantic::kUnsignedBytes, "bytes", DecimalMembers(0, 20));
}

void SetDecimal(const Type& type, const DebeziumOptions& options, DebeziumField* field) {
  switch (options.decimals) {
    case Decimals::kString:
      return Set(field, Semantic::kDecimalText, "string");
    case Decimals::kDouble:
      return Set(field, Semantic::kDecimalDouble, "double");
    case Decimals::kPrecise:
      return Set(field, Semantic::kDecimalBytes, "bytes", DecimalMembers(type.scale, type.precision));
    case Decimals::kNumeric:
      return Set(field, Semantic::kDecimalNumber, "bytes", DecimalMembers(type.scale, type.precision));
  }
}

void SetDate(const DebeziumOptions& options, DebeziumField* field) {
  switch (options.times) {
    case Times::kIsoString:
      return Set(field, Semantic::kDateIso, "string", Named("io.debezium.time.IsoDate"));
    case Times::kConnect:
      return Set(field, Semantic::kDateDays, "int32", Named("org.apache.kafka.connect.data.Date"));
    default:
      return Set(field, Semantic::kDateDays, "int32", Named("io.debezium.time.Date"));
  }
}

void SetTime(const DebeziumOptions& options, DebeziumField* field) {
  switch (options.times) {
    case Times::kIsoString:
      return Set(field, Semantic::kTimeIso, "string", Named("io.debezium.time.IsoTime"));
    case Times::kConnect:
      return Set(field, Semantic::kTimeMillis, "int32", Named("org.apache.kafka.connect.data.Time"));
    case Times::kNanoseconds:
      return Set(field, Semantic::kTimeNanos, "int64", Named("io.debezium.time.NanoTime"));
    default:
      return Set(field, Semantic::kTimeMicros, "int64", Named("io.debezium.time.MicroTime"));
  }
}

void SetDatetime(const Type& type, const DebeziumOptions& options, DebeziumField* field) {
  switch (options.times) {
    case Times::kIsoString:
      return Set(field, Semantic::kDatetimeIso, "string", Named("io.debezium.time.IsoTimestamp"));
    case Times::kConnect:
      return Set(field, Semantic::kDatetimeMillis, "int64", Named("org.apache.kafka.connect.data.Timestamp"));
    case Times::kNanoseconds:
      return Set(field, Semantic::kDatetimeNanos, "int64", Named("io.debezium.time.NanoTimestamp"));
    case Times::kAdaptive:
      if (type.scale <= 3) {
        return Set(field, Semantic::kDatetimeMillis, "int64", Named("io.debezium.time.Timestamp"));
      }
      [[fallthrough]];
    case Times::kMicroseconds:
      return Set(field, Semantic::kDatetimeMicros, "int64", Named("io.debezium.time.MicroTimestamp"));
  }
}

void SetGeometry(const Type& type, const DebeziumOptions& options, DebeziumField* field) {
  const std::string srid = R"({"type":"int32","optional":true,"field":"srid"})";
  if (type.geometry == "point") {
    Set(field, Semantic::kPoint, "struct", Named("io.debezium.data.geometry.Point"));
    field->type_members += R"(,"fields":[{"type":"double","optional":false,"field":"x"},)"
                           R"({"type":"double","optional":false,"field":"y"},)"
                           R"({"type":"bytes","optional":true,"field":"wkb"},)" +
                           srid + "]";
    return;
  }
  field->extensions = options.version == "3.7";
  Set(field, Semantic::kGeometry, "struct", Named("io.debezium.data.geometry.Geometry", "", field->extensions ? 2 : 1));
  field->type_members += R"(,"fields":[{"type":"bytes","optional":false,"field":"wkb"},)" + srid;
  if (field->extensions) {
    field->type_members += R"(,{"type":"map","keys":{"type":"string","optional":false},)"
                           R"("values":{"type":"string","optional":false},"optional":true,"field":"extensions"})";
  }
  field->type_members += "]";
}

// FLOAT(M,D) is a double to Debezium; FLOAT and FLOAT(p) with p <= 24 are not.
bool IsFloatWithDigits(const Column& column) { return column.type_text.find(',') != std::string::npos; }

}  // namespace

DebeziumOptions ReadDebeziumOptions(const catalog::Settings& settings, const std::string& source_name) {
  DebeziumOptions options;
  options.schema = settings.Flag("schema", true);
  options.name = settings.Text("name");
  if (options.name.empty()) options.name = source_name;
  options.version = settings.Text("compatible_with", "3.6");
  const std::string decimal = settings.Text("decimal", "precise");
  options.decimals = decimal == "string"    ? Decimals::kString
                     : decimal == "double"  ? Decimals::kDouble
                     : decimal == "numeric" ? Decimals::kNumeric
                                            : Decimals::kPrecise;
  options.bigint_precise = settings.Is("bigint_unsigned", "precise");
  const std::string binary = settings.Text("binary", "bytes");
  options.binaries = binary == "base64"       ? DebeziumOptions::Binaries::kBase64
                     : binary == "base64_url" ? DebeziumOptions::Binaries::kBase64Url
                     : binary == "hex"        ? DebeziumOptions::Binaries::kHex
                                              : DebeziumOptions::Binaries::kBytes;
  const std::string time = settings.Text("time", "adaptive");
  options.times = time == "microseconds"  ? Times::kMicroseconds
                  : time == "nanoseconds" ? Times::kNanoseconds
                  : time == "connect"     ? Times::kConnect
                  : time == "isostring"   ? Times::kIsoString
                                          : Times::kAdaptive;
  options.transaction = settings.Flag("transaction", false);
  options.real_clock = settings.Is("clock", "processing");
  return options;
}

std::optional<DebeziumField> DebeziumFieldOf(const Column& column, const DebeziumOptions& options) {
  const Type& type = column.type;
  DebeziumField field;
  field.name = column.name;
  field.nullable = type.nullable;
  field.digits = type.scale;
  field.labels = type.labels;
  field.binaries = options.binaries;
  if (IsBinary(type.kind)) {
    const bool bytes = options.binaries == DebeziumOptions::Binaries::kBytes;
    Set(&field, Semantic::kBinary, bytes ? "bytes" : "string");
    return field;
  }
  if (IsText(type.kind)) {
    Set(&field, Semantic::kText, "string");
    return field;
  }
  switch (type.kind) {
    case TypeKind::kNull:
      Set(&field, Semantic::kText, "string");
      break;
    case TypeKind::kBool:
      Set(&field, Semantic::kBoolean, "boolean");
      break;
    case TypeKind::kTinyInt:
    case TypeKind::kSmallInt:
    case TypeKind::kMediumInt:
    case TypeKind::kInt:
    case TypeKind::kBigInt:
      SetInteger(type, options, &field);
      break;
    case TypeKind::kDecimal:
      SetDecimal(type, options, &field);
      break;
    case TypeKind::kFloat:
      if (IsFloatWithDigits(column)) {
        Set(&field, Semantic::kFloat, "double");
      } else {
        Set(&field, Semantic::kFloat, "float");
      }
      break;
    case TypeKind::kDouble:
      Set(&field, Semantic::kDouble, "double");
      break;
    case TypeKind::kBit:
      field.bits = type.length;
      if (type.length == 1) {
        Set(&field, Semantic::kBoolean, "boolean");
      } else {
        Set(&field, Semantic::kBits, "bytes",
            Named("io.debezium.data.Bits", "\"length\":\"" + std::to_string(type.length) + "\""));
      }
      break;
    case TypeKind::kYear:
      Set(&field, Semantic::kYear, "int32", Named("io.debezium.time.Year"));
      break;
    case TypeKind::kDate:
      SetDate(options, &field);
      break;
    case TypeKind::kTime:
      SetTime(options, &field);
      break;
    case TypeKind::kDatetime:
      SetDatetime(type, options, &field);
      break;
    case TypeKind::kTimestamp:
      Set(&field, Semantic::kZonedTimestamp, "string", Named("io.debezium.time.ZonedTimestamp"));
      break;
    case TypeKind::kJson:
      Set(&field, Semantic::kJson, "string", Named("io.debezium.data.Json"));
      break;
    case TypeKind::kEnum:
    case TypeKind::kSet: {
      if (type.labels == nullptr) return std::nullopt;
      const bool is_enum = type.kind == TypeKind::kEnum;
      Set(&field, is_enum ? Semantic::kEnum : Semantic::kSet, "string",
          Named(is_enum ? "io.debezium.data.Enum" : "io.debezium.data.EnumSet", Allowed(type)));
      break;
    }
    case TypeKind::kGeometry:
      SetGeometry(type, options, &field);
      break;
    case TypeKind::kVector:
      Set(&field, Semantic::kVector, "array", Named("io.debezium.data.FloatVector"));
      field.type_members += R"(,"items":{"type":"float","optional":false})";
      break;
    default:
      return std::nullopt;
  }
  return field;
}

std::string FieldSchema(const DebeziumField& field, const std::string& default_json) {
  std::string node = "{" + field.type_members + ",\"optional\":" + (field.nullable ? "true" : "false");
  if (!field.semantic_members.empty()) node += "," + field.semantic_members;
  if (!default_json.empty()) node += ",\"default\":" + default_json;
  return node + ",\"field\":" + Quoted(field.name, HexCase::kUpper) + "}";
}

}  // namespace cdc::formats
