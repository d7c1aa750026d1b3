#include "compiler/plan/owners.h"

#include "stdlib/core/check.h"
#include "stdlib/core/names.h"

namespace cdc::plan {

bool Owners::Name::Matches(const std::string& name) const {
  switch (kind) {
    case NamePattern::Kind::kExact:
      return name == text;
    case NamePattern::Kind::kAny:
      return true;
    case NamePattern::Kind::kRegex:
      return pattern->Matches(name);
  }
  return false;
}

Owners::Name::Name(const NamePattern& from) : kind(from.kind), text(from.text) {
  if (kind != NamePattern::Kind::kRegex) return;
  Result<regex::Pattern> compiled = regex::Pattern::Compile(text);
  CHECK(compiled.ok());
  pattern = std::move(*compiled);
}

Owners::Owners(const Pipe& pipe) {
  rules_.reserve(pipe.tables.size());
  for (const TableRule& rule : pipe.tables) rules_.push_back({Name(rule.database), Name(rule.table)});
}

int Owners::Find(const std::string& database, const std::string& table) const {
  const bool exact_only = IsServersDatabase(database);
  for (size_t i = 0; i < rules_.size(); ++i) {
    const Rule& rule = rules_[i];
    if (exact_only && rule.database.kind != NamePattern::Kind::kExact) continue;
    if (rule.database.Matches(database) && rule.table.Matches(table)) return static_cast<int>(i);
  }
  return -1;
}

std::vector<std::string> Owners::MatchNames(int rule) const {
  std::vector<std::string> names;
  for (const Name* name : {&rules_[static_cast<size_t>(rule)].database, &rules_[static_cast<size_t>(rule)].table}) {
    if (name->pattern) {
      names.insert(names.end(), name->pattern->group_names().begin(), name->pattern->group_names().end());
    }
  }
  return names;
}

std::vector<std::string> Owners::MatchValues(int rule, const std::string& database, const std::string& table) const {
  std::vector<std::string> values;
  const Rule& owner = rules_[static_cast<size_t>(rule)];
  for (const auto& [name, text] : {std::pair(&owner.database, &database), std::pair(&owner.table, &table)}) {
    std::vector<std::string_view> groups;
    if (name->pattern && name->pattern->Matches(*text, &groups))
      values.insert(values.end(), groups.begin(), groups.end());
  }
  return values;
}

}  // namespace cdc::plan
