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

std::optional<Mistake> NeedOneAlphabet(std::string_view function, const std::vector<Argument>& args, size_t first,
                                       size_t last) {
  bool text = false, bytes = false;
  for (size_t i = first; i < last && i < args.size(); ++i) {
    if (args[i].type.kind == TypeKind::kNull) continue;
    (ReadsAsBytes(args[i].type) ? bytes : text) = true;
  }
  if (!text || !bytes) return std::nullopt;
  Mistake mistake{106, Mistake::kWholeCall, Quoted(function) + " takes text or bytes, not both", "", {}};
  mistake.notes.push_back("`hex(…)` and `to_base64(…)` make text of bytes, `cast(… as varchar(20))` if they are UTF-8");
  return mistake;
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

Type StringTypeLike(const Argument& like, uint64_t length, bool nullable) {
  return StringType(std::min(length, kResultBytesMax), ReadsAsBytes(like.type), nullable);
}

std::optional<Mistake> NeedIntegers(std::string_view function, const std::vector<Argument>& args, size_t first,
                                    size_t last) {
  for (size_t i = first; i < last && i < args.size(); ++i) {
    if (auto mistake = NeedInteger(function, args, i)) return mistake;
  }
  return std::nullopt;
}

std::string_view HexOf(std::string_view bytes, const char* digits, Arena* scratch) {
  char* hex = scratch->Allocate(2 * bytes.size());
  for (size_t i = 0; i < bytes.size(); ++i) {
    unsigned char byte = static_cast<unsigned char>(bytes[i]);
    hex[2 * i] = digits[byte >> 4];
    hex[2 * i + 1] = digits[byte & 15];
  }
  return {hex, 2 * bytes.size()};
}

int HexDigitOf(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
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
