#pragma once

#include <map>
#include <string>
#include <vector>

#include "stdlib/core/result.h"

namespace cdc::driver {

struct RunArguments {
  std::string file;                           // a .pipe program or a JSON plan
  std::map<std::string, std::string> params;  // --param name=value, --params FILE
  std::string schema_directory;               // --schema
  bool require_schema = false;
  std::string
      compile_option;  // one that only a .pipe program takes, if any was given: --param, --params, --require-schema
  bool until_caught_up = false;
  std::string start;  // --start
  bool reset_position = false;
  bool json_log = false;  // --log-format json
  bool quiet = false;
  enum class Color { kAuto, kAlways, kNever } color = Color::kAuto;
};

// Reads the words after `piperun run`. Errors: kUsage.
Result<RunArguments> ParseRunArguments(const std::vector<std::string>& words);

extern const char* const kRunLines;  // its lines of piperun --help
extern const char* const kRunHelp;   // piperun run --help

}  // namespace cdc::driver
