#include "stdlib/functions/text/strings.h"

namespace cdc::functions {
namespace {

constexpr size_t kCharBytesMax = 4;

Failure RunChar(const CallSite&, const Value* args, size_t count, Value* out, Arena* scratch) {
  char* from = scratch->Allocate(count * kCharBytesMax);
  char* to = from;
  for (size_t i = 0; i < count; ++i) {
    if (args[i].is_null()) continue;
    uint32_t code = static_cast<uint32_t>(IntegerOf(args[i]));
    for (int shift = 24; shift >= 0; shift -= 8) {
      bool written = shift == 0 || code >> shift != 0;
      if (written) *to++ = static_cast<char>(code >> shift & 0xFF);
    }
  }
  *out = Value::Bytes({from, static_cast<size_t>(to - from)});
  return nullptr;
}

Binding BindChar(const std::vector<Argument>& args) {
  Binding binding;
  binding.mistake = NeedIntegers("char", args, 0, args.size());
  binding.code = &RunChar;
  binding.strict = false;
  binding.result = StringType(kCharBytesMax * args.size(), true, false);
  return binding;
}

}  // namespace

const FunctionDef& Char() {
  static const FunctionDef def = {
      .name = "char",
      .family = "text",
      .doc =
          "The bytes with these numbers, a number above 255 as several bytes; NULLs are left out. `cast(char(77) as "
          "char(1))` makes text of them.",
      .parameters = {{"code"}},
      .variadic = true,
      .result_rule = "varbinary, not null",
      .bind = &BindChar,
      .examples =
          {
              {{"77", "121"}, "x'4d79'"},
              {{"256", "null", "65"}, "x'010041'"},
              {{"-1"}, "x'ffffffff'"},
              {{"0"}, "x'00'"},
          },
  };
  return def;
}

}  // namespace cdc::functions
