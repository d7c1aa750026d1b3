#include <algorithm>

#include "stdlib/functions/operators/bits.h"
#include "stdlib/functions/text/strings.h"

namespace cdc::functions {
namespace {

Failure RunMakeSet(const CallSite& site, const Value* args, size_t count, Value* out, Arena* scratch) {
  if (args[0].is_null()) {
    *out = Value::Null();
    return nullptr;
  }
  uint64_t bits = BitsOf(args[0]);
  size_t size = 0;
  for (size_t i = 1; i < count; ++i) size += args[i].is_null() ? 0 : args[i].text().size() + 1;
  char* from = scratch->Allocate(size);
  char* to = from;
  bool first = true;
  for (size_t i = 1; i < count && i <= 64; ++i) {
    if (args[i].is_null() || (bits >> (i - 1) & 1) == 0) continue;
    if (!first) *to++ = ',';
    first = false;
    to = std::copy_n(args[i].text().data(), args[i].text().size(), to);
  }
  std::string_view text(from, static_cast<size_t>(to - from));
  *out = ReadsAsBytes(site.result) ? Value::Bytes(text) : Value::Text(text);
  return nullptr;
}

Binding BindMakeSet(const std::vector<Argument>& args) {
  Binding binding = BindStrings("make_set", args, 1, args.size(), &RunMakeSet);
  if (!binding.mistake) binding.mistake = NeedNumber("make_set", args, 0);
  if (!binding.mistake) binding.mistake = NeedOneAlphabet("make_set", args, 1, args.size());
  uint64_t length = 0;
  for (size_t i = 1; i < args.size(); ++i) length += LengthMax(args[i]) + 1;
  bool binary = std::any_of(args.begin(), args.end(), [](const Argument& arg) { return ReadsAsBytes(arg.type); });
  binding.result = StringType(length, binary, args[0].type.nullable);
  binding.strict = false;
  return binding;
}

}  // namespace

const FunctionDef& MakeSet() {
  static const FunctionDef def = {
      .name = "make_set",
      .family = "text",
      .doc =
          "The texts whose bits are set (the first one's is 1, the next 2, 4 …), with commas between; NULLs are left "
          "out.",
      .parameters = {{"bits"}, {"text"}},
      .variadic = true,
      .result_rule = "varchar",
      .bind = &BindMakeSet,
      .examples =
          {
              {{"5", "'a'", "'b'", "'c'"}, "'a,c'"},
              {{"3", "'a'", "null", "'c'"}, "'a'"},
              {{"0", "'a'"}, "''"},
              {{"null", "'a'"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
