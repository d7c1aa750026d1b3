#include <bit>

#include "stdlib/functions/operators/bits.h"
#include "stdlib/functions/typing.h"

namespace cdc::functions {
namespace {

Failure RunNumberBitCount(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  *out = Value::Int(std::popcount(BitsOf(args[0])));
  return nullptr;
}

Failure RunBytesBitCount(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  int64_t count = 0;
  for (char byte : args[0].text()) count += std::popcount(static_cast<unsigned char>(byte));
  *out = Value::Int(count);
  return nullptr;
}

Binding BindBitCount(const std::vector<Argument>& args) {
  Binding binding;
  bool bytes = IsBinary(args[0].type.kind);
  if (!bytes) binding.mistake = NeedNumbers("bit_count", args);
  binding.code = bytes ? &RunBytesBitCount : &RunNumberBitCount;
  binding.result = BigIntType(false, AnyNullable(args));
  return binding;
}

}  // namespace

const FunctionDef& BitCount() {
  static const FunctionDef def = {
      .name = "bit_count",
      .family = "numeric",
      .doc = "How many bits of a number (of 64) or of a binary value are set.",
      .parameters = {{"value"}},
      .result_rule = "bigint",
      .bind = &BindBitCount,
      .examples =
          {
              {{"7"}, "3"},
              {{"-1"}, "64"},
              {{"x'0f01'"}, "5"},
          },
  };
  return def;
}

}  // namespace cdc::functions
