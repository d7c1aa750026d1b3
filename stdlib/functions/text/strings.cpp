#include "stdlib/functions/text/strings.h"

#include <algorithm>

#include "stdlib/core/utf8.h"
#include "stdlib/core/value_text.h"

namespace cdc::functions {

Binding BindStrings(std::string_view function, const std::vector<Argument>& args, size_t first, size_t last,
                    Code code) {
  Binding binding;
  binding.wanted.resize(args.size());
  for (size_t i = first; i < last && i < args.size(); ++i) {
    if (!binding.mistake) binding.mistake = NeedText(function, args, i);
    binding.wanted[i] = AsText(args[i]);
  }
  binding.result.nullable = AnyNullable(args);
  binding.code = code;
  return binding;
}

uint64_t LengthMax(const Argument& argument) {
  if (argument.constant != nullptr) {
    Arena scratch;
    std::string_view text = TextOf(argument.type, *argument.constant, &scratch);
    return ReadsAsBytes(argument.type) ? text.size() : CountCharacters(text);
  }
  return TextLengthMax(argument.type);
}

Value StringLike(const Value& like, std::string_view text) {
  return like.kind() == ValueKind::kBytes ? Value::Bytes(text) : Value::Text(text);
}

size_t LengthOf(const Value& value) {
  return value.kind() == ValueKind::kBytes ? value.text().size() : CountCharacters(value.text());
}

size_t OffsetOf(const Value& value, size_t index) {
  if (value.kind() == ValueKind::kBytes) return std::min(index, value.text().size());
  return OffsetOfCharacter(value.text(), index);
}

std::optional<int64_t> ConstantInteger(const Argument& argument) {
  if (argument.constant == nullptr || argument.constant->is_null() || !IsInteger(argument.type.kind))
    return std::nullopt;
  return ClampedInteger(*argument.constant);
}

int64_t ClampedInteger(const Value& value) {
  __int128 number = IntegerOf(value);
  return number > INT64_MAX ? INT64_MAX : static_cast<int64_t>(number);
}

}  // namespace cdc::functions
