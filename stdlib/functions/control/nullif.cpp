#include "stdlib/functions/compare.h"
#include "stdlib/functions/convert.h"
#include "stdlib/functions/typing.h"

namespace cdc::functions {
namespace {

// The first argument is compared in another type than the one in which it is given back.
struct Comparison {
  CompareClass how = CompareClass::kInteger;
  std::optional<Call> convert_value;
};

Failure RunNullif(const CallSite& site, const Value* args, size_t, Value* out, Arena* scratch) {
  const Comparison& comparison = site.State<Comparison>();
  bool equal = false;
  if (!args[0].is_null() && !args[1].is_null()) {
    Value value = args[0];
    if (comparison.convert_value) {
      Failure failure = comparison.convert_value->code(comparison.convert_value->site, args, 1, &value, scratch);
      if (failure != nullptr) return failure;
    }
    equal = CompareAs(comparison.how, value, args[1], scratch) == 0;
  }
  *out = equal ? Value::Null() : args[0];
  return nullptr;
}

Binding BindNullIf(const std::vector<Argument>& args) {
  ComparisonPlan plan = PlanComparison(args[0], args[1], false);
  Binding binding;
  binding.result = args[0].type;
  binding.result.nullable = true;
  binding.wanted = {Type(), plan.wanted_b};
  binding.mistake = std::move(plan.mistake);
  binding.strict = false;
  binding.code = &RunNullif;
  auto comparison = std::make_shared<Comparison>();
  comparison->how = plan.how;
  if (!binding.mistake && plan.wanted_a.kind != TypeKind::kUnknown) {
    comparison->convert_value = MakeConversion(args[0].type, plan.wanted_a, false);
  }
  binding.state = std::move(comparison);
  return binding;
}

}  // namespace

const FunctionDef& NullIf() {
  static const FunctionDef def = {
      .name = "nullif",
      .family = "control",
      .doc = "NULL where both are equal, else the first.",
      .parameters = {{"value"}, {"unwanted"}},
      .result_rule = "the first argument's type, nullable",
      .bind = &BindNullIf,
      .examples =
          {
              {{"0", "0"}, "null"},
              {{"5", "0"}, "5"},
              {{"'a'", "''"}, "'a'"},
              {{"1", "1.0"}, "null"},
              {{"'new'::enum('new','paid')", "'new'"}, "null"},
              {{"1", "null"}, "1"},
          },
  };
  return def;
}

}  // namespace cdc::functions
