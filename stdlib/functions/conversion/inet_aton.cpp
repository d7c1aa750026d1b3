#include "stdlib/functions/conversion/addresses.h"

namespace cdc::functions {
namespace {

Failure RunInetAton(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  std::optional<uint32_t> address = ReadShortIpv4(args[0].text());
  *out = address ? Value::Uint(*address) : Value::Null();
  return nullptr;
}

Binding BindInetAton(const std::vector<Argument>& args) {
  Binding binding = BindStrings("inet_aton", args, 0, 1, &RunInetAton);
  binding.result = BigIntType(true, true);
  return binding;
}

}  // namespace

const FunctionDef& InetAton() {
  static const FunctionDef def = {
      .name = "inet_aton",
      .family = "conversion",
      .doc = "The number of an IPv4 address; short forms too, `127.1` is `127.0.0.1`. NULL if the text is none.",
      .parameters = {{"address"}},
      .result_rule = "bigint unsigned, nullable",
      .bind = &BindInetAton,
      .examples =
          {
              {{"'10.0.5.9'"}, "167773449"},
              {{"'127.1'"}, "2130706433"},
              {{"'256.1.1.1'"}, "null"},
              {{"'x'"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
