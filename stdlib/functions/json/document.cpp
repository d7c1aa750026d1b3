#include "stdlib/functions/json/document.h"

#include "stdlib/core/json_text.h"
#include "stdlib/core/number_text.h"
#include "stdlib/core/value_text.h"

namespace cdc::functions {
namespace {

std::string_view QuotedJson(std::string_view text, Arena* scratch) {
  char* from = scratch->Allocate(JsonStringMax(text));
  char* end = WriteJsonString(text, from);
  scratch->ShrinkLast(end);
  return {from, static_cast<size_t>(end - from)};
}

std::string_view TemporalJson(const Type& type, const Value& value, Arena* scratch) {
  Type shown = type;
  if (type.kind != TypeKind::kDate) shown.scale = 6;
  return QuotedJson(TextOf(shown, value, scratch), scratch);
}

}  // namespace

std::optional<std::string_view> NormalDocument(const Value& value, Arena* scratch) {
  if (value.is_null()) return std::nullopt;
  std::optional<std::string_view> document = DocumentOf(value);
  if (!document || value.kind() == ValueKind::kJson) return document;
  char* from = scratch->Allocate(document->size() * 2);
  char* end = WriteNormalJson(*document, from);
  scratch->ShrinkLast(end);
  return std::string_view(from, static_cast<size_t>(end - from));
}

std::string_view JsonOf(const Type& type, const Value& value, Arena* scratch) {
  switch (value.kind()) {
    case ValueKind::kAbsent:
    case ValueKind::kNull:
      return "null";
    case ValueKind::kJson:
      return value.text();
    case ValueKind::kFloat:
    case ValueKind::kDouble: {
      char* from = scratch->Allocate(kNumberTextMax);
      char* end = WriteJsonDouble(value.real(), from);
      return {from, static_cast<size_t>(end - from)};
    }
    case ValueKind::kDate:
    case ValueKind::kDatetime:
    case ValueKind::kTime:
    case ValueKind::kTimestamp:
      return TemporalJson(type, value, scratch);
    default:
      break;
  }
  if (type.kind == TypeKind::kBool) return value.integer() != 0 ? "true" : "false";
  std::string_view text = TextOf(type, value, scratch);
  return IsNumeric(type.kind) ? text : QuotedJson(text, scratch);
}

std::optional<Mistake> NeedDocument(std::string_view function, const std::vector<Argument>& args, size_t index) {
  const Type& type = args[index].type;
  bool fits = type.kind == TypeKind::kJson || IsText(type.kind) || type.kind == TypeKind::kNull ||
              type.kind == TypeKind::kUnknown;
  if (fits) return std::nullopt;
  return Mistake{106, index, Quoted(function) + " needs `json`, and this is " + Quoted(type), "", {}};
}

std::optional<Mistake> NeedJsonPart(std::string_view function, const std::vector<Argument>& args, size_t index) {
  const Type& type = args[index].type;
  if (!ReadsAsBytes(type)) return NeedText(function, args, index);
  return Mistake{106, index, Quoted(type) + " has no form in JSON", "write it as text: `hex(…)`", {}};
}

Binding BindDocument(std::string_view function, const std::vector<Argument>& args, Code code) {
  Binding binding;
  binding.wanted.resize(args.size());
  binding.mistake = NeedDocument(function, args, 0);
  binding.code = code;
  binding.result.nullable = AnyNullable(args) || args[0].type.kind != TypeKind::kJson;
  return binding;
}

Binding BindJsonPaths(std::string_view function, const std::vector<Argument>& args, size_t first, size_t step,
                      Code code) {
  Binding binding = BindDocument(function, args, code);
  auto paths = std::make_shared<JsonPaths>();
  for (size_t i = first; i < args.size() && !binding.mistake; i += step) {
    bool written = args[i].constant != nullptr && IsText(args[i].type.kind) && !args[i].constant->is_null();
    if (!written) return Fail(105, i, "the path must be written in the program", "a literal: `'$.name'`");
    std::string why;
    std::optional<JsonPath> path = ParseJsonPath(args[i].constant->text(), &why);
    if (!path) return Fail(105, i, "this is no JSON path: " + why);
    paths->push_back(std::move(*path));
  }
  if (step == 1) binding.reads = first;
  binding.state = std::move(paths);
  return binding;
}

}  // namespace cdc::functions
