#pragma once

// Reads the examples of functions: `literal`, `literal::type`, `name => literal`, `as type`.

#include <optional>
#include <string>
#include <string_view>

#include "stdlib/core/arena.h"
#include "stdlib/core/type.h"
#include "stdlib/core/value.h"
#include "stdlib/expr/expr.h"

namespace cdc::testing {

struct ExampleArgument {
  std::string name;           // keep_first => 3
  bool is_cast_type = false;  // as int
  bool is_typed = false;      // 1::bigint
  expr::Expr literal;
  Type type;  // of a column that holds the literal; or the type after `as`
};

ExampleArgument ReadArgument(std::string_view text);
Type ReadType(std::string_view text);

// `text` as an expression's literal; ADD_FAILURE and null if it is none.
expr::Expr ReadLiteral(std::string_view text);
// The literal as a value of `type`; bytes live in `arena`.
Value ValueOf(const expr::Expr& literal, const Type& type, Arena* arena);

// A value as examples write results: null, true, 12.50, 'text', x'00'.
std::string Show(const Type& type, const Value& value);

}  // namespace cdc::testing
