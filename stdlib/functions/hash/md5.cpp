#include "stdlib/functions/hash/digest.h"

namespace cdc::functions {
namespace {

Failure RunMd5(const CallSite&, const Value* args, size_t, Value* out, Arena* scratch) {
  *out = HexDigest(DigestKind::kMd5, args[0].text(), scratch);
  return nullptr;
}

Binding BindMd5(const std::vector<Argument>& args) { return BindDigest("md5", args, 32, &RunMd5); }

}  // namespace

const FunctionDef& Md5() {
  static const FunctionDef def = {
      .name = "md5",
      .family = "hash",
      .doc = "The MD5 of a text in UTF-8, or of bytes, as 32 hexadecimal digits. It is broken: for old consumers only.",
      .parameters = {{"value"}},
      .result_rule = "char(32)",
      .bind = &BindMd5,
      .examples =
          {
              {{"'abc'"}, "'900150983cd24fb0d6963f7d28e17f72'"},
              {{"''"}, "'d41d8cd98f00b204e9800998ecf8427e'"},
              {{"null"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
