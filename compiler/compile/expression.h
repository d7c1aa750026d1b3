#pragma once

// One expression by itself, for `piperun eval`.

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "compiler/diag/diagnostic.h"
#include "compiler/source/source_text.h"
#include "stdlib/core/schema.h"
#include "stdlib/expr/expr.h"

namespace cdc::compile {

struct ExpressionOptions {
  // What `param.x` is: a number, true or false where the text is one, else a text.
  std::map<std::string, std::string> params;
  std::string schema_dir;  // empty: `schema`
  std::string table;       // `shop.orders` or `db.shop.orders`, whose columns may be used; empty: none
};

struct CompiledExpression {
  std::shared_ptr<source::SourceFiles> files;
  diag::Diagnostics diagnostics;
  std::string usage_error;
  std::optional<expr::Expr> value;  // parameters replaced; nothing if there are errors
  std::optional<Schema> table;
};

// Reads and checks `text`. Diagnostics name it `expression`.
CompiledExpression CompileExpression(const std::string& text, const ExpressionOptions& options);

}  // namespace cdc::compile
