#pragma once

#include <string>

#include "stdlib/catalog/settings.h"

namespace cdc::catalog {

// A value as the language writes it: `30s`, `1MiB`, `'x'`, `['a', 'b']`, `env('NAME')`; nothing for no value.
std::string ToText(const SettingValue& value);

}  // namespace cdc::catalog
