#pragma once

// What stands behind a command: files and options. Every command that reads .pipe files accepts the common
// options; a command's own are a table beside its code.

#include <functional>
#include <string>
#include <vector>

#include "compiler/compile/compile.h"
#include "stdlib/core/result.h"

namespace cdc::command {

enum class Form { kHuman, kCompact, kJson, kSarif, kGithub, kGitlab, kJunit };
enum class Color { kAuto, kAlways, kNever };

struct Options {
  std::vector<std::string> files;
  compile::CompileOptions compile;
  Form form = Form::kHuman;  // of diagnostics: --format, or --diagnostics where --format means something else
  Color color = Color::kAuto;
  bool quiet = false;
  size_t jobs = 1;  // --jobs: files that are worked on at once; default: as many as there are cores
  diag::Severity fail_level = diag::Severity::kError;  // from here up a run has failed
};

// An option that one command has, or that means something else there.
struct OwnOption {
  std::string name;  // "--max"
  bool takes_value = true;
  std::function<Status(const std::string& value)> read;
};

// Reads the words behind a command. Errors: kUsage. What the language has and this release does not is named
// as such.
Result<Options> ReadOptions(const std::vector<std::string>& words, const std::vector<OwnOption>& own = {});

// The form in which words that may not make sense ask for diagnostics, by the option of that name.
Form FormAskedFor(const std::vector<std::string>& words, const std::string& option);

// A whole number behind an option, at least `least`. Errors: kUsage.
Result<size_t> ReadNumber(const std::string& option, const std::string& value, size_t least);

Error Usage(const std::string& text);
// "`--explain` is not available in this release"
Error Later(const std::string& what);

}  // namespace cdc::command
