// piperun schema pull|check|diff: the snapshot of a program's servers (LANGUAGE §7), written and compared.

#include <cstdio>
#include <filesystem>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "runtime/driver/program_arguments.h"
#include "runtime/driver/schema_program.h"
#include "runtime/driver/subcommand.h"
#include "runtime/engine/retry.h"
#include "runtime/schema_files/folder.h"
#include "runtime/schema_files/render.h"
#include "stdlib/core/file_names.h"

namespace cdc::driver {
namespace {

constexpr const char* kSchemaLines =
    R"(  piperun schema pull FILE   writes the definitions of the program's tables to schema/, for `pipec` to check against
  piperun schema check FILE  compares them with the servers, table by table; schema diff FILE the same as a diff
)";

constexpr const char* kSchemaHelp = R"(piperun schema pull|check|diff FILE [SOURCE…] [options]

The schema snapshot of FILE's mysql sources, or of those named: schema/<source>/<database>/<table>.sql, one CREATE TABLE
each, and schema/<source>/_server.json. Commit it: `pipec` checks programs against it without a server.

  pull     makes the snapshot what the servers are now, and says what changed. All of a source or nothing: an
           interrupted pull leaves the old snapshot whole. Files that no pull wrote are left alone
  check    lists what differs between snapshot and servers; 1 if anything does
  diff     the same as a unified diff

A snapshot has the tables that the program's rules can capture, and those that another program of the project had pulled,
until they are gone from the server. Counters (AUTO_INCREMENT=) and partitions are left out,
so that it changes only when somebody alters a table.

  --all                  pull: every table of the server, whether the program captures it or not
  --schema DIR           where the snapshots are, instead of the project's `schema/`
  --param NAME=VALUE     sets a parameter; may be repeated
  --params FILE          sets parameters from lines NAME=VALUE
  --format FORMAT        check: human (default), json
  --color WHEN           auto, always, never
  --quiet, -q            errors only

Exit codes: 0 done, no difference · 1 differences, or the program is wrong · 2 wrong usage · 3 a server cannot be reached

  $ piperun schema pull orders.pipe && git diff schema/
  $ piperun schema check orders.pipe --format json
)";

struct SchemaArguments : ProgramArguments {
  std::string verb;
  std::vector<std::string> sources;
  bool all = false;
  bool json = false;
};

// One source with both of its sides.
struct Compared {
  std::string source;
  schema_files::ServerSchema server;
  schema_files::Folder folder;
  schema_files::Drift drift;
  std::string shown;
};

Error SchemaUsage(const std::string& text) { return Error(ErrorCode::kUsage, text + "; see piperun schema --help"); }

Status TakeSchemaWord(const std::string& word, SchemaArguments* out) {
  if (out->verb.empty()) {
    if (word != "pull" && word != "check" && word != "diff")
      return SchemaUsage("schema can pull, check, diff, not `" + word + "`");
    out->verb = word;
  } else if (out->file.empty()) {
    out->file = word;
  } else {
    out->sources.push_back(word);
  }
  return OkStatus();
}

Status SetSchemaFormat(const std::string& format, SchemaArguments* out) {
  if (format != "human" && format != "json") return SchemaUsage("--format is human or json, not `" + format + "`");
  out->json = format == "json";
  return OkStatus();
}

Result<SchemaArguments> ParseSchemaArguments(const std::vector<std::string>& words) {
  SchemaArguments out;
  const auto flag = [&](const std::string& name) {
    if (name != "--all") return SetProgramFlag(name, &out);
    return out.all = true;
  };
  const auto option = [&](const std::string& name) -> ValueSetter {
    if (name != "--format") return FindProgramOption(name, &out);
    return [&](const std::string& value) { return SetSchemaFormat(value, &out); };
  };
  RETURN_IF_ERROR(ReadWords(words, "schema", {.flag = flag, .option = option, .word = [&](const std::string& word) {
                                                return TakeSchemaWord(word, &out);
                                              }}));
  if (out.file.empty()) return SchemaUsage(out.verb.empty() ? "what to do: pull, check or diff" : "no FILE");
  if (out.json && out.verb == "diff")
    return SchemaUsage("a diff has one form; `schema check --format json` has the same facts");
  return out;
}

