#include <algorithm>

#include "stdlib/functions/text/strings.h"

namespace cdc::functions {
namespace {

Failure RunInsert(const CallSite&, const Value* args, size_t, Value* out, Arena* scratch) {
  int64_t length = static_cast<int64_t>(LengthOf(args[0]));
  int64_t position = ClampedInteger(args[1]), cut = ClampedInteger(args[2]);
  *out = args[0];
  if (position < 1 || position > length) return nullptr;
  if (cut < 0 || cut > length - position + 1) cut = length - position + 1;
  std::string_view text = args[0].text(), added = args[3].text();
  size_t from = OffsetOf(args[0], static_cast<size_t>(position - 1));
  size_t to = OffsetOf(args[0], static_cast<size_t>(position - 1 + cut));
  size_t size = text.size() - (to - from) + added.size();
  if (size > kResultBytesMax) {
    *out = Value::Null();
    return nullptr;
  }
  char* start = scratch->Allocate(size);
  char* write = std::copy_n(text.data(), from, start);
  write = std::copy_n(added.data(), added.size(), write);
  std::copy_n(text.data() + to, text.size() - to, write);
  *out = StringLike(args[0], {start, size});
  return nullptr;
}

Binding BindInsert(const std::vector<Argument>& args) {
  Binding binding = BindStrings("insert", args, 0, 1, &RunInsert);
  if (!binding.mistake) binding.mistake = NeedText("insert", args, 3);
  if (!binding.mistake) binding.mistake = NeedIntegers("insert", args, 1, 3);
  if (!binding.mistake) binding.mistake = NeedOneAlphabet("insert", {args[0], args[3]}, 0, 2);
  binding.wanted[3] = AsText(args[3]);
  uint64_t length = LengthMax(args[0]) + LengthMax(args[3]);
  binding.result = StringTypeLike(args[0], length, binding.result.nullable || length * 4 > kResultBytesMax);
  return binding;
}

}  // namespace

const FunctionDef& Insert() {
  static const FunctionDef def = {
      .name = "insert",
      .family = "text",
      .doc =
          "The text with `length` characters from a position on (counted from 1) replaced by another text. Unchanged "
          "if there is no such position; up to the end if the length is negative or too large.",
      .parameters = {{"text"}, {"position"}, {"length"}, {"with"}},
      .result_rule = "varchar",
      .bind = &BindInsert,
      .examples =
          {
              {{"'Quadratic'", "3", "4", "'What'"}, "'QuWhattic'"},
              {{"'abc'", "2", "100", "'X'"}, "'aX'"},
              {{"'abc'", "5", "1", "'X'"}, "'abc'"},
              {{"'größe'", "4", "1", "'ss'"}, "'grösse'"},
              {{"'abc'", "2", "0", "'-'"}, "'a-bc'"},
          },
  };
  return def;
}

}  // namespace cdc::functions
