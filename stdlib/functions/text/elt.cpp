#include <algorithm>

#include "stdlib/functions/text/strings.h"

namespace cdc::functions {
namespace {

Failure RunElt(const CallSite& site, const Value* args, size_t count, Value* out, Arena*) {
  int64_t number = args[0].is_null() ? 0 : ClampedInteger(args[0]);
  *out = Value::Null();
  if (number < 1 || number >= static_cast<int64_t>(count)) return nullptr;
  const Value& chosen = args[number];
  if (chosen.is_null()) return nullptr;
  *out = ReadsAsBytes(site.result) ? Value::Bytes(chosen.text()) : Value::Text(chosen.text());
  return nullptr;
}

Binding BindElt(const std::vector<Argument>& args) {
  Binding binding = BindStrings("elt", args, 1, args.size(), &RunElt);
  if (!binding.mistake) binding.mistake = NeedInteger("elt", args, 0);
  if (!binding.mistake) binding.mistake = NeedOneAlphabet("elt", args, 1, args.size());
  uint64_t length = 0;
  for (size_t i = 1; i < args.size(); ++i) length = std::max(length, LengthMax(args[i]));
  bool binary = std::any_of(args.begin(), args.end(), [](const Argument& arg) { return ReadsAsBytes(arg.type); });
  binding.result = StringType(length, binary, true);
  binding.strict = false;
  return binding;
}

}  // namespace

const FunctionDef& Elt() {
  static const FunctionDef def = {
      .name = "elt",
      .family = "text",
      .doc = "The text with that number, from 1; NULL if there is none.",
      .parameters = {{"number"}, {"text"}},
      .variadic = true,
      .result_rule = "varchar, nullable",
      .bind = &BindElt,
      .examples =
          {
              {{"2", "'a'", "'b'"}, "'b'"},
              {{"3", "'a'", "'b'"}, "null"},
              {{"0", "'a'"}, "null"},
              {{"1", "'a'", "null"}, "'a'"},
          },
  };
  return def;
}

}  // namespace cdc::functions
