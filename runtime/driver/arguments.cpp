#include "runtime/driver/arguments.h"

#include "runtime/sources/mysql/start_position.h"

namespace cdc::driver {

const char* const kRunLines =
    R"(  piperun run FILE        loads the program's tables, then follows their changes until it is stopped
)";

const char* const kRunHelp = R"(piperun run FILE [options]

Runs every pipe of FILE: the first load of its tables, then their changes, until SIGTERM or SIGINT, which commits what was
read and exits within 10 seconds. Progress is kept with the records; the next run goes on where this one ended. What is
lost on the way (server, broker, network) is tried again as the program's `retry` settings say.

The program:
  --param NAME=VALUE     sets a parameter; may be repeated
  --params FILE          sets parameters from lines NAME=VALUE
  --schema DIR           schema snapshots, instead of the project's `schema/`
  --require-schema       refuses tables that have no snapshot
  --jobs N               as everywhere, and does nothing here: there is one program

A JSON plan has its parameters' values and takes none of these but --schema. Relative paths of its settings start at the
`root` that it records, the project's folder; a plan without `root` starts at its own folder.

Where it begins and ends:
  --start WHERE          the first position when nothing is saved, without a first load: now, earliest, file:NAME:POS, gtid:SET,
                         time:RFC3339 (the first transaction committed then or later); file: and gtid: are places of one
                         server, and refused for a pipe with several sources
  --reset-position       forgets what is saved and begins anew: with --start there, else with a first load, whose rows are written again
  --until-caught-up      ends with 0 when the first load is done and everything up to the start of the run is out; a lost server or
                         broker is waited for as `retry` says, 12 hours where it says nothing

What it tells, on standard error (a terminal also shows a line of progress):
  --log-format FORMAT    text (default); json: one object per line with time, level, message, and fields such as pipe,
                         state, rows, lag_ms, exit_code
  --color WHEN           auto, always, never
  --quiet, -q            errors only

  $ piperun run orders.pipe --param region=eu
  $ piperun run orders.pipe --until-caught-up --log-format json 2>run.log
)";

namespace {

Error RunUsage(const std::string& text) { return Error(ErrorCode::kUsage, text + "; see piperun run --help"); }

Status SetLogFormat(const std::string& format, RunArguments* out) {
  if (format != "text" && format != "json") return RunUsage("--log-format is text or json, not `" + format + "`");
  out->json_log = format == "json";
  return OkStatus();
}

Error LaterOption(const std::string& what) { return RunUsage("`" + what + "` is not available in this release"); }

// Options of every subcommand (LANGUAGE §15.1) that `run` has no use for yet.
Status RefuseLater(const std::string& word) {
  const std::string name = word.substr(0, word.find('='));
  for (const char* later : {"--format", "--diagnostics"}) {
    if (name == later) return LaterOption(name);
  }
  return OkStatus();
}

Status SetStart(const std::string& where, RunArguments* out) {
  bool known = where == "now" || where == "earliest";
  for (const char* prefix : {"file:", "gtid:", "time:"}) known = known || where.starts_with(prefix);
  if (!known) return RunUsage("--start is now, earliest, file:NAME:POS, gtid:SET or time:RFC3339, not `" + where + "`");
  if (where.starts_with("time:")) {
    auto at = sources::ReadStartTime(where);
    if (!at.ok()) return RunUsage("--start " + at.error().message());
  }
  out->start = where;
  return OkStatus();
}

ValueSetter FindRunOption(const std::string& name, RunArguments* out) {
  Status (*set)(const std::string&, RunArguments*) = nullptr;
  if (name == "--log-format") set = SetLogFormat;
  if (name == "--start") set = SetStart;
  if (set == nullptr) return FindProgramOption(name, out);
  return [set, out](const std::string& value) { return set(value, out); };
}

bool SetFlag(const std::string& name, RunArguments* out) {
  if (SetProgramFlag(name, out)) return true;
  if (name == "--until-caught-up")
    out->until_caught_up = true;
  else if (name == "--reset-position")
    out->reset_position = true;
  else
    return false;
  return true;
}

}  // namespace

Result<RunArguments> ParseRunArguments(const std::vector<std::string>& words) {
  RunArguments out;
  RETURN_IF_ERROR(ReadWords(words, "run",
                            {.flag = [&](const std::string& name) { return SetFlag(name, &out); },
                             .option = [&](const std::string& name) { return FindRunOption(name, &out); },
                             .word =
                                 [&](const std::string& word) {
                                   if (!out.file.empty()) {
                                     return Status(
                                         RunUsage("one FILE is run, not `" + out.file + "` and `" + word + "`"));
                                   }
                                   out.file = word;
                                   return OkStatus();
                                 },
                             .refuse = RefuseLater}));
  if (out.file.empty()) return RunUsage("no FILE to run");
  return out;
}

}  // namespace cdc::driver
