#include <algorithm>

#include "stdlib/functions/operators/bits.h"
#include "stdlib/functions/text/strings.h"

namespace cdc::functions {
namespace {

Failure RunExportSet(const CallSite& site, const Value* args, size_t count, Value* out, Arena* scratch) {
  uint64_t bits = BitsOf(args[0]);
  std::string_view on = args[1].text(), off = args[2].text();
  std::string_view separator = count > 3 ? args[3].text() : std::string_view(",");
  int64_t wanted = count > 4 ? ClampedInteger(args[4]) : 64;
  if (wanted < 0 || wanted > 64) wanted = 64;
  uint64_t size = static_cast<uint64_t>(wanted) * (std::max(on.size(), off.size()) + separator.size());
  if (size > kResultBytesMax) {
    *out = Value::Null();
    return nullptr;
  }
  char* from = scratch->Allocate(size);
  char* to = from;
  for (int64_t i = 0; i < wanted; ++i) {
    if (i > 0) to = std::copy_n(separator.data(), separator.size(), to);
    std::string_view shown = (bits >> i & 1) != 0 ? on : off;
    to = std::copy_n(shown.data(), shown.size(), to);
  }
  scratch->ShrinkLast(to);
  std::string_view text(from, static_cast<size_t>(to - from));
  *out = ReadsAsBytes(site.result) ? Value::Bytes(text) : Value::Text(text);
  return nullptr;
}

Binding BindExportSet(const std::vector<Argument>& args) {
  Binding binding = BindStrings("export_set", args, 1, 4, &RunExportSet);
  if (!binding.mistake) binding.mistake = NeedNumber("export_set", args, 0);
  if (!binding.mistake) binding.mistake = NeedIntegers("export_set", args, 4, 5);
  if (!binding.mistake) binding.mistake = NeedOneAlphabet("export_set", args, 1, 4);
  uint64_t separator = args.size() > 3 ? LengthMax(args[3]) : 1;
  uint64_t length = 64 * (std::max(LengthMax(args[1]), LengthMax(args[2])) + separator);
  bool certain = length * 4 <= kResultBytesMax;
  binding.result = StringTypeLike(args[1], length, binding.result.nullable || !certain);
  return binding;
}

}  // namespace

const FunctionDef& ExportSet() {
  static const FunctionDef def = {
      .name = "export_set",
      .family = "text",
      .doc =
          "One text for each bit that is set and another for each that is not, from the lowest bit, of 64 bits or "
          "`count`.",
      .parameters = {{"bits"}, {"on"}, {"off"}, {"separator", true}, {"count", true}},
      .result_rule = "varchar",
      .bind = &BindExportSet,
      .examples =
          {
              {{"5", "'Y'", "'N'", "','", "4"}, "'Y,N,Y,N'"},
              {{"6", "'1'", "'0'", "''", "3"}, "'011'"},
              {{"null", "'Y'", "'N'"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
