#pragma once

// The options of every subcommand that reads a .pipe program (LANGUAGE §15.1), and how a command line is read.

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "stdlib/core/result.h"

namespace cdc::driver {

struct ProgramArguments {
  std::string file;                           // a .pipe program or a JSON plan
  std::map<std::string, std::string> params;  // --param name=value, --params FILE
  std::string schema_directory;               // --schema
  bool require_schema = false;
  // One that only a .pipe program takes, if any was given: --param, --params, --require-schema.
  std::string compile_option;
  bool quiet = false;
  enum class Color { kAuto, kAlways, kNever } color = Color::kAuto;
};

// Takes an option's value; empty: there is no such option. Errors: kUsage.
using ValueSetter = std::function<Status(const std::string& value)>;

// `--param`, `--params`, `--schema`, `--color`, and `--jobs`, which does nothing. Lifetime: `out` outlives the setter.
ValueSetter FindProgramOption(const std::string& name, ProgramArguments* out);
// Whether `name` is one: `--require-schema`, `--quiet`.
bool SetProgramFlag(const std::string& name, ProgramArguments* out);
// Whether messages on standard error are coloured.
bool WantsColor(const ProgramArguments& arguments);

struct WordHandlers {
  std::function<bool(const std::string& name)> flag;  // false: it is none
  std::function<ValueSetter(const std::string& name)> option;
  std::function<Status(const std::string& word)> word;         // what is no option
  std::function<Status(const std::string& word)> refuse = {};  // of options, before they are looked for
};

// Reads the words behind `piperun COMMAND`; a value follows its option or an `=`. Errors: kUsage.
Status ReadWords(const std::vector<std::string>& words, const std::string& command, const WordHandlers& handlers);

}  // namespace cdc::driver
