#include "stdlib/functions/numeric/extreme.h"

#include "stdlib/core/value_text.h"
#include "stdlib/functions/compare.h"

namespace cdc::functions {
namespace {

CompareClass ClassOf(const Type& type) {
  if (IsReal(type.kind)) return CompareClass::kReal;
  if (type.kind == TypeKind::kDecimal) return CompareClass::kDecimal;
  bool whole = IsInteger(type.kind) || IsTemporal(type.kind) || type.kind == TypeKind::kNull;
  return whole ? CompareClass::kInteger : CompareClass::kBytes;
}

}  // namespace

Binding BindExtreme(std::string_view function, const std::vector<Argument>& args, Code code) {
  Binding binding;
  std::optional<Type> common = CommonType(function, args, 0, 1, &binding.mistake);
  if (!common) return binding;
  if (common->kind == TypeKind::kJson) {
    return Fail(106, 0, Quoted(function) + " compares numbers, texts and times, and this is `json`");
  }
  // Labels compare by their text.
  if (IsLabelled(common->kind)) common = StringType(TextLengthMax(*common), false, false);
  binding.result = *common;
  binding.result.nullable = AnyNullable(args);
  for (const Argument& arg : args) binding.wanted.push_back(WantedForCommon(arg.type, *common));
  binding.code = code;
  binding.state = std::make_shared<CompareClass>(ClassOf(*common));
  return binding;
}

Value Extreme(const CallSite& site, const Value* args, size_t count, int sign, Arena* scratch) {
  CompareClass how = site.State<CompareClass>();
  Value best = args[0];
  for (size_t i = 1; i < count; ++i) {
    if (CompareAs(how, args[i], best, scratch) * sign > 0) best = args[i];
  }
  return best;
}

}  // namespace cdc::functions
