#pragma once

#include <vector>

#include "stdlib/catalog/catalog.h"

namespace cdc::catalog {

// `record` and `partitions`, which both sinks of JSON lines have.
std::vector<SettingDef> LineSinkSettings();

}  // namespace cdc::catalog
