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
// Sizes are in bytes.
inline constexpr int64_t kKiB = 1024;
inline constexpr int64_t kMiB = 1024 * kKiB;

#define PIPEWRIGHT_KIND_ENTRY(function) KindDef function();
#include "stdlib/catalog/formats.def"
#include "stdlib/catalog/sinks.def"
#include "stdlib/catalog/sources.def"
#include "stdlib/catalog/stores.def"
#undef PIPEWRIGHT_KIND_ENTRY
KindDef Project();

SettingDef RetryGroup(int64_t give_up_ms = 12 * 60 * kMinute);
SettingDef RestartGroup();
// `start`: where a source begins that has saved nothing.
SettingDef StartVariant(std::vector<std::string> words, const std::string& fallback);
// What a kind's client can do: compare the certificate with another name than the address, refuse TLS 1.2.
struct TlsAbilities {
  bool server_name = false;
  bool only_1_3 = false;
};
SettingDef TlsVariant(TlsAbilities abilities);
// `mute` and `restore`, which every notifier has.
std::vector<SettingDef> NotifierSettings();
// `registry` and `names`.
std::vector<SettingDef> RegistrySettings();
// `op_field`, `time_field` and `deletes`, which our own formats have.
std::vector<SettingDef> RowSettings();
// Our own formats with a registry: the output row and a few fields beside it.
KindDef RowFormat(std::string name, std::string doc);
// `zone` and `clock`, which every format has. `zones`: whether the format writes instants in another zone than UTC.
std::vector<SettingDef> FormatSettings(bool zones);

}  // namespace cdc::catalog
