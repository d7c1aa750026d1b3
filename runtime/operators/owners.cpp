#include "runtime/operators/owners.h"

#include <algorithm>

namespace cdc::operators {
namespace {

bool IsServersOwn(const std::string& database) {
  std::string lower = database;
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return lower == "mysql" || lower == "sys" || lower == "information_schema" || lower == "performance_schema";
}

}  // namespace

bool Owners::Name::Matches(const std::string& name) const {
  switch (kind) {
    case plan::NamePattern::Kind::kExact:
      return name == text;
    case plan::NamePattern::Kind::kAny:
      return true;
    case plan::NamePattern::Kind::kRegex:
      return pattern->Matches(name);
  }
  return false;
}

Result<Owners::Name> Owners::Compile(const plan::NamePattern& from) {
  Name name;
  name.kind = from.kind;
  name.text = from.text;
  if (from.kind == plan::NamePattern::Kind::kRegex) {
    ASSIGN_OR_RETURN(regex::Pattern pattern, regex::Pattern::Compile(from.text));
    name.pattern = std::move(pattern);
  }
  return name;
}

Result<Owners> Owners::Make(const plan::Pipe& pipe) {
  Owners owners;
  for (const plan::TableRule& table : pipe.tables) {
    Rule rule;
    ASSIGN_OR_RETURN(rule.database, Compile(table.database));
    ASSIGN_OR_RETURN(rule.table, Compile(table.table));
    owners.rules_.push_back(std::move(rule));
  }
  return owners;
}

int Owners::Find(const std::string& database, const std::string& table) const {
  const bool exact_only = IsServersOwn(database);
  for (size_t i = 0; i < rules_.size(); ++i) {
    const Rule& rule = rules_[i];
    if (exact_only && rule.database.kind != plan::NamePattern::Kind::kExact) continue;
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

}  // namespace cdc::operators
