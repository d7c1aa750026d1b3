#include <algorithm>
#include <cstring>

#include "stdlib/functions/text/strings.h"

namespace cdc::functions {
namespace {

Failure RunConcat(const CallSite& site, const Value* args, size_t count, Value* out, Arena* scratch) {
  size_t size = 0;
  for (size_t i = 0; i < count; ++i) size += args[i].text().size();
  if (size > kResultBytesMax) {
    *out = Value::Null();
    return nullptr;
  }
  char* from = scratch->Allocate(size);
  char* to = from;
  for (size_t i = 0; i < count; ++i) to = std::copy_n(args[i].text().data(), args[i].text().size(), to);
  *out = ReadsAsBytes(site.result) ? Value::Bytes({from, size}) : Value::Text({from, size});
  return nullptr;
}

Binding BindConcat(const std::vector<Argument>& args) {
  Binding binding = BindStrings("concat", args, 0, args.size(), &RunConcat);
  uint64_t length = 0;
  for (const Argument& arg : args) length += LengthMax(arg);
  bool binary = std::any_of(args.begin(), args.end(), [](const Argument& arg) { return ReadsAsBytes(arg.type); });
  const bool certain = length <= kResultBytesMax / 4;
  binding.result = StringType(std::min(length, kResultBytesMax), binary, binding.result.nullable || !certain);
  return binding;
}

}  // namespace

const FunctionDef& Concat() {
  static const FunctionDef def = {
      .name = "concat",
      .family = "text",
      .doc = "The texts one after the other; NULL if one is NULL, and beyond 64 MiB.",
      .parameters = {{"text"}},
      .variadic = true,
      .result_rule = "varchar",
      .bind = &BindConcat,
      .examples =
          {
              {{"'a'", "'b'", "'c'"}, "'abc'"},
              {{"'id-'", "7"}, "'id-7'"},
              {{"'a'", "null"}, "null"},
              {{"1.50::decimal(4,2)", "' EUR'"}, "'1.50 EUR'"},
              {{"'paid'::enum('new','paid')", "'!'"}, "'paid!'"},
              {{"'2024-02-29 10:11:12.5'::datetime(3)", "''"}, "'2024-02-29 10:11:12.500'"},
          },
  };
  return def;
}

}  // namespace cdc::functions
