#include "stdlib/functions/conversion/addresses.h"

namespace cdc::functions {
namespace {

Failure RunInet6Aton(const CallSite&, const Value* args, size_t, Value* out, Arena* scratch) {
  std::string_view text = args[0].text();
  *out = Value::Null();
  char* bytes = scratch->Allocate(kIpv6Bytes);
  if (std::optional<uint32_t> four = ReadIpv4(text)) {
    for (int i = 0; i < 4; ++i) bytes[i] = static_cast<char>(*four >> (24 - 8 * i) & 0xFF);
    *out = Value::Bytes({bytes, 4});
  } else if (ReadIpv6(text, bytes)) {
    *out = Value::Bytes({bytes, kIpv6Bytes});
  }
  return nullptr;
}

Binding BindInet6Aton(const std::vector<Argument>& args) {
  Binding binding = BindStrings("inet6_aton", args, 0, 1, &RunInet6Aton);
  binding.result = StringType(kIpv6Bytes, true, true);
  return binding;
}

}  // namespace

const FunctionDef& Inet6Aton() {
  static const FunctionDef def = {
      .name = "inet6_aton",
      .family = "conversion",
      .doc = "The bytes of an address: 16 of IPv6, 4 of IPv4. NULL if the text is none.",
      .parameters = {{"address"}},
      .result_rule = "varbinary(16), nullable",
      .bind = &BindInet6Aton,
      .examples =
          {
              {{"'fdfe::5a55:caff:fefa:9089'"}, "x'fdfe0000000000005a55cafffefa9089'"},
              {{"'10.0.5.9'"}, "x'0a000509'"},
              {{"'::ffff:1.2.3.4'"}, "x'00000000000000000000ffff01020304'"},
              {{"'1::2::3'"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
