#include "stdlib/functions/conversion/addresses.h"

namespace cdc::functions {
namespace {

Failure RunIsIpv4(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  *out = Value::Bool(ReadIpv4(args[0].text()).has_value());
  return nullptr;
}

Binding BindIsIpv4(const std::vector<Argument>& args) {
  Binding binding = BindStrings("is_ipv4", args, 0, 1, &RunIsIpv4);
  binding.result = BoolType(binding.result.nullable);
  return binding;
}

}  // namespace

const FunctionDef& IsIpv4() {
  static const FunctionDef def = {
      .name = "is_ipv4",
      .family = "conversion",
      .doc = "Whether the text is an IPv4 address in its long form.",
      .parameters = {{"text"}},
      .result_rule = "bool",
      .bind = &BindIsIpv4,
      .examples =
          {
              {{"'10.0.5.9'"}, "true"},
              {{"'127.1'"}, "false"},
              {{"'10.0.5.256'"}, "false"},
          },
  };
  return def;
}

}  // namespace cdc::functions
