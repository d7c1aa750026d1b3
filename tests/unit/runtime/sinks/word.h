#pragma once

#include <string>

#include "stdlib/catalog/catalog.h"

namespace cdc::sinks {

inline catalog::SettingValue Word(const std::string& text) {
  catalog::SettingValue value;
  value.kind = catalog::SettingKind::kWord;
  value.text = text;
  return value;
}

}  // namespace cdc::sinks
