#include "stdlib/functions/text/search.h"

namespace cdc::functions {

int64_t PositionOf(const Value& text, const Value& wanted, int64_t from) {
  int64_t length = static_cast<int64_t>(LengthOf(text));
  if (from < 1 || from > length + 1) return 0;
  size_t start = OffsetOf(text, static_cast<size_t>(from - 1));
  size_t at = text.text().find(wanted.text(), start);
  if (at == std::string_view::npos) return 0;
  Value before = StringLike(text, text.text().substr(0, at));
  return static_cast<int64_t>(LengthOf(before)) + 1;
}

Binding BindSearch(std::string_view function, const std::vector<Argument>& args, Code code) {
  Binding binding = BindStrings(function, args, 0, 2, code);
  binding.result = BigIntType(false, binding.result.nullable);
  return binding;
}

}  // namespace cdc::functions
