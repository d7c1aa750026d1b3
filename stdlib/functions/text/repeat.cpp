#include <algorithm>

#include "stdlib/functions/text/strings.h"

namespace cdc::functions {
namespace {

Failure RunRepeat(const CallSite&, const Value* args, size_t, Value* out, Arena* scratch) {
  std::string_view text = args[0].text();
  uint64_t times = static_cast<uint64_t>(std::max<int64_t>(ClampedInteger(args[1]), 0));
  if (!text.empty() && times > kResultBytesMax / text.size()) {
    *out = Value::Null();
    return nullptr;
  }
  size_t size = text.empty() ? 0 : text.size() * times;
  char* from = scratch->Allocate(size);
  for (char* to = from; to != from + size;) to = std::copy_n(text.data(), text.size(), to);
  *out = StringLike(args[0], {from, size});
  return nullptr;
}

Binding BindRepeat(const std::vector<Argument>& args) {
  Binding binding = BindStrings("repeat", args, 0, 1, &RunRepeat);
  if (!binding.mistake) binding.mistake = NeedInteger("repeat", args, 1);
  uint64_t length = kResultBytesMax;
  std::optional<int64_t> times = ConstantInteger(args[1]);
  bool certain = times && static_cast<uint64_t>(std::max<int64_t>(*times, 0)) <= 1000;
  if (certain) length = LengthMax(args[0]) * static_cast<uint64_t>(std::max<int64_t>(*times, 0));
  bool fits = certain && length * 4 <= kResultBytesMax;
  binding.result = StringTypeLike(args[0], length, binding.result.nullable || !fits);
  return binding;
}

}  // namespace

const FunctionDef& Repeat() {
  static const FunctionDef def = {
      .name = "repeat",
      .family = "text",
      .doc = "The text that many times; empty for less than one time, NULL for more than 64 MiB.",
      .parameters = {{"text"}, {"times"}},
      .result_rule = "varchar, nullable unless it is certain to fit",
      .bind = &BindRepeat,
      .examples =
          {
              {{"'ab'", "3"}, "'ababab'"},
              {{"'ab'", "-1"}, "''"},
              {{"''", "1000000000"}, "''"},
              {{"'ab'", "1000000000"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
