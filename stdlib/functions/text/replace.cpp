#include <algorithm>

#include "stdlib/functions/text/strings.h"

namespace cdc::functions {
namespace {

Failure RunReplace(const CallSite&, const Value* args, size_t, Value* out, Arena* scratch) {
  std::string_view text = args[0].text(), from = args[1].text(), to = args[2].text();
  size_t found = 0;
  if (!from.empty()) {
    for (size_t at = text.find(from); at != text.npos; at = text.find(from, at + from.size())) ++found;
  }
  if (found == 0) {
    *out = args[0];
    return nullptr;
  }
  size_t size = text.size() - found * from.size() + found * to.size();
  if (size > kResultBytesMax) {
    *out = Value::Null();
    return nullptr;
  }
  char* start = scratch->Allocate(size);
  char* write = start;
  size_t done = 0;
  for (size_t at = text.find(from); at != text.npos; at = text.find(from, done)) {
    write = std::copy_n(text.data() + done, at - done, write);
    write = std::copy_n(to.data(), to.size(), write);
    done = at + from.size();
  }
  std::copy_n(text.data() + done, text.size() - done, write);
  *out = StringLike(args[0], {start, size});
  return nullptr;
}

Binding BindReplace(const std::vector<Argument>& args) {
  Binding binding = BindStrings("replace", args, 0, 3, &RunReplace);
  if (!binding.mistake) binding.mistake = NeedOneAlphabet("replace", args, 0, 3);
  uint64_t growth = std::max<uint64_t>(LengthMax(args[2]), 1);
  const uint64_t length = LengthMax(args[0]) * growth;
  binding.result = StringTypeLike(args[0], length, binding.result.nullable || length > kResultBytesMax / 4);
  return binding;
}

}  // namespace

const FunctionDef& Replace() {
  static const FunctionDef def = {
      .name = "replace",
      .family = "text",
      .doc =
          "The text with every occurrence of one text replaced by another. Upper and lower case differ. NULL beyond 64 "
          "MiB.",
      .parameters = {{"text"}, {"from"}, {"to"}},
      .result_rule = "varchar",
      .bind = &BindReplace,
      .examples =
          {
              {{"'a-b-c'", "'-'", "'+'"}, "'a+b+c'"},
              {{"'aaa'", "'aa'", "''"}, "'a'"},
              {{"'abc'", "''", "'x'"}, "'abc'"},
              {{"'abc'", "'b'", "null"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
