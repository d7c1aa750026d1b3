#include "stdlib/functions/numeric/reals.h"

namespace cdc::functions {

Binding BindReal(std::string_view function, const std::vector<Argument>& args, Code code, bool may_be_null) {
  Binding binding;
  binding.mistake = NeedNumbers(function, args);
  binding.code = code;
  binding.result = MakeType(TypeKind::kDouble, AnyNullable(args) || may_be_null);
  return binding;
}

}  // namespace cdc::functions
