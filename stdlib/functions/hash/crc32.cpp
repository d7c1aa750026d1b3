#include <array>

#include "stdlib/functions/text/strings.h"

namespace cdc::functions {
namespace {

constexpr std::array<uint32_t, 256> MakeCrcTable() {
  std::array<uint32_t, 256> table{};
  for (uint32_t i = 0; i < table.size(); ++i) {
    uint32_t crc = i;
    for (int bit = 0; bit < 8; ++bit) crc = crc >> 1 ^ ((crc & 1) != 0 ? 0xEDB88320 : 0);
    table[i] = crc;
  }
  return table;
}

Failure RunCrc32(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  static constexpr std::array<uint32_t, 256> kTable = MakeCrcTable();
  uint32_t crc = UINT32_MAX;
  for (char byte : args[0].text()) crc = crc >> 8 ^ kTable[(crc ^ static_cast<unsigned char>(byte)) & 0xFF];
  *out = Value::Uint(crc ^ UINT32_MAX);
  return nullptr;
}

Binding BindCrc32(const std::vector<Argument>& args) {
  Binding binding = BindStrings("crc32", args, 0, 1, &RunCrc32);
  binding.result = BigIntType(true, binding.result.nullable);
  return binding;
}

}  // namespace

const FunctionDef& Crc32() {
  static const FunctionDef def = {
      .name = "crc32",
      .family = "hash",
      .doc = "The CRC-32 (as in zlib) of a text in UTF-8, or of bytes. For sums and buckets, not for secrets.",
      .parameters = {{"value"}},
      .result_rule = "bigint unsigned",
      .bind = &BindCrc32,
      .examples =
          {
              {{"'MySQL'"}, "3259397556"},
              {{"''"}, "0"},
              {{"null"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
