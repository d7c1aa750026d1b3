#include <algorithm>

#include "stdlib/functions/text/strings.h"

namespace cdc::functions {
namespace {

Failure RunConcatWs(const CallSite& site, const Value* args, size_t count, Value* out, Arena* scratch) {
  if (args[0].is_null()) {
    *out = Value::Null();
    return nullptr;
  }
  std::string_view separator = args[0].text();
  size_t size = 0;
  for (size_t i = 1; i < count; ++i) size += args[i].is_null() ? 0 : args[i].text().size() + separator.size();
  if (size > kResultBytesMax) {
    *out = Value::Null();
    return nullptr;
  }
  char* from = scratch->Allocate(size);
  char* to = from;
  bool first = true;
  for (size_t i = 1; i < count; ++i) {
    if (args[i].is_null()) continue;
    if (!first) to = std::copy_n(separator.data(), separator.size(), to);
    first = false;
    to = std::copy_n(args[i].text().data(), args[i].text().size(), to);
  }
  std::string_view text(from, static_cast<size_t>(to - from));
  *out = ReadsAsBytes(site.result) ? Value::Bytes(text) : Value::Text(text);
  return nullptr;
}

Binding BindConcatWs(const std::vector<Argument>& args) {
  Binding binding = BindStrings("concat_ws", args, 0, args.size(), &RunConcatWs);
  if (!binding.mistake) binding.mistake = NeedOneAlphabet("concat_ws", args, 0, args.size());
  uint64_t length = 0;
  for (size_t i = 1; i < args.size(); ++i) length += LengthMax(args[i]) + (i > 1 ? LengthMax(args[0]) : 0);
  bool binary = std::any_of(args.begin(), args.end(), [](const Argument& arg) { return ReadsAsBytes(arg.type); });
  bool certain = length * 4 <= kResultBytesMax;
  binding.result = StringType(std::min(length, kResultBytesMax), binary, args[0].type.nullable || !certain);
  binding.strict = false;
  return binding;
}

}  // namespace

const FunctionDef& ConcatWs() {
  static const FunctionDef def = {
      .name = "concat_ws",
      .family = "text",
      .doc = "The texts with a separator between them; NULLs are left out. NULL if the separator is, or beyond 64 MiB.",
      .parameters = {{"separator"}, {"text"}},
      .variadic = true,
      .result_rule = "varchar",
      .bind = &BindConcatWs,
      .examples =
          {
              {{"', '", "'a'", "null", "'b'"}, "'a, b'"},
              {{"'-'", "1", "2"}, "'1-2'"},
              {{"null", "'a'", "'b'"}, "null"},
              {{"','", "''", "''"}, "','"},
              {{"','", "null"}, "''"},
          },
  };
  return def;
}

}  // namespace cdc::functions
