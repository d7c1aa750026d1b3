#pragma once

#include <string>
#include <vector>

#include "compiler/ast/ast.h"
#include "compiler/source/source_text.h"
#include "stdlib/expr/expr.h"

namespace cdc::trace {

// What a place of a program belongs to, in words: "table shop.orders", "pipe orders", "preset house_rules", "source
// db".
class Containers {
 public:
  // Parses the files once more. Lifetime: `files` outlives it.
  explicit Containers(const source::SourceFiles& files);

  // Empty: none.
  std::string NameOf(const expr::Origin& place) const;
  // The line of the place without the white space around it, cut where it is long.
  std::string LineOf(const expr::Origin& place) const;

 private:
  const source::SourceFiles& files_;
  std::vector<ast::File> parsed_;
};

}  // namespace cdc::trace
