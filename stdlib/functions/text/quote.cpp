#include "stdlib/functions/text/strings.h"

namespace cdc::functions {
namespace {

Failure RunQuote(const CallSite&, const Value* args, size_t, Value* out, Arena* scratch) {
  if (args[0].is_null()) {
    *out = Value::Text("NULL");
    return nullptr;
  }
  std::string_view text = args[0].text();
  char* from = scratch->Allocate(text.size() * 2 + 2);
  char* to = from;
  *to++ = '\'';
  for (char c : text) {
    bool escaped = c == '\'' || c == '\\' || c == '\0' || c == '\x1a';
    if (escaped) *to++ = '\\';
    *to++ = c == '\0' ? '0' : c == '\x1a' ? 'Z' : c;
  }
  *to++ = '\'';
  scratch->ShrinkLast(to);
  *out = Value::Text({from, static_cast<size_t>(to - from)});
  return nullptr;
}

Binding BindQuote(const std::vector<Argument>& args) {
  Binding binding = BindStrings("quote", args, 0, 1, &RunQuote);
  if (!binding.mistake && ReadsAsBytes(args[0].type)) {
    binding.mistake = Mistake{106, 0, "`quote` needs text, and this is " + Quoted(args[0].type), "", {}};
  }
  binding.result = StringType(std::max<uint64_t>(LengthMax(args[0]) * 2 + 2, 4), false, false);
  binding.strict = false;
  return binding;
}

}  // namespace

const FunctionDef& Quote() {
  static const FunctionDef def = {
      .name = "quote",
      .family = "text",
      .doc = "The text as a literal of an SQL statement, with its quotes; NULL is the word NULL.",
      .parameters = {{"text"}},
      .result_rule = "varchar, not null",
      .bind = &BindQuote,
      .examples =
          {
              {{"'it''s'"}, R"(''it\'s'')"},
              {{"null"}, "'NULL'"},
              {{"'a'"}, "''a''"},
          },
  };
  return def;
}

}  // namespace cdc::functions
