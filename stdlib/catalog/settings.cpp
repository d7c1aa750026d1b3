#include "stdlib/catalog/settings.h"

namespace cdc::catalog {

const SettingValue* Settings::Find(std::string_view name) const {
  auto found = values_.find(name);
  return found == values_.end() ? nullptr : &found->second;
}

std::string Settings::Text(std::string_view name, std::string_view fallback) const {
  const SettingValue* value = Find(name);
  bool has_text = value != nullptr && (value->kind == SettingKind::kString || value->kind == SettingKind::kWord);
  return has_text ? value->text : std::string(fallback);
}

int64_t Settings::Number(std::string_view name, int64_t fallback) const {
  const SettingValue* value = Find(name);
  if (value == nullptr) return fallback;
  switch (value->kind) {
    case SettingKind::kInt:
    case SettingKind::kBool:
    case SettingKind::kDuration:
    case SettingKind::kSize:
      return value->number;
    default:
      return fallback;
  }
}

bool Settings::Flag(std::string_view name, bool fallback) const {
  const SettingValue* value = Find(name);
  return value != nullptr && value->kind == SettingKind::kBool ? value->number != 0 : fallback;
}

std::vector<std::string> Settings::Texts(std::string_view name) const {
  std::vector<std::string> texts;
  const SettingValue* value = Find(name);
  if (value == nullptr || value->kind != SettingKind::kList) return texts;
  for (const SettingValue& item : value->list) texts.push_back(item.text);
  return texts;
}

}  // namespace cdc::catalog
