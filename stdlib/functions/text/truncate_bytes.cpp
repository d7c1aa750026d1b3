#include <algorithm>

#include "stdlib/functions/text/strings.h"

namespace cdc::functions {
namespace {

Failure RunTruncateBytes(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  std::string_view text = args[0].text();
  uint64_t room = static_cast<uint64_t>(std::max<int64_t>(ClampedInteger(args[1]), 0));
  if (room < text.size()) {
    size_t end = static_cast<size_t>(room);
    bool characters = args[0].kind() != ValueKind::kBytes;
    while (characters && end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    text = text.substr(0, end);
  }
  *out = StringLike(args[0], text);
  return nullptr;
}

Binding BindTruncateBytes(const std::vector<Argument>& args) {
  Binding binding = BindStrings("truncate_bytes", args, 0, 1, &RunTruncateBytes);
  if (!binding.mistake) binding.mistake = NeedInteger("truncate_bytes", args, 1);
  uint64_t length = LengthMax(args[0]);
  if (std::optional<int64_t> room = ConstantInteger(args[1])) {
    length = std::min(length, static_cast<uint64_t>(std::max<int64_t>(*room, 0)));
  }
  binding.result = StringTypeLike(args[0], length, binding.result.nullable);
  return binding;
}

}  // namespace

const FunctionDef& TruncateBytes() {
  static const FunctionDef def = {
      .name = "truncate_bytes",
      .family = "text",
      .doc = "The start of a text that takes at most that many bytes in UTF-8, whole characters only. Not in MySQL.",
      .parameters = {{"text"}, {"bytes"}},
      .result_rule = "varchar(bytes)",
      .bind = &BindTruncateBytes,
      .examples =
          {
              {{"'größe'", "4"}, "'grö'"},
              {{"'größe'", "3"}, "'gr'"},
              {{"'abc'", "9"}, "'abc'"},
              {{"'abc'", "-1"}, "''"},
              {{"x'0102'", "1"}, "x'01'"},
          },
  };
  return def;
}

}  // namespace cdc::functions
