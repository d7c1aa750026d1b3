#include "stdlib/core/schema.h"

#include <algorithm>

#include "stdlib/core/names.h"

namespace cdc {
namespace {

std::vector<int> Positions(const Schema& schema, const Index& index) {
  std::vector<int> positions;
  for (const std::string& name : index.columns) {
    int position = schema.Find(name);
    if (position < 0) return {};
    positions.push_back(position);
  }
  return positions;
}

}  // namespace

int Schema::Find(std::string_view name) const {
  for (size_t i = 0; i < columns.size(); ++i) {
    if (SameName(columns[i].name, name)) return static_cast<int>(i);
  }
  return -1;
}

std::vector<int> Schema::PrimaryKey() const {
  for (const Index& index : indexes) {
    if (index.name == "PRIMARY") return Positions(*this, index);
  }
  return {};
}

std::vector<int> Schema::DefaultKey() const {
  std::vector<int> primary = PrimaryKey();
  if (!primary.empty()) return primary;
  for (const Index& index : indexes) {
    if (!index.unique || index.prefixed) continue;
    std::vector<int> positions = Positions(*this, index);
    bool nullable = std::any_of(positions.begin(), positions.end(), [this](int i) { return columns[i].type.nullable; });
    if (!positions.empty() && !nullable) return positions;
  }
  return {};
}

}  // namespace cdc
