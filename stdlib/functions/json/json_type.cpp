#include <charconv>

#include "stdlib/core/json_text.h"
#include "stdlib/functions/json/document.h"

namespace cdc::functions {
namespace {

std::string_view NumberType(std::string_view number) {
  if (number.find_first_of(".eE") != number.npos) return "DOUBLE";
  int64_t signed_number = 0;
  uint64_t unsigned_number = 0;
  const char* end = number.data() + number.size();
  if (std::from_chars(number.data(), end, signed_number).ec == std::errc()) return "INTEGER";
  return std::from_chars(number.data(), end, unsigned_number).ec == std::errc() ? "UNSIGNED INTEGER" : "DOUBLE";
}

Failure RunJsonType(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  static constexpr std::string_view kNames[] = {"NULL", "BOOLEAN", "", "STRING", "ARRAY", "OBJECT"};
  std::optional<std::string_view> document = DocumentOf(args[0]);
  *out = Value::Null();
  if (!document) return nullptr;
  JsonKind kind = KindOfJson(*document);
  *out = Value::Text(kind == JsonKind::kNumber ? NumberType(*document) : kNames[static_cast<size_t>(kind)]);
  return nullptr;
}

Binding BindJsonType(const std::vector<Argument>& args) {
  Binding binding = BindDocument("json_type", args, &RunJsonType);
  binding.result = StringType(16, false, binding.result.nullable);
  return binding;
}

}  // namespace

const FunctionDef& JsonType() {
  static const FunctionDef def = {
      .name = "json_type",
      .family = "json",
      .doc =
          "What the document is: OBJECT, ARRAY, STRING, INTEGER, UNSIGNED INTEGER, DOUBLE, BOOLEAN or NULL. Of a row "
          "only the text is known: MySQL's DECIMAL is DOUBLE here, and its dates are STRING.",
      .parameters = {{"document"}},
      .result_rule = "varchar(16)",
      .bind = &BindJsonType,
      .examples =
          {
              {{"'[1]'::json"}, "'ARRAY'"},
              {{"'{}'::json"}, "'OBJECT'"},
              {{"'1'::json"}, "'INTEGER'"},
              {{"'18446744073709551615'::json"}, "'UNSIGNED INTEGER'"},
              {{"'1.5'::json"}, "'DOUBLE'"},
              {{R"('"x"'::json)"}, "'STRING'"},
              {{"'null'::json"}, "'NULL'"},
              {{"'true'"}, "'BOOLEAN'"},
          },
  };
  return def;
}

}  // namespace cdc::functions
