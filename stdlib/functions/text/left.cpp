#include <algorithm>

#include "stdlib/functions/text/strings.h"

namespace cdc::functions {
namespace {

Failure RunLeft(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  int64_t wanted = std::max<int64_t>(ClampedInteger(args[1]), 0);
  *out = StringLike(args[0], args[0].text().substr(0, OffsetOf(args[0], static_cast<size_t>(wanted))));
  return nullptr;
}

Binding BindLeft(const std::vector<Argument>& args) {
  Binding binding = BindStrings("left", args, 0, 1, &RunLeft);
  if (!binding.mistake) binding.mistake = NeedInteger("left", args, 1);
  uint64_t length = LengthMax(args[0]);
  if (std::optional<int64_t> wanted = ConstantInteger(args[1])) {
    length = std::min(length, static_cast<uint64_t>(std::max<int64_t>(*wanted, 0)));
  }
  binding.result = StringType(length, ReadsAsBytes(args[0].type), binding.result.nullable);
  return binding;
}

}  // namespace

const FunctionDef& Left() {
  static const FunctionDef def = {
      .name = "left",
      .family = "text",
      .doc = "The first characters of a text.",
      .parameters = {{"text"}, {"length"}},
      .result_rule = "varchar(length)",
      .bind = &BindLeft,
      .examples =
          {
              {{"'größer'", "3"}, "'grö'"},
              {{"'ab'", "5"}, "'ab'"},
              {{"'ab'", "-1"}, "''"},
          },
  };
  return def;
}

}  // namespace cdc::functions
