#include <algorithm>

#include "stdlib/functions/control/first_known.h"

namespace cdc::functions {

Binding BindFirstKnown(std::string_view name, const std::vector<Argument>& args) {
  Binding binding;
  std::optional<Type> common = CommonType(name, args, 0, 1, &binding.mistake);
  if (!common) return binding;
  binding.result = *common;
  binding.result.nullable =
      std::all_of(args.begin(), args.end(), [](const Argument& arg) { return arg.type.nullable; });
  for (const Argument& arg : args) binding.wanted.push_back(WantedForCommon(arg.type, *common));
  binding.strict = false;
  return binding;
}

namespace {

Binding BindCoalesce(const std::vector<Argument>& args) { return BindFirstKnown("coalesce", args); }

}  // namespace

const FunctionDef& Coalesce() {
  static const FunctionDef def = {
      .name = "coalesce",
      .family = "control",
      .doc = "The first argument that is not NULL. What stands behind it is not looked at.",
      .parameters = {{"value"}},
      .variadic = true,
      .form = Form::kCoalesce,
      .result_rule = "the arguments' common type; not null if one argument is",
      .bind = &BindCoalesce,
      .examples =
          {
              {{"null", "'a'", "'b'"}, "'a'"},
              {{"1", "2.5"}, "1.0"},
              {{"null", "null"}, "null"},
              {{"null::date", "'2024-02-29'"}, "'2024-02-29'"},
          },
  };
  return def;
}

}  // namespace cdc::functions
