#include "stdlib/functions/conversion/addresses.h"

namespace cdc::functions {
namespace {

Failure RunIsIpv6(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  char bytes[kIpv6Bytes];
  *out = Value::Bool(ReadIpv6(args[0].text(), bytes));
  return nullptr;
}

Binding BindIsIpv6(const std::vector<Argument>& args) {
  Binding binding = BindStrings("is_ipv6", args, 0, 1, &RunIsIpv6);
  binding.result = BoolType(binding.result.nullable);
  return binding;
}

}  // namespace

const FunctionDef& IsIpv6() {
  static const FunctionDef def = {
      .name = "is_ipv6",
      .family = "conversion",
      .doc = "Whether the text is an IPv6 address.",
      .parameters = {{"text"}},
      .result_rule = "bool",
      .bind = &BindIsIpv6,
      .examples =
          {
              {{"'::1'"}, "true"},
              {{"'10.0.5.9'"}, "false"},
              {{"'1::2::3'"}, "false"},
          },
  };
  return def;
}

}  // namespace cdc::functions
