#include "compiler/command/findings.h"
#include "compiler/driver/command.h"
#include "compiler/driver/in_order.h"
#include "compiler/load/load.h"
#include "compiler/load/snapshot.h"

namespace cdc::driver {

using namespace command;
namespace {

constexpr const char* kCheckLines =
    "  pipec check FILE…       finds mistakes: names, settings, types, rules that can never match\n";

constexpr const char* kCheckHelp = R"(pipec check FILE… [options]

Reads each program with everything it imports and reports its errors on standard output: 0 if there are none, else 1.
Parameters with a finite domain are checked for all their values. With a schema snapshot (schema/<source>/<database>/<table>.sql,
as SHOW CREATE TABLE prints it) columns and types are checked too; without one, what was skipped is counted.

  --format FORMAT         human (default), compact (one line each), json, sarif, github, gitlab, junit
  --param NAME=VALUE, --params FILE, --schema DIR, --require-schema, --jobs N, --color WHEN, --quiet: as in pipec --help

  $ pipec check orders.pipe
  error: `payed` is not a label of column `status` [PIPE107 unknown-enum-label]
    --> orders.pipe:26:22
)";

Result<int> Check(const std::vector<std::string>& words, const Terminal& terminal) {
  ASSIGN_OR_RETURN(
      Options options,
      ReadOptions(words, {{"--explain", false, [](const std::string&) -> Status { return Later("`--explain`"); }}}));
  if (options.files.empty()) return Usage("`pipec check` needs a file");
  options.compile.snapshots = std::make_shared<load::SnapshotCache>();
  Findings findings;
  InOrder(
      options.files.size(), options.jobs, [&](size_t i) { return compile::Compile(options.files[i], options.compile); },
      [&](const compile::Compiled& compiled) { findings.Add(compiled); });
  Write(findings, options, terminal, false);
  return findings.ExitCode();
}

}  // namespace

Command CheckCommand() { return {.name = "check", .lines = kCheckLines, .help = kCheckHelp, .run = Check}; }

}  // namespace cdc::driver
