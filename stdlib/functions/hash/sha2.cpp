#include "stdlib/functions/hash/digest.h"

namespace cdc::functions {
namespace {

std::optional<DigestKind> Sha2Kind(int64_t bits) {
  switch (bits) {
    case 224:
      return DigestKind::kSha224;
    case 0:
    case 256:
      return DigestKind::kSha256;
    case 384:
      return DigestKind::kSha384;
    case 512:
      return DigestKind::kSha512;
    default:
      return std::nullopt;
  }
}

Failure RunSha2(const CallSite& site, const Value* args, size_t, Value* out, Arena* scratch) {
  *out = HexDigest(site.State<DigestKind>(), args[0].text(), scratch);
  return nullptr;
}

Binding BindSha2(const std::vector<Argument>& args) {
  std::optional<int64_t> bits = ConstantInteger(args[1]);
  std::optional<DigestKind> kind = bits ? Sha2Kind(*bits) : std::nullopt;
  if (!kind) return Fail(105, 1, "the bits of `sha2` are written in the program: 224, 256, 384 or 512");
  uint32_t digits = static_cast<uint32_t>(*bits == 0 ? 256 : *bits) / 4;
  Binding binding = BindDigest("sha2", args, digits, &RunSha2);
  binding.reads = 1;
  binding.state = std::make_shared<DigestKind>(*kind);
  return binding;
}

}  // namespace

const FunctionDef& Sha2() {
  static const FunctionDef def = {
      .name = "sha2",
      .family = "hash",
      .doc =
          "The SHA-2 of 224, 256, 384 or 512 bits (0 is 256) of a text in UTF-8, or of bytes, in hexadecimal digits. "
          "The bits are written in the program.",
      .parameters = {{"value"}, {"bits"}},
      .result_rule = "char(bits / 4)",
      .checks_literals = true,
      .bind = &BindSha2,
      .examples =
          {
              {{"'abc'", "224"}, "'23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7'"},
              {{"'abc'", "0"}, "'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'"},
              {{"null", "512"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
