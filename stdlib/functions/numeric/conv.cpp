#include "stdlib/functions/numeric/bases.h"

namespace cdc::functions {
namespace {

constexpr int kBaseMin = 2;
constexpr int kBaseMax = 36;

bool IsBase(int64_t base) { return (base >= kBaseMin && base <= kBaseMax) || (base <= -kBaseMin && base >= -kBaseMax); }

Failure RunConv(const CallSite&, const Value* args, size_t, Value* out, Arena* scratch) {
  int64_t from = ClampedInteger(args[1]), to = ClampedInteger(args[2]);
  bool defined = IsBase(from) && IsBase(to) && !args[0].text().empty();
  if (defined) {
    *out = InBase(ReadInBase(args[0].text(), static_cast<int>(from)), static_cast<int>(to), scratch);
  } else {
    *out = Value::Null();
  }
  return nullptr;
}

Binding BindConv(const std::vector<Argument>& args) {
  Binding binding = BindStrings("conv", args, 0, 1, &RunConv);
  if (!binding.mistake) binding.mistake = NeedIntegers("conv", args, 1, 3);
  binding.result = StringType(65, false, true);
  return binding;
}

}  // namespace

const FunctionDef& Conv() {
  static const FunctionDef def = {
      .name = "conv",
      .family = "numeric",
      .doc =
          "A number of one base (2 to 36) written in another, with 64 bits; what is no digit ends it. A negative base "
          "has a sign. NULL for a base that does not exist and for an empty text.",
      .parameters = {{"number"}, {"from_base"}, {"to_base"}},
      .result_rule = "varchar(65), nullable",
      .bind = &BindConv,
      .examples =
          {
              {{"'ff'", "16", "2"}, "'11111111'"},
              {{"255", "10", "16"}, "'FF'"},
              {{"'-17'", "10", "-18"}, "'-H'"},
              {{"'-1'", "10", "16"}, "'FFFFFFFFFFFFFFFF'"},
              {{"'12x'", "10", "10"}, "'12'"},
              {{"'1'", "37", "10"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
