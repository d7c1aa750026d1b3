#include <algorithm>

#include "stdlib/functions/text/strings.h"

namespace cdc::functions {
namespace {

Failure RunRight(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  int64_t wanted = std::max<int64_t>(ClampedInteger(args[1]), 0);
  int64_t skipped = std::max<int64_t>(static_cast<int64_t>(LengthOf(args[0])) - wanted, 0);
  *out = StringLike(args[0], args[0].text().substr(OffsetOf(args[0], static_cast<size_t>(skipped))));
  return nullptr;
}

Binding BindRight(const std::vector<Argument>& args) {
  Binding binding = BindStrings("right", args, 0, 1, &RunRight);
  if (!binding.mistake) binding.mistake = NeedInteger("right", args, 1);
  uint64_t length = LengthMax(args[0]);
  if (std::optional<int64_t> wanted = ConstantInteger(args[1])) {
    length = std::min(length, static_cast<uint64_t>(std::max<int64_t>(*wanted, 0)));
  }
  binding.result = StringType(length, ReadsAsBytes(args[0].type), binding.result.nullable);
  return binding;
}

}  // namespace

const FunctionDef& Right() {
  static const FunctionDef def = {
      .name = "right",
      .family = "text",
      .doc = "The last characters of a text.",
      .parameters = {{"text"}, {"length"}},
      .result_rule = "varchar(length)",
      .bind = &BindRight,
      .examples =
          {
              {{"'größer'", "4"}, "'ößer'"},
              {{"'ab'", "5"}, "'ab'"},
              {{"'ab'", "0"}, "''"},
          },
  };
  return def;
}

}  // namespace cdc::functions
