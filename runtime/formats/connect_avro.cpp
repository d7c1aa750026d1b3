#include "runtime/formats/connect_avro.h"

#include <nlohmann/json.hpp>
#include <set>

#include "runtime/formats/avro_writer.h"

namespace cdc::formats {
namespace {

using Json = nlohmann::ordered_json;

constexpr char kDecimal[] = "org.apache.kafka.connect.data.Decimal";

std::string TextOf(const Json& node, const char* member) {
  const auto found = node.find(member);
  return found == node.end() || !found->is_string() ? "" : found->get<std::string>();
}

bool IsOptional(const Json& node) { return node.value("optional", false); }
bool HasDefault(const Json& node) { return node.contains("default") && !node["default"].is_null(); }

std::string Decoded(const std::string& base64) {
  std::string bytes;
  uint32_t bits = 0;
  int count = 0;
  for (const char c : base64) {
    const int digit = c >= 'A' && c <= 'Z'   ? c - 'A'
                      : c >= 'a' && c <= 'z' ? c - 'a' + 26
                      : c >= '0' && c <= '9' ? c - '0' + 52
                      : c == '+'             ? 62
                      : c == '/'             ? 63
                                             : -1;
    if (digit < 0) break;
    bits = bits << 6 | static_cast<uint32_t>(digit);
    if ((count += 6) >= 8) bytes += static_cast<char>(bits >> (count -= 8));
  }
  return bytes;
}

// Bytes as Avro's JSON has them: each the code point of its number.
std::string Latin1(const std::string& bytes) {
  std::string text;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80) text += static_cast<char>(0xc0 | byte >> 6);
    text += static_cast<char>(byte < 0x80 ? byte : 0x80 | (byte & 0x3f));
  }
  return text;
}

Json DefaultOf(const Json& node) {
  if (TextOf(node, "type") != "bytes") return node["default"];
  return Latin1(Decoded(node["default"].get<std::string>()));
}

const char* LogicalType(const std::string& name) {
  if (name == "org.apache.kafka.connect.data.Date") return "date";
  if (name == "org.apache.kafka.connect.data.Time") return "time-millis";
  if (name == "org.apache.kafka.connect.data.Timestamp") return "timestamp-millis";
  return nullptr;
}

const char* PrimitiveOf(const std::string& type) {
  if (type == "int8" || type == "int16" || type == "int32") return "int";
  if (type == "int64") return "long";
  return type == "boolean" ? "boolean" : type == "float" ? "float" : type == "double" ? "double" : nullptr;
}

class SchemaBuilder {
 public:
  explicit SchemaBuilder(AvroNames names) : names_(names) {}

  // The type of a node, optional or not, inside `space`.
  Json Typed(const Json& node, const std::string& space) {
    Json type = Bare(node, space);
    if (!IsOptional(node)) return type;
    return HasDefault(node) ? Json::array({type, "null"}) : Json::array({"null", type});
  }

  std::string problem;

 private:
  // Without the union of an optional node.
  Json Bare(const Json& node, const std::string& space) {
    const std::string type = TextOf(node, "type");
    if (type == "struct") return Record(node, space);
    Json avro;
    if (type == "array") {
      avro = {{"type", "array"}, {"items", Typed(node["items"], space)}};
    } else if (type == "map") {
      avro = {{"type", "map"}, {"values", Typed(node["values"], space)}};
    } else {
      const char* const primitive = PrimitiveOf(type);
      avro = {{"type", primitive == nullptr ? type : primitive}};
    }
    AddProperties(node, type, &avro);
    return avro.size() == 1 ? avro["type"] : avro;
  }

  Json Record(const Json& node, const std::string& space) {
    const std::string full = AvroFullName(TextOf(node, "name"), names_);
    if (!IsAvroFullName(full)) Report("`" + full + "` is no name of Avro; write `names = avro`");
    const size_t period = full.rfind('.');
    const std::string own_space = period == std::string::npos ? "" : full.substr(0, period);
    const std::string own_name = period == std::string::npos ? full : full.substr(period + 1);
    if (!defined_.insert(full).second) return own_space == space ? own_name : full;
    Json avro = {{"type", "record"}, {"name", own_name}};
    if (!own_space.empty()) avro["namespace"] = own_space;
    avro["fields"] = Json::array();
    std::set<std::string> fields;
    for (const Json& field : node["fields"]) {
      avro["fields"].push_back(Field(field, own_space));
      const std::string name = avro["fields"].back()["name"];
      if (!fields.insert(name).second) {
        Report("two columns become the field `" + name + "` of Avro; write `names = avro_unicode`");
      }
    }
    AddProperties(node, "struct", &avro);
    return avro;
  }

