#include "stdlib/core/json_text.h"
#include "stdlib/functions/text/strings.h"

namespace cdc::functions {
namespace {

Failure RunJsonQuote(const CallSite&, const Value* args, size_t, Value* out, Arena* scratch) {
  char* from = scratch->Allocate(JsonStringMax(args[0].text()));
  char* end = WriteJsonString(args[0].text(), from);
  scratch->ShrinkLast(end);
  *out = Value::Text({from, static_cast<size_t>(end - from)});
  return nullptr;
}

Binding BindJsonQuote(const std::vector<Argument>& args) {
  const Type& type = args[0].type;
  if (!IsTextual(type.kind) && type.kind != TypeKind::kNull) {
    return Fail(106, 0, "`json_quote` needs text, and this is " + Quoted(type));
  }
  Binding binding = BindStrings("json_quote", args, 0, 1, &RunJsonQuote);
  binding.result = StringType(LengthMax(args[0]) * 6 + 2, false, binding.result.nullable);
  return binding;
}

}  // namespace

const FunctionDef& JsonQuote() {
  static const FunctionDef def = {
      .name = "json_quote",
      .family = "json",
      .doc = "The text as a JSON string, with its quotes.",
      .parameters = {{"text"}},
      .result_rule = "varchar",
      .bind = &BindJsonQuote,
      .examples =
          {
              {{R"('a"b')"}, R"('"a\"b"')"},
              {{"'null'"}, R"('"null"')"},
              {{"null"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
