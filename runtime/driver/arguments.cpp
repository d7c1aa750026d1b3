#include "runtime/driver/arguments.h"

#include <fstream>
#include <functional>
#include <optional>

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

A JSON plan has its parameters' values and takes none of these but --schema. Relative paths of its settings start at the
`root` that it records, the project's folder; a plan without `root` starts at its own folder.

Where it begins and ends:
  --start WHERE          the first position when nothing is saved, without a first load: now, earliest, file:NAME:POS, gtid:SET,
                         time:RFC3339 (the first transaction committed then or later)
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

Error Usage(const std::string& text) { return Error(ErrorCode::kUsage, text + "; see piperun run --help"); }

Status SetParam(const std::string& text, RunArguments* out) {
  const size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0) return Usage("a parameter is NAME=VALUE, not `" + text + "`");
  out->params[text.substr(0, equals)] = text.substr(equals + 1);
  out->compile_option = "--param";
  return OkStatus();
}

Status ReadParams(const std::string& path, RunArguments* out) {
  std::ifstream in(path);
  if (!in) return Error(ErrorCode::kUsage, "cannot read `" + path + "`");
  for (std::string line; std::getline(in, line);) {
    if (line.ends_with('\r')) line.pop_back();
    if (line.empty() || line.starts_with('#')) continue;
    RETURN_IF_ERROR(SetParam(line, out));
  }
  out->compile_option = "--params";
  return OkStatus();
}

Status SetColor(const std::string& when, RunArguments* out) {
  if (when == "auto")
    out->color = RunArguments::Color::kAuto;
  else if (when == "always")
    out->color = RunArguments::Color::kAlways;
  else if (when == "never")
    out->color = RunArguments::Color::kNever;
  else
    return Usage("--color is auto, always or never, not `" + when + "`");
  return OkStatus();
}

Status SetLogFormat(const std::string& format, RunArguments* out) {
  if (format != "text" && format != "json") return Usage("--log-format is text or json, not `" + format + "`");
  out->json_log = format == "json";
  return OkStatus();
}

Error LaterOption(const std::string& what) { return Usage("`" + what + "` is not available in this release"); }

// Options of every subcommand (LANGUAGE §15.1) that `run` has no use for yet.
Status RefuseLater(const std::string& word) {
  const std::string name = word.substr(0, word.find('='));
  for (const char* later : {"--format", "--diagnostics", "--jobs"}) {
    if (name == later) return LaterOption(name);
  }
  return OkStatus();
}

Status SetStart(const std::string& where, RunArguments* out) {
  bool known = where == "now" || where == "earliest";
  for (const char* prefix : {"file:", "gtid:", "time:"}) known = known || where.starts_with(prefix);
  if (!known) return Usage("--start is now, earliest, file:NAME:POS, gtid:SET or time:RFC3339, not `" + where + "`");
  if (where.starts_with("time:")) {
    auto at = sources::ReadStartTime(where);
    if (!at.ok()) return Usage("--start " + at.error().message());
  }
  out->start = where;
  return OkStatus();
}

// An option that takes a value, or nothing if `name` is none.
std::optional<std::function<Status(const std::string&, RunArguments*)>> FindValueOption(const std::string& name) {
  if (name == "--param") return SetParam;
  if (name == "--params") return ReadParams;
  if (name == "--color") return SetColor;
  if (name == "--log-format") return SetLogFormat;
  if (name == "--schema") {
    return [](const std::string& value, RunArguments* out) {
      out->schema_directory = value;
      return OkStatus();
    };
  }
  if (name == "--start") return SetStart;
  return std::nullopt;
}

bool SetFlag(const std::string& name, RunArguments* out) {
  if (name == "--require-schema") {
    out->require_schema = true;
    out->compile_option = name;
  } else if (name == "--until-caught-up")
    out->until_caught_up = true;
  else if (name == "--reset-position")
    out->reset_position = true;
  else if (name == "--quiet" || name == "-q")
    out->quiet = true;
  else
    return false;
  return true;
}

}  // namespace

Result<RunArguments> ParseRunArguments(const std::vector<std::string>& words) {
  RunArguments out;
  for (size_t i = 0; i < words.size(); ++i) {
    std::string name = words[i];
    if (name.size() < 2 || name[0] != '-') {
      if (!out.file.empty()) return Usage("one FILE is run, not `" + out.file + "` and `" + name + "`");
      out.file = name;
      continue;
    }
    if (SetFlag(name, &out)) continue;
    RETURN_IF_ERROR(RefuseLater(name));
    std::optional<std::string> value;
    if (const size_t equals = name.find('='); equals != std::string::npos) {
      value = name.substr(equals + 1);
      name.resize(equals);
    }
    const auto option = FindValueOption(name);
    if (!option.has_value()) return Usage("unknown option `" + name + "`");
    if (!value.has_value()) {
      if (i + 1 == words.size()) return Usage("`" + name + "` needs a value");
      value = words[++i];
    }
    RETURN_IF_ERROR((*option)(*value, &out));
  }
  if (out.file.empty()) return Usage("no FILE to run");
  return out;
}

}  // namespace cdc::driver
