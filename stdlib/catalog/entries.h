#pragma once

// One function per kind, each in a file of its own, listed in the .def files; and the groups that kinds share.

#include <cstdint>
#include <string>
#include <vector>

#include "stdlib/catalog/catalog.h"

namespace cdc::catalog {

// Durations are in milliseconds.
inline constexpr int64_t kSecond = 1000;
inline constexpr int64_t kMinute = 60 * kSecond;

#define PIPEWRIGHT_KIND_ENTRY(function) KindDef function();
#define PIPEWRIGHT_KIND_LATER(holder, name, doc)
#define PIPEWRIGHT_KIND_LATER_WITH_REGISTRY(holder, name, doc)
#include "stdlib/catalog/formats.def"
#include "stdlib/catalog/sinks.def"
#include "stdlib/catalog/sources.def"
#include "stdlib/catalog/stores.def"
#undef PIPEWRIGHT_KIND_ENTRY
#undef PIPEWRIGHT_KIND_LATER
#undef PIPEWRIGHT_KIND_LATER_WITH_REGISTRY
KindDef Project();

SettingDef RetryGroup();
SettingDef RestartGroup();
// `server_name`: whether this kind can compare the certificate with another name than the address.
SettingDef TlsVariant(bool server_name);
// `zone` and `clock`, which every format has.
std::vector<SettingDef> FormatSettings();

}  // namespace cdc::catalog
