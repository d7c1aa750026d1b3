#pragma once

#include <map>
#include <string>

#include "stdlib/catalog/settings.h"
#include "stdlib/core/result.h"

namespace cdc::secrets {

// Reads the secret that a setting names: `env('NAME')`, `file('/path')` or `command('program', 'argument', …)`, the
// last two without their final line end. Errors: kConfig, naming the variable, file or program, never its content;
// also for more than 64 KiB, and for `vault`, which this release does not read.
Result<std::string> Read(const catalog::SettingValue& value, const std::string& project_root);

// Every secret among the settings, by dotted name. Errors: as Read.
Result<std::map<std::string, std::string>> ReadAll(const catalog::Settings& settings, const std::string& project_root);

}  // namespace cdc::secrets
