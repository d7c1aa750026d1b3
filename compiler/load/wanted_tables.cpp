#include "compiler/load/wanted_tables.h"

#include <algorithm>

namespace cdc::load {

using NameKind = ast::NamePart::Kind;

void WantedTables::Add(const ast::File& file) {
  for (const ast::Declaration& declaration : file.declarations) {
    if (const auto* sensitive = std::get_if<ast::SensitiveDecl>(&declaration.node)) Add(sensitive->pattern);
    if (const auto* test = std::get_if<ast::TestDecl>(&declaration.node)) Add(*test);
    const auto* pipe = std::get_if<ast::PipeDecl>(&declaration.node);
    if (pipe == nullptr) continue;
    for (const ast::PipeItem& item : pipe->items) {
      const auto* rule = std::get_if<ast::TableRule>(&item.node);
      if (rule != nullptr && !rule->skip) Add(rule->pattern);
    }
  }
}

// What a test gives, whoever owns it. A statement or a log may name any table.
void WantedTables::Add(const ast::TestDecl& test) {
  for (const ast::Given& given : test.given) {
    std::visit(
        [this](const auto& step) {
          if constexpr (requires { step.table; }) {
            exact_[step.table.database.text].insert(step.table.table.text);
          } else {
            AddAll();
          }
        },
        given.node);
  }
}

void WantedTables::Add(const ast::Pattern& pattern) {
  if (pattern.database.kind == NameKind::kExact && pattern.table.kind == NameKind::kExact) {
    exact_[pattern.database.text].insert(pattern.table.text);
    return;
  }
  auto make = [](const ast::NamePart& part) {
    Part made;
    made.exact = part.kind == NameKind::kExact;
    if (made.exact) made.name = part.text;
    if (part.kind != NameKind::kRegex) return made;
    Result<regex::Pattern> compiled = regex::Pattern::Compile(part.text);
    if (compiled.ok()) made.regex.push_back(std::move(*compiled));
    return made;
  };
  patterns_.emplace_back(make(pattern.database), make(pattern.table));
}

bool WantedTables::Part::Matches(const std::string& text) const {
  if (exact) return text == name;
  return regex.empty() || regex[0].Matches(text);
}

bool WantedTables::Has(const std::string& database, const std::string& table) const {
  const auto named = exact_.find(database);
  if (named != exact_.end() && named->second.count(table) != 0) return true;
  return std::any_of(patterns_.begin(), patterns_.end(), [&](const std::pair<Part, Part>& pattern) {
    return pattern.first.Matches(database) && pattern.second.Matches(table);
  });
}

}  // namespace cdc::load
