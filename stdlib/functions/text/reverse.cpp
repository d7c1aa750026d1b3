#include <algorithm>

#include "stdlib/core/utf8.h"
#include "stdlib/functions/text/strings.h"

namespace cdc::functions {
namespace {

Failure RunReverse(const CallSite&, const Value* args, size_t, Value* out, Arena* scratch) {
  std::string_view text = args[0].text();
  char* from = scratch->Allocate(text.size());
  if (args[0].kind() == ValueKind::kBytes) {
    std::reverse_copy(text.begin(), text.end(), from);
  } else {
    const char* at = text.data();
    const char* end = at + text.size();
    char* to = from + text.size();
    while (at != end) {
      const char* start = at;
      NextCharacter(&at, end);
      to -= at - start;
      std::copy(start, at, to);
    }
  }
  *out = StringLike(args[0], {from, text.size()});
  return nullptr;
}

Binding BindReverse(const std::vector<Argument>& args) {
  Binding binding = BindStrings("reverse", args, 0, 1, &RunReverse);
  binding.result = StringTypeLike(args[0], LengthMax(args[0]), binding.result.nullable);
  return binding;
}

}  // namespace

const FunctionDef& Reverse() {
  static const FunctionDef def = {
      .name = "reverse",
      .family = "text",
      .doc = "The characters (of a binary value: the bytes) from the last to the first.",
      .parameters = {{"text"}},
      .result_rule = "varchar of the same length",
      .bind = &BindReverse,
      .examples =
          {
              {{"'größe'"}, "'eßörg'"},
              {{"x'0102'"}, "x'0201'"},
              {{"''"}, "''"},
          },
  };
  return def;
}

}  // namespace cdc::functions
