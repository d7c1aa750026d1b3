#include "compiler/sema/scope.h"

#include "compiler/sema/expand.h"
#include "stdlib/core/names.h"

namespace cdc::sema {

const OutputColumn* OutputTable::Find(std::string_view name) const {
  for (const OutputColumn& column : columns) {
    if (SameName(column.name, name)) return &column;
  }
  return nullptr;
}

const OutputColumn* OutputTable::FindSource(std::string_view source) const {
  for (const OutputColumn& column : columns) {
    if (!column.source.empty() && SameName(column.source, source)) return &column;
  }
  return Find(source);
}

std::vector<std::string> OutputTable::Names() const {
  std::vector<std::string> names;
  for (const OutputColumn& column : columns) names.push_back(column.name);
  return names;
}

ProgramScope ProgramScope::Row(const TableCase& table, std::vector<std::string> groups, bool has_images) {
  ProgramScope scope;
  scope.groups_ = std::move(groups);
  scope.has_images_ = has_images;
  scope.complete_ = table.schema != nullptr;
  scope.sensitive_ = table.sensitive;
  if (table.schema == nullptr) return scope;
  scope.table_ = table.database + "." + table.table;
  for (const Column& column : table.schema->columns) {
    scope.columns_.emplace_back(column.name, column.type);
    scope.columns_.back().second.sensitive = FindSensitive(table, column.name) != nullptr;
  }
  return scope;
}

ProgramScope ProgramScope::Output(const OutputTable& output, std::string table, std::vector<std::string> groups) {
  ProgramScope scope;
  scope.groups_ = std::move(groups);
  scope.table_ = std::move(table);
  scope.complete_ = output.complete;
  scope.excepted_ = output.excepted;
  for (const OutputColumn& column : output.columns) scope.columns_.emplace_back(column.name, column.type);
  return scope;
}

ProgramScope ProgramScope::Nothing(std::vector<std::string> groups) {
  ProgramScope scope;
  scope.groups_ = std::move(groups);
  scope.has_columns_ = false;
  return scope;
}

ProgramScope ProgramScope::Arguments(const std::vector<ast::Formal>& formals) {
  ProgramScope scope;
  for (const ast::Formal& formal : formals) scope.columns_.emplace_back(formal.name.text, formal.type.type);
  return scope;
}

void ProgramScope::Narrow(const std::vector<int>& not_null) {
  for (const int column : not_null) columns_[static_cast<size_t>(column)].second.nullable = false;
}

std::optional<expr::Scope::ColumnRef> ProgramScope::FindColumn(std::string_view name) const {
  for (size_t i = 0; i < columns_.size(); ++i) {
    if (!SameName(columns_[i].first, name)) continue;
    bool known = columns_[i].second.kind != TypeKind::kUnknown;
    return ColumnRef{known ? static_cast<int>(i) : -1, columns_[i].second};
  }
  if (name.rfind(kUnknownParam, 0) == 0) return ColumnRef{};
  for (const std::string& excepted : excepted_) {
    if (SameName(excepted, name)) return std::nullopt;
  }
  if (complete_) return std::nullopt;
  ColumnRef unknown;
  for (const SensitiveEntry* entry : sensitive_) {
    unknown.type.sensitive = unknown.type.sensitive || entry->Find(name) != nullptr;
  }
  return unknown;
}

uint32_t ProgramScope::MatchLengthMax(std::string_view name) const {
  for (size_t i = 0; i < groups_.size() && i < group_lengths_.size(); ++i) {
    if (groups_[i] == name && group_lengths_[i] > 0) return group_lengths_[i];
  }
  return Scope::MatchLengthMax(name);
}

std::vector<std::string> ProgramScope::ColumnNames() const {
  std::vector<std::string> names;
  for (const auto& [name, type] : columns_) names.push_back(name);
  return names;
}

void ReportProblems(const std::vector<expr::Problem>& problems, diag::Diagnostics* diagnostics) {
  for (const expr::Problem& problem : problems) {
    diag::Kind kind = diag::FindKind(problem.id).value_or(diag::Kind::kTypeMismatch);
    Span span = ast::SpanOf(problem.origin);
    bool known = false;
    for (const diag::Diagnostic& other : diagnostics->all())
      known = known || (other.kind == kind && other.span == span);
    if (known) continue;
    diag::Diagnostic& made = diagnostics->Report(kind, span, problem.message, problem.label);
    made.notes = problem.notes;
    if (!problem.meant) continue;
    made.fixes.push_back({"replace with `" + problem.meant->text + "`",
                          diag::Applicability::kMaybe,
                          {{ast::SpanOf(problem.meant->origin), problem.meant->text}}});
  }
}

const expr::Typed* FindFallible(const expr::Typed& typed) {
  if (!typed.fallible) return nullptr;
  for (const expr::Typed& arg : typed.args) {
    if (const expr::Typed* inner = FindFallible(arg)) return inner;
  }
  return &typed;
}

}  // namespace cdc::sema
