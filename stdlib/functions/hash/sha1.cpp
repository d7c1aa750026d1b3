#include "stdlib/functions/hash/digest.h"

namespace cdc::functions {
namespace {

Failure RunSha1(const CallSite&, const Value* args, size_t, Value* out, Arena* scratch) {
  *out = HexDigest(DigestKind::kSha1, args[0].text(), scratch);
  return nullptr;
}

Binding BindSha1(const std::vector<Argument>& args) { return BindDigest("sha1", args, 40, &RunSha1); }

}  // namespace

const FunctionDef& Sha1() {
  static const FunctionDef def = {
      .name = "sha1",
      .aliases = {"sha"},
      .family = "hash",
      .doc =
          "The SHA-1 of a text in UTF-8, or of bytes, as 40 hexadecimal digits. It is broken: for old consumers only.",
      .parameters = {{"value"}},
      .result_rule = "char(40)",
      .bind = &BindSha1,
      .examples =
          {
              {{"'abc'"}, "'a9993e364706816aba3e25717850c26c9cd0d89d'"},
              {{"null"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
