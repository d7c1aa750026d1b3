#pragma once

#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "compiler/diag/render.h"
#include "compiler/parse/parse.h"

namespace cdc::parse {

// A parsed text with everything needed to look at it.
struct Parsed {
  explicit Parsed(std::string text) {
    uint32_t number = files.Add("t.pipe", std::move(text));
    file = Parse(files, number, &diagnostics);
  }
  std::string Errors() const { return RenderCompact(diagnostics, files); }

  source::SourceFiles files;
  diag::Diagnostics diagnostics;
  ast::File file;
};

// The expression of `where TEXT;` in a table rule.
struct ParsedWhere : Parsed {
  explicit ParsedWhere(const std::string& text)
      : Parsed("pipe p { from a; into b; table c.d { where " + text + "; } }") {}
  const ast::Expr& expr() const {
    const auto& pipe = std::get<ast::PipeDecl>(file.declarations.at(0).node);
    const auto& table = std::get<ast::TableRule>(pipe.items.at(2).node);
    return std::get<ast::WhereClause>(table.items.at(0).node).condition;
  }
};

}  // namespace cdc::parse
