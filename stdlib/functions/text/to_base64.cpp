#include <openssl/evp.h>

#include "stdlib/functions/text/strings.h"

namespace cdc::functions {
namespace {

constexpr size_t kBase64Line = 57;  // bytes of a line of 76 characters

Failure RunToBase64(const CallSite&, const Value* args, size_t, Value* out, Arena* scratch) {
  std::string_view bytes = args[0].text();
  size_t lines = bytes.size() / kBase64Line + 1;
  // EVP_EncodeBlock ends each line with a zero byte.
  char* from = scratch->Allocate(lines * (kBase64Line / 3 * 4 + 5));
  char* to = from;
  while (!bytes.empty()) {
    std::string_view line = bytes.substr(0, kBase64Line);
    to += EVP_EncodeBlock(reinterpret_cast<unsigned char*>(to), reinterpret_cast<const unsigned char*>(line.data()),
                          static_cast<int>(line.size()));
    bytes.remove_prefix(line.size());
    if (!bytes.empty()) *to++ = '\n';
  }
  *out = Value::Text({from, static_cast<size_t>(to - from)});
  return nullptr;
}

Binding BindToBase64(const std::vector<Argument>& args) {
  Binding binding = BindStrings("to_base64", args, 0, 1, &RunToBase64);
  uint64_t bytes = LengthMax(args[0]) * (ReadsAsBytes(args[0].type) ? 1 : 4);
  uint64_t length = (bytes + 2) / 3 * 4;
  binding.result = StringType(length + length / 76, false, binding.result.nullable);
  return binding;
}

}  // namespace

const FunctionDef& ToBase64() {
  static const FunctionDef def = {
      .name = "to_base64",
      .family = "text",
      .doc = "The bytes of a text (UTF-8) or binary value in base 64, in lines of 76 characters.",
      .parameters = {{"value"}},
      .result_rule = "varchar",
      .bind = &BindToBase64,
      .examples =
          {
              {{"'abc'"}, "'YWJj'"},
              {{"x'ff'"}, "'/w=='"},
              {{"''"}, "''"},
              {{"null"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
