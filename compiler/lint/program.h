#pragma once

// What rules look at.

#include <string>
#include <string_view>
#include <vector>

#include "compiler/lint/lint.h"
#include "compiler/parse/token.h"
#include "compiler/sema/rows.h"
#include "compiler/sema/tables.h"

namespace cdc::lint {

using ast::Expr;
using diag::Diagnostics;
using diag::Kind;
using source::Span;

// A file without syntax errors.
struct FileView {
  const ast::File& ast;
  const source::SourceText& text;
  std::vector<parse::Token> tokens;  // ends with one kEnd
  bool is_program = false;           // neither an import nor project.pipe

  Span SpanOf(const parse::Token& token) const { return {ast.file, token.begin, token.end}; }
  std::string_view TextOf(const parse::Token& token) const { return text.Slice(SpanOf(token)); }
};

FileView ViewFile(const ast::File& file, const source::SourceFiles& files, bool is_program);

// A table of a rule, and what the rule makes of it.
struct TableView {
  const sema::TableCase& table;
  const sema::RowShape& shape;
  std::string Name() const { return table.database + "." + table.table; }
};

struct RuleView {
  const sema::Rule* rule = nullptr;
  const sema::TableMatcher& matcher;
  // Those it owns in the snapshot. Without a snapshot its own name, if that is exact, and columns that nobody knows;
  // without any: one without a name. Empty for `skip`.
  std::vector<TableView> tables;

  const ast::TableRule& ast() const { return *rule->ast; }
};

// A source of a pipe, with what the pipe makes of its tables.
struct SourceView {
  const sema::Resource* resource = nullptr;  // null: it has mistakes
  const sema::SourceTables& tables;
};

struct PipeView {
  const sema::Pipe* pipe = nullptr;
  const ast::PipeDecl* decl = nullptr;
  std::vector<SourceView> sources;  // as `from` lists them
  const sema::Resource* sink = nullptr;
  std::vector<RuleView> rules;
};

// A checked program under one choice of parameters.
struct ProgramView {
  const Input& input;
  const sema::Checked& checked;
  const sema::ParamValues& params;
  std::vector<PipeView> pipes;

  std::string_view TextOf(Span span) const { return input.files.Get(span.file).Slice(span); }
};

ProgramView ViewProgram(const Input& input, const sema::Checked& checked, const sema::ParamValues& params);

// `snapshot.source`'s folder: `schema_from`, or the source's own name.
std::string SnapshotFolder(const sema::Resource& source);

// The table rules of a file's pipes.
std::vector<const ast::TableRule*> TableRulesOf(const ast::File& file);

// Whether it is a call of that name with at least that many arguments.
bool IsCallOf(const Expr& expr, std::string_view name, size_t args_min = 0);

// The conditions written in a table rule: `where`, and the `when` of its `on` rules.
std::vector<const Expr*> ConditionsOf(const ast::TableRule& rule);

// "a, b, c and 4 more": at most `most` of the names.
std::string Listed(const std::vector<std::string>& names, size_t most = 3);

}  // namespace cdc::lint
