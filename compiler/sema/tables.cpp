#include "compiler/sema/tables.h"

#include <algorithm>
#include <tuple>

#include "stdlib/core/names.h"

namespace cdc::sema {
namespace {

using NameKind = ast::NamePart::Kind;

}  // namespace

bool TableMatcher::Part::Matches(const std::string& name) const {
  if (ast->kind == NameKind::kAny) return true;
  return ast->kind == NameKind::kExact ? ast->text == name : regex->Matches(name);
}

bool TableMatcher::Part::Contains(const Part& other) const {
  if (ast->kind == NameKind::kAny) return true;
  if (other.ast->kind == NameKind::kExact) return Matches(other.ast->text);
  return ast->kind == other.ast->kind && ast->text == other.ast->text;
}

std::optional<TableMatcher> TableMatcher::Make(const ast::Pattern& pattern, diag::Diagnostics* diagnostics) {
  TableMatcher matcher;
  matcher.pattern_ = &pattern;
  bool ok = true;
  auto compile = [&](const ast::NamePart& part, Part* out) {
    out->ast = &part;
    if (part.kind != NameKind::kRegex) return;
    Result<regex::Pattern> compiled = regex::Pattern::Compile(part.text);
    if (!compiled.ok()) {
      diagnostics->Report(diag::Kind::kBadRegex, part.span, "not a regular expression of RE2",
                          compiled.error().message());
      ok = false;
      return;
    }
    for (const std::string& group : compiled->group_names()) {
      if (std::find(matcher.groups_.begin(), matcher.groups_.end(), group) != matcher.groups_.end()) {
        diagnostics->Report(diag::Kind::kDuplicateName, part.span, "two groups are called `" + group + "`");
        ok = false;
      }
      matcher.groups_.push_back(group);
      matcher.group_lengths_.push_back(compiled->GroupLengthMax(group));
    }
    out->regex = std::move(*compiled);
  };
  compile(pattern.database, &matcher.database_);
  compile(pattern.table, &matcher.table_);
  if (!ok) return std::nullopt;
  return matcher;
}

bool TableMatcher::Matches(const std::string& database, const std::string& table) const {
  if (database_.ast->kind != NameKind::kExact && IsServersDatabase(database)) return false;
  return database_.Matches(database) && table_.Matches(table);
}

bool TableMatcher::Contains(const TableMatcher& other) const {
  bool own = other.database_.ast->kind == NameKind::kExact && IsServersDatabase(other.database_.ast->text);
  if (own && database_.ast->kind != NameKind::kExact) return false;
  return database_.Contains(other.database_) && table_.Contains(other.table_);
}

bool TableMatcher::IsExact() const {
  return database_.ast->kind == NameKind::kExact && table_.ast->kind == NameKind::kExact;
}

std::vector<std::string> TableMatcher::GroupsOf(const std::string& database, const std::string& table) const {
  std::vector<std::string> texts;
  auto add = [&](const Part& part, const std::string& name) {
    std::vector<std::string_view> groups;
    if (!part.regex || !part.regex->Matches(name, &groups)) return;
    for (std::string_view group : groups) texts.emplace_back(group);
  };
  add(database_, database);
  add(table_, table);
  texts.resize(groups_.size());
  return texts;
}

TableCase CaseOf(const Schema* table) {
  TableCase made;
  made.schema = table;
  if (table != nullptr) {
    made.database = table->database;
    made.table = table->table;
  }
  return made;
}

std::optional<std::string> Fill(const Template& value, const std::string& database, const std::string& table,
                                const Rule& rule, const std::vector<std::string>& groups, const std::string& source) {
  std::string text;
  for (const TemplatePart& part : value.parts) {
    if (part.unknown || part.kind == TemplatePart::Kind::kOp) return std::nullopt;
    if (part.kind == TemplatePart::Kind::kDatabase) {
      if (database.empty()) return std::nullopt;
      text += database;
    } else if (part.kind == TemplatePart::Kind::kTable) {
      if (table.empty()) return std::nullopt;
      text += table;
    } else if (part.kind == TemplatePart::Kind::kSource) {
      if (source.empty()) return std::nullopt;
      text += source;
    } else if (part.kind == TemplatePart::Kind::kMatch) {
      auto group = std::find(rule.groups.begin(), rule.groups.end(), part.text);
      size_t at = static_cast<size_t>(group - rule.groups.begin());
      if (at >= groups.size()) return std::nullopt;
      text += groups[at];
    } else {
      text += part.text;
    }
  }
  return text;
}

OwnerFinder::OwnerFinder(const std::vector<TableMatcher>& matchers) : matchers_(matchers) {
  for (size_t i = 0; i < matchers.size(); ++i) {
    if (matchers[i].IsExact()) {
      exact_.emplace(std::pair(matchers[i].pattern().database.text, matchers[i].pattern().table.text), i);
    } else {
      patterns_.push_back(i);
    }
  }
}

std::vector<int> OwnerFinder::Owners(const std::vector<Schema>& tables) const {
  std::vector<int> owners(tables.size(), -1);
  for (const auto& [name, matcher] : exact_) {
    if (auto at = FindTable(tables, name.first, name.second)) owners[*at] = static_cast<int>(matcher);
  }
  for (size_t t = 0; t < tables.size() && !patterns_.empty(); ++t) {
    const size_t end = owners[t] < 0 ? matchers_.size() : static_cast<size_t>(owners[t]);
    for (size_t i : patterns_) {
      if (i >= end) break;
      if (!matchers_[i].Matches(tables[t].database, tables[t].table)) continue;
      owners[t] = static_cast<int>(i);
      break;
    }
  }
  return owners;
}

int OwnerFinder::FindContaining(const TableMatcher& other, size_t end) const {
  if (other.IsExact()) {
    auto exact = exact_.find({other.pattern().database.text, other.pattern().table.text});
    if (exact != exact_.end()) end = std::min(end, exact->second + 1);
  }
  for (size_t i : patterns_) {
    if (i >= end) break;
    if (matchers_[i].Contains(other)) return static_cast<int>(i);
  }
  const bool exact = end > 0 && other.IsExact() && matchers_[end - 1].Contains(other);
  return exact ? static_cast<int>(end - 1) : -1;
}

std::optional<size_t> FindTable(const std::vector<Schema>& tables, const std::string& database,
                                const std::string& table) {
  auto at =
      std::lower_bound(tables.begin(), tables.end(), std::tie(database, table),
                       [](const Schema& one, const auto& name) { return std::tie(one.database, one.table) < name; });
  if (at == tables.end() || at->database != database || at->table != table) return std::nullopt;
  return static_cast<size_t>(at - tables.begin());
}

std::vector<TableCase> CasesOf(const Rule& rule, const TableMatcher& matcher, const std::vector<OwnedTable>& owned,
                               const std::vector<std::string>& unknown) {
  std::vector<TableCase> cases;
  for (const auto& [schema, source] : owned) {
    TableCase& made = cases.emplace_back(CaseOf(schema));
    made.groups = matcher.GroupsOf(schema->database, schema->table);
    made.source = source;
  }
  if (cases.empty() || !unknown.empty()) {
    TableCase alone;
    if (!unknown.empty() && matcher.IsExact()) {
      alone.database = matcher.pattern().database.text;
      alone.table = matcher.pattern().table.text;
    }
    if (unknown.size() == 1) alone.source = unknown[0];
    cases.push_back(std::move(alone));
  }
  for (TableCase& table : cases) {
    auto target = [&](const std::optional<Template>& as, const std::string& own) {
      return as ? Fill(*as, table.database, table.table, rule, table.groups, table.source).value_or("") : own;
    };
    table.target_database = target(rule.target_database, table.database);
    table.target_table = target(rule.target_table, table.table);
  }
  return cases;
}

}  // namespace cdc::sema
