#pragma once

#include <string>
#include <vector>

#include "compiler/compile/compile.h"
#include "stdlib/core/result.h"

namespace cdc::driver {

enum class Command { kHelp, kVersion, kCheck, kFmt, kPlan };
enum class Form { kHuman, kCompact, kJson };
enum class Color { kAuto, kAlways, kNever };

struct Arguments {
  Command command = Command::kHelp;
  std::vector<std::string> files;
  compile::CompileOptions options;
  Form diagnostics = Form::kHuman;  // check: --format; plan: --diagnostics
  bool json_plan = false;           // plan: --format json
  bool list_only = false;           // fmt: --check
  Color color = Color::kAuto;
  bool quiet = false;
  std::string help_of;  // `pipec check --help`; empty: the whole program's
};

// Errors: kUsage. What the language has and this release does not is named as such.
Result<Arguments> ParseArguments(const std::vector<std::string>& words);

// Whether the words want diagnostics as JSON, also where ParseArguments refuses them.
bool AsksForJson(const std::vector<std::string>& words);

// The page behind `pipec --help`, or behind `pipec check --help`.
std::string HelpText(const std::string& command);

}  // namespace cdc::driver
