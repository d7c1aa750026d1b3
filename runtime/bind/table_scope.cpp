#include "runtime/bind/table_scope.h"

#include "stdlib/core/names.h"

namespace cdc::bind {

int FindColumnByName(const std::vector<Column>& columns, std::string_view name) {
  for (size_t i = 0; i < columns.size(); ++i) {
    if (SameName(columns[i].name, name)) return static_cast<int>(i);
  }
  return -1;
}

std::optional<expr::Scope::ColumnRef> TableScope::FindColumn(std::string_view name) const {
  if (columns_ == nullptr) return std::nullopt;
  const int index = FindColumnByName(*columns_, name);
  if (index < 0) return std::nullopt;
  return ColumnRef{index, (*columns_)[static_cast<size_t>(index)].type};
}

std::optional<expr::Scope::SecretRef> TableScope::FindSecret(std::string_view name) const {
  if (options_.secrets == nullptr) return std::nullopt;
  const auto found = options_.secrets->find(name);
  if (found == options_.secrets->end()) return std::nullopt;
  return SecretRef{found->second};
}

uint32_t TableScope::MatchLengthMax(std::string_view name) const {
  for (size_t i = 0; i < options_.match_names.size() && i < options_.match_lengths.size(); ++i) {
    if (options_.match_names[i] == name && options_.match_lengths[i] > 0) return options_.match_lengths[i];
  }
  return Scope::MatchLengthMax(name);
}

std::vector<std::string> TableScope::ColumnNames() const {
  std::vector<std::string> names;
  if (columns_ == nullptr) return names;
  for (const Column& column : *columns_) names.push_back(column.name);
  return names;
}

}  // namespace cdc::bind
