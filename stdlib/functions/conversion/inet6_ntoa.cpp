#include "stdlib/functions/conversion/addresses.h"

namespace cdc::functions {
namespace {

Failure RunInet6Ntoa(const CallSite&, const Value* args, size_t, Value* out, Arena* scratch) {
  std::string_view bytes = args[0].text();
  *out = Value::Null();
  char* from = scratch->Allocate(kIpv6TextMax);
  char* end = from;
  if (bytes.size() == 4) {
    uint32_t address = 0;
    for (char byte : bytes) address = address << 8 | static_cast<unsigned char>(byte);
    end = WriteIpv4(address, from);
  } else if (bytes.size() == kIpv6Bytes) {
    end = WriteIpv6(bytes, from);
  }
  if (end != from) *out = Value::Text({from, static_cast<size_t>(end - from)});
  return nullptr;
}

Binding BindInet6Ntoa(const std::vector<Argument>& args) {
  Binding binding;
  if (!ReadsAsBytes(args[0].type) && args[0].type.kind != TypeKind::kNull) {
    binding.mistake = Mistake{106, 0, "`inet6_ntoa` needs bytes, and this is " + Quoted(args[0].type), "", {}};
  }
  binding.code = &RunInet6Ntoa;
  binding.result = StringType(kIpv6TextMax, false, true);
  return binding;
}

}  // namespace

const FunctionDef& Inet6Ntoa() {
  static const FunctionDef def = {
      .name = "inet6_ntoa",
      .family = "conversion",
      .doc = "The address of 16 bytes (IPv6) or 4 (IPv4) as text; NULL for any other length.",
      .parameters = {{"bytes"}},
      .result_rule = "varchar(45), nullable",
      .bind = &BindInet6Ntoa,
      .examples =
          {
              {{"x'fdfe0000000000005a55cafffefa9089'"}, "'fdfe::5a55:caff:fefa:9089'"},
              {{"x'0a000509'"}, "'10.0.5.9'"},
              {{"x'00000000000000000000000000000001'"}, "'::1'"},
              {{"x'00000000000000000000ffff01020304'"}, "'::ffff:1.2.3.4'"},
              {{"x'01'"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
