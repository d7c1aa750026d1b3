#include "stdlib/functions/conversion/addresses.h"

namespace cdc::functions {
namespace {

Failure RunInetNtoa(const CallSite&, const Value* args, size_t, Value* out, Arena* scratch) {
  __int128 number = IntegerOf(args[0]);
  bool exists = number >= 0 && number <= UINT32_MAX;
  *out = Value::Null();
  if (!exists) return nullptr;
  char* from = scratch->Allocate(kIpv4TextMax);
  char* end = WriteIpv4(static_cast<uint32_t>(number), from);
  *out = Value::Text({from, static_cast<size_t>(end - from)});
  return nullptr;
}

Binding BindInetNtoa(const std::vector<Argument>& args) {
  Binding binding;
  binding.mistake = NeedInteger("inet_ntoa", args, 0);
  binding.code = &RunInetNtoa;
  binding.result = StringType(kIpv4TextMax, false, true);
  return binding;
}

}  // namespace

const FunctionDef& InetNtoa() {
  static const FunctionDef def = {
      .name = "inet_ntoa",
      .family = "conversion",
      .doc = "The IPv4 address with this number; NULL if there is none.",
      .parameters = {{"number"}},
      .result_rule = "varchar(15), nullable",
      .bind = &BindInetNtoa,
      .examples =
          {
              {{"167773449"}, "'10.0.5.9'"},
              {{"-1"}, "null"},
              {{"4294967296"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
