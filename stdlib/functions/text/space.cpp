#include <algorithm>

#include "stdlib/functions/text/strings.h"

namespace cdc::functions {
namespace {

Failure RunSpace(const CallSite&, const Value* args, size_t, Value* out, Arena* scratch) {
  uint64_t count = static_cast<uint64_t>(std::max<int64_t>(ClampedInteger(args[0]), 0));
  if (count > kResultBytesMax) {
    *out = Value::Null();
    return nullptr;
  }
  char* blanks = scratch->Allocate(count);
  std::fill_n(blanks, count, ' ');
  *out = Value::Text({blanks, count});
  return nullptr;
}

Binding BindSpace(const std::vector<Argument>& args) {
  Binding binding;
  binding.mistake = NeedInteger("space", args, 0);
  binding.code = &RunSpace;
  uint64_t length = kResultBytesMax + 1;
  std::optional<int64_t> wanted = ConstantInteger(args[0]);
  if (wanted) length = static_cast<uint64_t>(std::max<int64_t>(*wanted, 0));
  bool nullable = AnyNullable(args) || length > kResultBytesMax;
  binding.result = StringType(std::min(length, kResultBytesMax), false, nullable);
  return binding;
}

}  // namespace

const FunctionDef& Space() {
  static const FunctionDef def = {
      .name = "space",
      .family = "text",
      .doc = "That many spaces; NULL for more than 64 MiB.",
      .parameters = {{"count"}},
      .result_rule = "varchar(count), nullable unless the count is a literal",
      .bind = &BindSpace,
      .examples =
          {
              {{"3"}, "'   '"},
              {{"-1"}, "''"},
              {{"100000000"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
