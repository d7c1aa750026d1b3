#pragma once

#include <set>
#include <string>
#include <vector>

#include "compiler/command/options.h"
#include "compiler/command/terminal.h"
#include "compiler/compile/compile.h"

namespace cdc::command {

// What several programs reported, as one list over one set of files.
struct Findings {
  source::SourceFiles files;
  std::vector<std::string> paths;  // parallel to `files`: relative to the project's root
  diag::Diagnostics diagnostics;
  std::vector<diag::Skipped> skipped;
  size_t tests = 0;  // `test` declarations
  std::vector<std::string> notes;
  std::vector<std::string> usage_errors;
  size_t programs = 0;

  // Adds one program's. What an import has is said once, however many programs import it.
  void Add(const compile::Compiled& compiled);
  // At which severity a run has failed: 1 from there up, 2 for wrong usage.
  int ExitCode(diag::Severity fail_level = diag::Severity::kError) const;

 private:
  std::set<std::string> known_;  // what stands in `diagnostics` already
};

// Whether to write colours to a stream that is, or is not, a terminal; NO_COLOR is respected.
bool WantsColor(Color color, bool terminal);

// "1 error", "2 errors"
std::string Counted(size_t count, const char* what);

// Writes them in the form asked for, with what a form has beside the findings (a summary for people, the page
// of a GitHub job). `to_err`: they stand beside an output of another kind, so that nothing is written if
// nothing was found, but for a form that is always a document. Wrong usage goes to standard error in words,
// unless a document stands there.
void Write(const Findings& findings, const Options& options, const Terminal& terminal, bool to_err);

// The report of words that make no sense, in the form they ask for as far as they can be read; returns 2.
int RefuseWords(const std::string& why, Form form, bool to_err, const Terminal& terminal);

}  // namespace cdc::command
