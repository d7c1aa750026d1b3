#include "compiler/diff/diff.h"

#include <algorithm>
#include <ostream>

#include "compiler/command/findings.h"
#include "compiler/driver/command.h"
#include "compiler/driver/operand.h"

namespace cdc::driver {

using namespace command;
namespace {

constexpr const char* kDiffLines =
    "  pipec diff OLD NEW      what a change does to consumers and to saved state; OLD may be git:main\n";

constexpr const char* kDiffHelp = R"(pipec diff OLD NEW [options]

Compares what two programs do, table by table of their schema snapshots, whatever their layout: compatible changes, those that
need a resnapshot, those that break consumers, and those that lose saved state. `pipec explain DIFF301` says more about each.

OLD and NEW are a program, a plan in JSON, or one of them in git:
  git:REV                 the other one's file at a revision, with its imports, project and schema snapshots
  git:REV:PATH            a file at a revision, by its path from the repository's root

  --format text|json      text for people (default), or one JSON document
  --diagnostics FORMAT    how errors in either program are written: human (default), compact, json, sarif, github, gitlab, junit
  --param NAME=VALUE, --params FILE: for the programs that have the parameter
  --schema DIR: for both; --require-schema, --color WHEN, --quiet: as in pipec --help

  $ pipec diff git:main orders.pipe

Exit codes: 0 no difference · 4 differences, none breaking · 5 some breaking · 1 a program has errors · 2 wrong usage.
)";

// Names given by `--param` that no side has.
std::vector<std::string> SparedByBoth(const compile::Compiled& before, const compile::Compiled& after) {
  std::vector<std::string> names;
  for (const std::string& name : before.spared_params) {
    const auto& others = after.spared_params;
    if (std::find(others.begin(), others.end(), name) != others.end()) names.push_back(name);
  }
  return names;
}

std::string PathOf(const Operand& operand) { return operand.revision.empty() ? operand.path : ""; }

Result<int> Diff(const std::vector<std::string>& words, const Terminal& terminal) {
  bool json = false;
  auto read_form = [&](const std::string& value) -> Status {
    if (value != "text" && value != "json") return Usage("`--format` of diff is text or json, not `" + value + "`");
    json = value == "json";
    return OkStatus();
  };
  ASSIGN_OR_RETURN(Options options, ReadOptions(words, {{"--format", true, read_form}}));
  if (options.files.size() != 2) return Usage("`pipec diff` needs two programs: OLD NEW");
  options.compile.spare_params = true;
  const Operand before = ReadOperand(options.files[0]);
  const Operand after = ReadOperand(options.files[1]);
  ASSIGN_OR_RETURN(compile::Compiled old, Compile(before, PathOf(after), options.compile));
  ASSIGN_OR_RETURN(compile::Compiled now, Compile(after, PathOf(before), options.compile));
  for (const std::string& name : SparedByBoth(old, now)) {
    return Usage("neither program has a parameter `" + name + "`");
  }
  Findings findings;
  findings.Add(old);
  findings.Add(now);
  int code = findings.ExitCode();
  if (code == 0 && old.plan && now.plan) {
    const diff::Diff found = diff::Compare({*old.plan, old.tables}, {*now.plan, now.tables});
    terminal.out << (json ? diff::RenderJson(found, before.shown, after.shown) : diff::RenderText(found));
    code = found.ExitCode();
  }
  Write(findings, options, terminal, true);
  return code;
}

}  // namespace

Command DiffCommand() {
  return {.name = "diff", .lines = kDiffLines, .help = kDiffHelp, .form_option = "--diagnostics", .run = Diff};
}

}  // namespace cdc::driver
