#pragma once

#include <string>
#include <vector>

#include "compiler/diag/diagnostic.h"
#include "compiler/diag/report.h"
#include "compiler/source/source_text.h"

namespace cdc::diag {

struct TextOptions {
  bool color = false;
};

// The shape people read (LANGUAGE §15.3): message with id, place, line with caret, notes after `=`, fixes
// after `help:`. Ends with a line end; a blank line between two is the caller's. The summary line is the
// driver's.
std::string RenderText(const Diagnostic& diagnostic, const source::SourceFiles& files, TextOptions options = {});
// All of them, a blank line between two.
std::string RenderText(const Diagnostics& diagnostics, const source::SourceFiles& files, TextOptions options = {});

// `file:line:column: severity: message [id]`, one per line.
std::string RenderCompact(const Diagnostics& diagnostics, const source::SourceFiles& files);

// A check that could not be made, for the summary.
struct Skipped {
  std::string reason;  // "no-snapshot"
  std::string source;
  int checks = 0;
};

// The JSON document of LANGUAGE §15.3, one line with a line end; always valid JSON. Bytes that are not UTF-8
// become U+FFFD. `usage_errors`: why there was nothing to check (exit 2), if that is so.
std::string RenderJson(const Diagnostics& diagnostics, const source::SourceFiles& files,
                       const std::vector<Skipped>& skipped = {}, const std::vector<std::string>& usage_errors = {});

// SARIF 2.1.0, one line with a line end: rules, results with errors first, places in code points, fixes, and as
// `primaryLocationLineHash` the fingerprints of report.h. Paths are relative to the project's root.
std::string RenderSarif(const Report& report);

// Workflow commands of GitHub Actions, one line each, errors first (the first ten of each severity are shown):
// `::error file=…,line=…::message`. Files are named as they were given, which Actions takes from the workspace.
std::string RenderGithub(const Report& report);
// The page of a job: a Markdown table of the findings, errors first, at most 200.
std::string RenderGithubSummary(const Report& report);

// GitLab's code quality report, one line with a line end. Wrong usage has no place in it: it is an empty list.
std::string RenderGitlab(const Report& report);

// JUnit's XML: a suite per file, a test case per finding, failed if it is at `fail_level` or worse; a file without
// findings is one case that passed.
std::string RenderJunit(const Report& report, Severity fail_level);

}  // namespace cdc::diag