  Json Field(const Json& node, const std::string& space) {
    const std::string column = TextOf(node, "field");
    const std::string name = AvroName(column, names_);
    if (!IsAvroName(name)) Report("column `" + column + "` has a name that Avro does not allow; write `names = avro`");
    Json field = {{"name", name}, {"type", Typed(node, space)}};
    if (HasDefault(node)) {
      field["default"] = DefaultOf(node);
    } else if (IsOptional(node)) {
      field["default"] = nullptr;
    }
    return field;
  }

  void AddProperties(const Json& node, const std::string& type, Json* avro) {
    const std::string name = TextOf(node, "name");
    const bool decimal = name == kDecimal;
    if (decimal) {
      (*avro)["scale"] = std::stoi(TextOf(node["parameters"], "scale"));
      (*avro)["precision"] = std::stoi(TextOf(node["parameters"], "connect.decimal.precision"));
    }
    if (node.contains("version")) (*avro)["connect.version"] = node["version"];
    if (node.contains("parameters")) (*avro)["connect.parameters"] = node["parameters"];
    if (HasDefault(node)) (*avro)["connect.default"] = DefaultOf(node);
    if (!name.empty()) (*avro)["connect.name"] = type == "struct" ? AvroFullName(name, names_) : name;
    if (type == "int8" || type == "int16") (*avro)["connect.type"] = type;
    if (decimal) (*avro)["logicalType"] = "decimal";
    if (const char* logical = LogicalType(name)) (*avro)["logicalType"] = logical;
  }

  void Report(std::string text) {
    if (problem.empty()) problem = std::move(text);
  }

  const AvroNames names_;
  std::set<std::string> defined_;
};

double RealOf(const Json& value) {
  if (value.is_number()) return value.get<double>();
  const std::string text = value.get<std::string>();
  return text == "NaN" ? std::nan("") : text == "Infinity" ? HUGE_VAL : -HUGE_VAL;
}

void Append(const Json& node, const Json& value, OutBuffer* out);

void AppendBare(const Json& node, const Json& value, OutBuffer* out) {
  const std::string type = TextOf(node, "type");
  if (type == "struct") {
    for (const Json& field : node["fields"]) Append(field, value[TextOf(field, "field")], out);
  } else if (type == "array") {
    if (!value.empty()) AppendAvroLong(static_cast<int64_t>(value.size()), out);
    for (const Json& item : value) Append(node["items"], item, out);
    out->Append('\0');
  } else if (type == "map") {
    if (!value.empty()) AppendAvroLong(static_cast<int64_t>(value.size()), out);
    for (const auto& [key, item] : value.items()) {
      AppendAvroText(key, out);
      Append(node["values"], item, out);
    }
    out->Append('\0');
  } else if (type == "string") {
    AppendAvroText(value.get<std::string>(), out);
  } else if (type == "bytes") {
    AppendAvroText(Decoded(value.get<std::string>()), out);
  } else if (type == "boolean") {
    out->Append(value.get<bool>() ? '\1' : '\0');
  } else if (type == "float") {
    out->AdvanceTo(WriteAvroFloat(static_cast<float>(RealOf(value)), out->Reserve(sizeof(float))));
  } else if (type == "double") {
    out->AdvanceTo(WriteAvroDouble(RealOf(value), out->Reserve(sizeof(double))));
  } else {
    AppendAvroLong(value.get<int64_t>(), out);
  }
}

void Append(const Json& node, const Json& value, OutBuffer* out) {
  if (IsOptional(node)) {
    // Null is the first branch unless the field has a default.
    out->Append(value.is_null() == HasDefault(node) ? '\2' : '\0');
    if (value.is_null()) return;
  }
  AppendBare(node, value, out);
}

}  // namespace

Result<std::string> AvroSchemaOf(const std::string& connect_schema, AvroNames names) {
  const Json connect = Json::parse(connect_schema, nullptr, false);
  if (connect.is_discarded()) return Error(ErrorCode::kConfig, "a name, a label or a default is no UTF-8");
  SchemaBuilder builder(names);
  const Json avro = builder.Typed(connect, "");
  if (!builder.problem.empty()) return Error(ErrorCode::kConfig, builder.problem);
  return avro.dump(-1, ' ', false, Json::error_handler_t::replace);
}

void AppendConnectAvro(const std::string& connect_schema, const std::string& value, OutBuffer* out) {
  Append(Json::parse(connect_schema), Json::parse(value), out);
}

}  // namespace cdc::formats
