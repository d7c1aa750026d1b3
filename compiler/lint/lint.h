#pragma once

// Warnings and style: what a program may say and should not. Rules are passes over files and over checked programs
// (rule.h); what they find is weighed by the project's levels and by comments that allow it.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "compiler/diag/diagnostic.h"
#include "compiler/sema/check.h"
#include "compiler/source/source_text.h"

namespace cdc::lint {

struct Options {
  std::map<diag::Kind, bool> wanted;  // --enable, --disable
  std::string today;                  // as 2026-11-21; empty: nothing is too old, no suppression has expired
};

// What a source's schema snapshot says beside its tables.
struct SnapshotFacts {
  std::string pulled;   // the day; empty: unknown
  std::string heading;  // the first line of its first file, `-- schema/… · MySQL 9.7.4 · pulled …`
  std::string version;  // of the server; empty: unknown
  std::optional<int> lower_case_table_names;
  std::optional<int64_t> binlog_expire_logs_seconds;
};

// Lifetime: everything it points to outlives what is made of it.
struct Input {
  const sema::Input& program;
  const source::SourceFiles& files;
  std::map<std::string, SnapshotFacts> snapshots;  // by folder, as sema::Input::snapshots
  Options options;
};

// With which severity each rule reports; those that are off are missing.
using Levels = std::map<diag::Kind, diag::Severity>;

// Whether the rule is built: in rules.def.
bool IsBuilt(diag::Kind kind);
// The kind that text names, `PIPE204` or `204`, or its name; nothing if there is none.
std::optional<diag::Kind> FindRule(const std::string& text);
// Why a command line or a project cannot set the level of `text`; empty if it can. "PIPE400 not-formatted is not
// available in this release".
std::string WhyNoLevel(const std::string& text);

// What the rules say of themselves, then `lint { … }` of the project, then the options.
// PIPE003, PIPE010 and PIPE116 for levels of rules that have none.
Levels ReadLevels(const sema::Input& program, const Options& options, diag::Diagnostics* diagnostics);

// Runs the rules about files: the program's, those it imports, the project's. Files with syntax errors are left out.
void LintFiles(const Input& input, const Levels& levels, diag::Diagnostics* diagnostics);

// Runs the rules about the program under one choice of parameters. Requires: Check() reported no error about it.
void LintProgram(const Input& input, const Levels& levels, const sema::Checked& checked,
                 const sema::ParamValues& params, diag::Diagnostics* diagnostics);

// Gives findings the severity of their level, and takes out those that a comment allows. Comments that allow nothing
// are PIPE232; `complete`: all rules ran, so that it is known what they allow.
void Settle(const Input& input, const Levels& levels, bool complete, diag::Diagnostics* diagnostics);

}  // namespace cdc::lint
