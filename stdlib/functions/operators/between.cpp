#include "stdlib/functions/operators/membership.h"
#include "stdlib/functions/typing.h"

namespace cdc::functions {
namespace {

template <CompareClass kHow>
Failure RunBetween(const CallSite&, const Value* args, size_t, Value* out, Arena* scratch) {
  if (args[0].is_null()) {
    *out = Value::Null();
    return nullptr;
  }
  bool low_null = args[1].is_null(), high_null = args[2].is_null();
  bool below = !low_null && CompareAs(kHow, args[0], args[1], scratch) < 0;
  bool above = !high_null && CompareAs(kHow, args[0], args[2], scratch) > 0;
  if (below || above) {
    *out = Value::Bool(false);
  } else {
    *out = low_null || high_null ? Value::Null() : Value::Bool(true);
  }
  return nullptr;
}

Binding BindBetween(const std::vector<Argument>& args) {
  SharedComparison shared = PlanShared(args, true);
  Binding binding;
  binding.result = BoolType(AnyNullable(args));
  binding.wanted = std::move(shared.wanted);
  binding.mistake = std::move(shared.mistake);
  binding.strict = false;
  switch (shared.how) {
    case CompareClass::kInteger:
      binding.code = &RunBetween<CompareClass::kInteger>;
      break;
    case CompareClass::kDecimal:
      binding.code = &RunBetween<CompareClass::kDecimal>;
      break;
    case CompareClass::kReal:
      binding.code = &RunBetween<CompareClass::kReal>;
      break;
    case CompareClass::kBytes:
      binding.code = &RunBetween<CompareClass::kBytes>;
      break;
    case CompareClass::kJson:
      binding.code = &RunBetween<CompareClass::kJson>;
      break;
  }
  return binding;
}

}  // namespace

const FunctionDef& Between() {
  static const FunctionDef def = {
      .name = "between",
      .family = "operator",
      .doc = "Whether the value is neither below the low nor above the high end.",
      .parameters = {{"value"}, {"low"}, {"high"}},
      .result_rule = "bool",
      .bind = &BindBetween,
      .examples =
          {
              {{"2", "1", "2"}, "true"},
              {{"2.01", "1", "2"}, "false"},
              {{"'b'", "'a'", "'c'"}, "true"},
              {{"5", "null", "4"}, "false"},
              {{"3", "null", "4"}, "null"},
              {{"'2024-02-29'::date", "'2024-02-01'", "'2024-02-29'"}, "true"},
          },
  };
  return def;
}

}  // namespace cdc::functions
