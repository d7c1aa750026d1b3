#include "stdlib/functions/text/pad.h"

#include <algorithm>

namespace cdc::functions {
namespace {

// Copies `pad` again and again until `characters` of it are written; returns the end.
char* Fill(const Value& pad, size_t characters, char* out) {
  size_t length = LengthOf(pad);
  std::string_view text = pad.text();
  for (; characters >= length; characters -= length) out = std::copy_n(text.data(), text.size(), out);
  return std::copy_n(text.data(), OffsetOf(pad, characters), out);
}

size_t FillSize(const Value& pad, size_t characters) {
  size_t length = LengthOf(pad);
  return characters / length * pad.text().size() + OffsetOf(pad, characters % length);
}

}  // namespace

Value Padded(const Value& text, const Value& length, const Value& pad, PadSide side, Arena* scratch) {
  int64_t wanted = ClampedInteger(length);
  if (wanted < 0 || static_cast<uint64_t>(wanted) > kResultBytesMax) return Value::Null();
  size_t characters = static_cast<size_t>(wanted), have = LengthOf(text);
  if (have >= characters) return StringLike(text, text.text().substr(0, OffsetOf(text, characters)));
  if (pad.text().empty()) return text;
  size_t missing = characters - have;
  size_t size = text.text().size() + FillSize(pad, missing);
  if (size > kResultBytesMax) return Value::Null();
  char* from = scratch->Allocate(size);
  char* to = side == PadSide::kLeft ? Fill(pad, missing, from) : from;
  to = std::copy_n(text.text().data(), text.text().size(), to);
  if (side == PadSide::kRight) Fill(pad, missing, to);
  return StringLike(text, {from, size});
}

Binding BindPad(std::string_view function, const std::vector<Argument>& args, Code code) {
  Binding binding = BindStrings(function, args, 0, 1, code);
  if (!binding.mistake) binding.mistake = NeedInteger(function, args, 1);
  if (!binding.mistake) binding.mistake = NeedText(function, args, 2);
  if (!binding.mistake) binding.mistake = NeedOneAlphabet(function, {args[0], args[2]}, 0, 2);
  binding.wanted[2] = AsText(args[2]);
  uint64_t length = kResultBytesMax;
  std::optional<int64_t> wanted = ConstantInteger(args[1]);
  if (wanted && *wanted >= 0) length = static_cast<uint64_t>(*wanted);
  bool certain = wanted && *wanted >= 0 && length * 4 <= kResultBytesMax;
  binding.result = StringTypeLike(args[0], length, binding.result.nullable || !certain);
  return binding;
}

}  // namespace cdc::functions
