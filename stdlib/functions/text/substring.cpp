#include <algorithm>

#include "stdlib/functions/text/strings.h"

namespace cdc::functions {
namespace {

Failure RunSubstring(const CallSite&, const Value* args, size_t count, Value* out, Arena*) {
  const Value& value = args[0];
  int64_t position = ClampedInteger(args[1]);
  int64_t wanted = count > 2 ? ClampedInteger(args[2]) : INT64_MAX;
  int64_t length = static_cast<int64_t>(LengthOf(value));
  if (position < 0) position += length + 1;
  bool empty = position <= 0 || position > length || wanted <= 0;
  if (empty) {
    *out = StringLike(value, {});
    return nullptr;
  }
  int64_t end = wanted >= length - position + 1 ? length : position - 1 + wanted;
  size_t from = OffsetOf(value, static_cast<size_t>(position - 1));
  size_t to = end == length ? value.text().size() : OffsetOf(value, static_cast<size_t>(end));
  *out = StringLike(value, value.text().substr(from, to - from));
  return nullptr;
}

Binding BindSubstring(const std::vector<Argument>& args) {
  Binding binding = BindStrings("substring", args, 0, 1, &RunSubstring);
  for (size_t i = 1; i < args.size() && !binding.mistake; ++i) binding.mistake = NeedInteger("substring", args, i);
  uint64_t length = LengthMax(args[0]);
  if (args.size() > 2) {
    std::optional<int64_t> wanted = ConstantInteger(args[2]);
    if (wanted) length = std::min(length, static_cast<uint64_t>(std::max<int64_t>(*wanted, 0)));
  }
  binding.result = StringType(length, ReadsAsBytes(args[0].type), binding.result.nullable);
  return binding;
}

}  // namespace

const FunctionDef& Substring() {
  static const FunctionDef def = {
      .name = "substring",
      .aliases = {"substr", "mid"},
      .family = "text",
      .doc =
          "The characters from a position on, counted from 1, or from the end if it is negative; at most "
          "`length` of "
          "them. Empty if the position is 0 or outside.",
      .parameters = {{"text"}, {"position"}, {"length", true}},
      .result_rule = "varchar",
      .bind = &BindSubstring,
      .examples =
          {
              {{"'größer'", "3"}, "'ößer'"},
              {{"'größer'", "3", "2"}, "'öß'"},
              {{"'abc'", "-2"}, "'bc'"},
              {{"'abc'", "0"}, "''"},
              {{"'abc'", "2", "-1"}, "''"},
              {{"'abc'", "4"}, "''"},
              {{"x'010203'", "2", "1"}, "x'02'"},
              {{"'abc'", "null"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
