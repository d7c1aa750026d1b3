#include <algorithm>

#include "stdlib/functions/compare.h"
#include "stdlib/functions/text/strings.h"

namespace cdc::functions {
namespace {

Failure RunField(const CallSite& site, const Value* args, size_t count, Value* out, Arena* scratch) {
  int64_t found = 0;
  for (size_t i = 1; i < count && found == 0 && !args[0].is_null(); ++i) {
    bool same = !args[i].is_null() && CompareAs(site.State<CompareClass>(), args[0], args[i], scratch) == 0;
    if (same) found = static_cast<int64_t>(i);
  }
  *out = Value::Int(found);
  return nullptr;
}

Binding BindField(const std::vector<Argument>& args) {
  auto number = [](const Argument& arg) { return IsNumeric(arg.type.kind) || arg.type.kind == TypeKind::kNull; };
  auto real = [](const Argument& arg) { return IsReal(arg.type.kind); };
  bool numbers = std::all_of(args.begin(), args.end(), number);
  Binding binding;
  if (!numbers) binding = BindStrings("field", args, 0, args.size(), &RunField);
  for (size_t i = 0; i < args.size() && !numbers && !binding.mistake; ++i) {
    if (IsNumeric(args[i].type.kind)) binding.mistake = Mistake{111, i, "`field` compares a number with text", "", {}};
  }
  CompareClass how = CompareClass::kBytes;
  if (numbers) how = std::any_of(args.begin(), args.end(), real) ? CompareClass::kReal : CompareClass::kDecimal;
  binding.code = &RunField;
  binding.strict = false;
  binding.result = BigIntType(false, false);
  binding.state = std::make_shared<CompareClass>(how);
  return binding;
}

}  // namespace

const FunctionDef& Field() {
  static const FunctionDef def = {
      .name = "field",
      .family = "text",
      .doc =
          "The number of the first item that equals the value, from 1; 0 if none does, also for NULL. All of them are "
          "numbers, or all text.",
      .parameters = {{"value"}, {"item"}},
      .variadic = true,
      .result_rule = "bigint, not null",
      .bind = &BindField,
      .examples =
          {
              {{"'b'", "'a'", "'b'"}, "2"},
              {{"'B'", "'a'", "'b'"}, "0"},
              {{"2", "1.0", "2.0"}, "2"},
              {{"null", "'a'"}, "0"},
              {{"'a'", "null", "'a'"}, "2"},
          },
  };
  return def;
}

}  // namespace cdc::functions