std::string CountedTables(size_t count, const std::string& what) {
  return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

Result<Compared> CompareSource(const SchemaProgram& program, const plan::Resource& source, bool all) {
  Compared out;
  out.source = source.name;
  out.shown = program.schema_shown + "/" + FileNameOf(source.name);
  ASSIGN_OR_RETURN(const mysql::ConnectOptions connect, ConnectOptionsOf(program.plan, source));
  ASSIGN_OR_RETURN(out.folder,
                   schema_files::ReadFolder(std::filesystem::path(program.schema_home) / FileNameOf(source.name)));
  schema_files::Wants wants = WantsAll();
  if (!all) {
    wants = WantsOf(program.plan, source.name);
  }
  // What another program of the project has pulled stays, as it is now.
  const auto stored = [&](const std::string& database, const std::string& table) {
    const auto found = out.folder.tables.find({database, table});
    return found != out.folder.tables.end() && found->second.pulled;
  };
  ASSIGN_OR_RETURN(out.server,
                   schema_files::ReadServerSchema(connect, [&](const std::string& database, const std::string& table) {
                     return wants(database, table) || stored(database, table);
                   }));
  out.drift = schema_files::Compare(out.folder, out.server);
  return out;
}

// An account without rights sees no tables, which is no reason to forget them.
Status RefuseToForget(const Compared& found) {
  if (!found.server.tables.empty() || found.folder.tables.empty()) return OkStatus();
  return Error(ErrorCode::kConfig, "no table of the server matches the program, and the snapshot has " +
                                       CountedTables(found.folder.tables.size(), "table") +
                                       ": the account may lack SELECT on them. If they are gone, remove " +
                                       found.shown);
}

// Definitions that `pipec` will not be able to read.
void WarnOfUnreadable(const Compared& found) {
  for (const auto& [name, change] : found.drift.tables) {
    if (change.after.empty()) continue;
    ddl::Dialect dialect = found.server.dialect;
    dialect.default_database = name.first;
    const auto schema = ddl::ParseCreateTable(change.after, dialect);
    if (schema.ok()) continue;
    std::fprintf(stderr, "warning: pipec cannot read the definition of %s.%s: %s\n", name.first.c_str(),
                 name.second.c_str(), schema.error().message().c_str());
  }
}

Result<int> Pull(const SchemaArguments& arguments, Compared found) {
  RETURN_IF_ERROR(RefuseToForget(found));
  RETURN_IF_ERROR(schema_files::WriteFolder(found.folder, found.server, found.shown, UtcNow()));
  if (arguments.quiet) return 0;
  const std::string counts = CountsOf(found.drift);
  const bool facts = !found.drift.facts.empty() && !found.folder.facts.empty();
  std::printf("%s (%s): %s in %s%s%s\n", found.source.c_str(), found.server.server.c_str(),
              CountedTables(found.server.tables.size(), "table").c_str(), found.shown.c_str(),
              counts.empty() && !facts ? ": no change"
              : counts.empty()         ? ""
                                       : ": ",
              counts.c_str());
  // The facts of a first pull are no news.
  if (!facts) found.drift.facts.clear();
  std::fputs(schema_files::RenderChanges(found.drift, false).c_str(), stdout);
  if (found.server.tables.empty()) {
    std::fprintf(
        stderr, "warning: no table of `%s` matches the program: there is none, or the account may not SELECT from it\n",
        found.source.c_str());
  }
  WarnOfUnreadable(found);
  return 0;
}

schema_files::SourceDrift AsSourceDrift(Compared found) {
  return {found.source, found.shown, found.server.server, found.server.tables.size(), std::move(found.drift)};
}

void PrintCheck(const schema_files::SourceDrift& found) {
  if (found.drift.empty()) {
    std::printf("%s (%s): %s as in %s\n", found.source.c_str(), found.server.c_str(),
                CountedTables(found.tables, "table").c_str(), found.shown.c_str());
    return;
  }
  const std::string counts = CountsOf(found.drift);
  std::printf("%s (%s): %s differs%s%s\n%s", found.source.c_str(), found.server.c_str(), found.shown.c_str(),
              counts.empty() ? "" : ": ", counts.c_str(), schema_files::RenderChanges(found.drift, true).c_str());
}

int ReportSourceFailure(const std::string& source, const Error& error) {
  std::fprintf(stderr, "error: source %s: %s\n", source.c_str(), error.message().c_str());
  return engine::ExitCode(error.code());
}

// The drift of all sources; the exit code.
int Report(const SchemaArguments& arguments, const std::vector<schema_files::SourceDrift>& drifts) {
  bool drifted = false;
  for (const schema_files::SourceDrift& found : drifts) {
    drifted = drifted || !found.drift.empty();
    if (arguments.json || (arguments.quiet && found.drift.empty())) continue;
    if (arguments.verb == "diff") {
      std::fputs(schema_files::RenderUnified(found).c_str(), stdout);
    } else {
      PrintCheck(found);
    }
  }
  if (arguments.json) std::fputs(schema_files::RenderJson(drifts, PIPEWRIGHT_VERSION).c_str(), stdout);
  if (drifted && !arguments.json && !arguments.quiet) {
    std::fprintf(stderr, "the snapshot is not what the server is: piperun schema pull %s\n", arguments.file.c_str());
  }
  return drifted ? 1 : 0;
}

int RunSchema(const SchemaArguments& arguments) {
  int exit_code = 0;
  const auto program = LoadSchemaProgram(arguments, &exit_code);
  if (!program.has_value()) return exit_code;
  const auto sources = SourcesOf(program->plan, arguments.sources);
  if (!sources.ok()) {
    std::fprintf(stderr, "error: %s\n", sources.error().message().c_str());
    return 2;
  }
  std::vector<schema_files::SourceDrift> drifts;
  for (const plan::Resource* source : *sources) {
    auto found = CompareSource(*program, *source, arguments.all);
    if (!found.ok()) return ReportSourceFailure(source->name, found.error());
    if (arguments.verb != "pull") {
      drifts.push_back(AsSourceDrift(std::move(found).value()));
      continue;
    }
    const auto pulled = Pull(arguments, std::move(found).value());
    if (!pulled.ok()) return ReportSourceFailure(source->name, pulled.error());
  }
  return arguments.verb == "pull" ? 0 : Report(arguments, drifts);
}

int RunSchemaWords(const std::vector<std::string>& words) {
  const auto arguments = ParseSchemaArguments(words);
  if (arguments.ok()) return RunSchema(*arguments);
  std::fprintf(stderr, "error: %s\n", arguments.error().message().c_str());
  return 2;
}

}  // namespace

Subcommand SchemaSubcommand() {
  return {.name = "schema", .lines = kSchemaLines, .help = kSchemaHelp, .run = RunSchemaWords};
}

}  // namespace cdc::driver
