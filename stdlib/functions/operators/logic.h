#pragma once

// SQL's three-valued logic.

#include <string_view>

#include "stdlib/functions/typing.h"

namespace cdc::functions {

enum class Truth : uint8_t { kFalse, kTrue, kUnknown };

inline Truth TruthOf(const Value& value) {
  if (value.is_null()) return Truth::kUnknown;
  return IsTrueValue(value) ? Truth::kTrue : Truth::kFalse;
}

// A call over conditions that sees NULLs.
inline Binding BindLogic(std::string_view name, const std::vector<Argument>& args, Code code) {
  Binding binding;
  for (size_t i = 0; i < args.size() && !binding.mistake; ++i) binding.mistake = NeedCondition(Quoted(name), args, i);
  binding.result = BoolType(AnyNullable(args));
  binding.wanted.resize(args.size());
  binding.code = code;
  binding.strict = false;
  return binding;
}

// Whether the first argument is NULL: `is null` and `isnull()`.
Binding BindIsNull(const std::vector<Argument>& args);

}  // namespace cdc::functions
