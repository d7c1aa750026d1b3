#include "compiler/lint/lint.h"

#include <fstream>
#include <ostream>
#include <set>

#include "compiler/command/findings.h"
#include "compiler/driver/changes.h"
#include "compiler/driver/command.h"
#include "compiler/driver/in_order.h"
#include "compiler/lint/baseline.h"
#include "compiler/lint/dates.h"
#include "compiler/load/load.h"
#include "compiler/load/markdown.h"
#include "compiler/load/paths.h"
#include "compiler/load/snapshot.h"

namespace cdc::driver {

using namespace command;
namespace {

using diag::Severity;

constexpr const char* kLintLines =
    "  pipec lint PATH…        errors, and what a program may say but should not: warnings and style\n";

constexpr const char* kLintHelp = R"(pipec lint PATH… [options]

Reports errors as `pipec check` does, and warnings and style. Warnings are looked for once a program has no errors.
A directory stands for the `.pipe` and `.md` files in it, but for what `.gitignore` excludes and names that start with a period.
In Markdown, every fenced block marked `pipe` and nothing else is a program; `pipe ignore` marks one that is not looked at.
A comment allows a finding, always with a reason: behind its line, or above what it is about.

  partition by hash (buyer_id);   -- lint:allow PIPE208 until 2027-03-01: a buyer never changes on an order
  -- lint:allow-file PIPE214: no migration tool runs on these servers

project.pipe sets levels for all: project shop { lint { PIPE204 = error; PIPE409 = off; PIPE233 = warning; } }

  --fail-level LEVEL      what makes the exit code 1: error (default), warning, style
  --enable ID, --disable ID
                          switches a rule on or off, whatever the project says; may be repeated
  --changed-since REF     leaves out what stands on lines that are as in that revision of git; errors stay
  --max N                 shows at most N findings, errors first
  --write-baseline FILE   records the findings that are no errors, instead of showing them
  --baseline FILE         leaves out what such a file has recorded; default: the project's `baseline = 'FILE';`
  --today YYYY-MM-DD      the day by which snapshots are old and comments expire; default: today in UTC
  --format FORMAT         human (default), compact (one line each), json, sarif, github, gitlab, junit
  --param NAME=VALUE, --params FILE, --schema DIR, --require-schema, --jobs N, --color WHEN, --quiet: as in pipec --help
)";

struct LintOptions {
  lint::Options lint;
  std::optional<size_t> max;
  std::string baseline;
  std::string write_baseline;
  std::string changed_since;
};

Status ReadFailLevel(const std::string& value, Severity* level) {
  for (Severity known : {Severity::kError, Severity::kWarning, Severity::kStyle}) {
    if (value != diag::SeverityName(known)) continue;
    *level = known;
    return OkStatus();
  }
  return Usage("`--fail-level` is error, warning or style, not `" + value + "`");
}

Status Want(const std::string& rule, bool on, LintOptions* options) {
  std::string why = lint::WhyNoLevel(rule);
  if (!why.empty()) return Usage(why);
  options->lint.wanted[*lint::FindRule(rule)] = on;
  return OkStatus();
}

Status ReadToday(const std::string& value, std::string* today) {
  if (!lint::ReadDay(value)) return Usage("`--today` is a day as 2026-11-21, not `" + value + "`");
  *today = value;
  return OkStatus();
}

std::vector<OwnOption> OptionsOfLint(LintOptions* options, Severity* fail_level) {
  return {
      {"--fail-level", true, [=](const std::string& value) { return ReadFailLevel(value, fail_level); }},
      {"--enable", true, [=](const std::string& value) { return Want(value, true, options); }},
      {"--disable", true, [=](const std::string& value) { return Want(value, false, options); }},
      {"--max", true,
       [=](const std::string& value) -> Status {
         ASSIGN_OR_RETURN(options->max, ReadNumber("--max", value, 0));
         return OkStatus();
       }},
      {"--today", true, [=](const std::string& value) { return ReadToday(value, &options->lint.today); }},
      {"--baseline", true,
       [=](const std::string& value) {
         options->baseline = value;
         return OkStatus();
       }},
      {"--write-baseline", true,
       [=](const std::string& value) {
         options->write_baseline = value;
         return OkStatus();
       }},
      {"--changed-since", true,
       [=](const std::string& value) {
         options->changed_since = value;
         return OkStatus();
       }},
  };
}

// Keeps the findings for which `keep` is true.
template <class Keep>
void Filter(Findings* findings, Keep keep) {
  diag::Diagnostics kept;
  for (size_t i = 0; i < findings->diagnostics.all().size(); ++i) {
    if (keep(i)) kept.Add(findings->diagnostics.all()[i]);
  }
  findings->diagnostics = std::move(kept);
}

diag::Report ReportOf(const Findings& findings) {
  return {findings.diagnostics, findings.files, findings.paths, findings.usage_errors};
}

Status LeaveOutKnown(const std::set<std::string>& paths, Findings* findings) {
  lint::Baseline all;
  for (const std::string& path : paths) {
    ASSIGN_OR_RETURN(std::string text, load::ReadFile(path));
    Result<lint::Baseline> baseline = lint::ReadBaseline(text);
    if (!baseline.ok()) return Usage("`" + path + "`: " + baseline.error().message());
    all.merge(*baseline);
  }
  size_t gone = 0;
  std::vector<bool> known = lint::KnownFindings(ReportOf(*findings), all, &gone);
  size_t before = findings->diagnostics.all().size();
  Filter(findings, [&](size_t i) { return !known[i]; });
  findings->notes.push_back(Counted(before - findings->diagnostics.all().size(), "finding") + " in the baseline");
  if (gone > 0) findings->notes.push_back(std::to_string(gone) + " of the baseline found no longer");
  return OkStatus();
}

Status Record(const std::string& path, Findings* findings) {
  std::string text = lint::WriteBaseline(ReportOf(*findings));
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << text;
  out.flush();
  if (!out.good()) return Usage("cannot write `" + path + "`");
  size_t before = findings->diagnostics.all().size();
  Filter(findings,
         [&](size_t i) { return diag::KindSeverity(findings->diagnostics.all()[i].kind) == Severity::kError; });
  findings->notes.push_back(Counted(before - findings->diagnostics.all().size(), "finding") + " recorded in `" + path +
                            "`");
  return OkStatus();
}

// Leaves out what stands on lines that are as they were. Errors stay: they are of the program as a whole.
Status LeaveOutUnchanged(const std::string& revision, const std::set<std::string>& roots, Findings* findings) {
  Changes changes;
  for (const std::string& root : roots) {
    ASSIGN_OR_RETURN(Changes some, ChangesSince(revision, root));
    changes.Add(some);
  }
  const std::vector<diag::Diagnostic>& all = findings->diagnostics.all();
  size_t before = all.size();
  Filter(findings, [&](size_t i) {
    if (!all[i].has_span || diag::KindSeverity(all[i].kind) == Severity::kError) return true;
    uint32_t line = findings->files.Get(all[i].span.file).At(all[i].span.begin).line;
    return changes.Has(findings->paths[all[i].span.file], line);
  });
  findings->notes.push_back(Counted(before - findings->diagnostics.all().size(), "finding") +
                            " on lines that are as in `" + revision + "`");
  return OkStatus();
}

// The findings to show, errors first: of `max`, the least of them.
void Cut(size_t max, Findings* findings) {
  const std::vector<diag::Diagnostic>& all = findings->diagnostics.all();
  if (all.size() <= max) return;
  std::vector<bool> shown(all.size(), false);
  size_t left = max;
  for (const diag::Diagnostic* diagnostic : diag::BySeverity(findings->diagnostics)) {
    if (left-- == 0) break;
    shown[static_cast<size_t>(diagnostic - all.data())] = true;
  }
  size_t more = all.size() - max;
  Filter(findings, [&](size_t i) { return shown[i]; });
  findings->notes.push_back(std::to_string(more) + " more not shown (--max)");
}

// What is linted on its own: a file, or a block of a Markdown file.
struct Unit {
  std::string path;
  std::optional<std::string> text;  // of a block
  bool opens_file = true;           // the first of its file
};

std::vector<Unit> UnitsOf(const std::vector<std::string>& paths, Findings* findings) {
  std::vector<Unit> units;
  for (const std::string& path : paths) {
    if (!load::IsMarkdown(path)) {
      units.push_back({path, std::nullopt});
      continue;
    }
    Result<std::string> text = load::ReadFile(path);
    if (!text.ok()) {
      findings->usage_errors.push_back(text.error().message());
      continue;
    }
    bool first = true;
    for (std::string& program : load::ProgramsInMarkdown(*text)) {
      units.push_back({path, std::move(program), first});
      first = false;
    }
  }
  return units;
}

Result<int> Lint(const std::vector<std::string>& words, const Terminal& terminal) {
  LintOptions lint;
  lint.lint.today = terminal.today;
  Severity fail_level = Severity::kError;
  ASSIGN_OR_RETURN(Options options, ReadOptions(words, OptionsOfLint(&lint, &fail_level)));
  if (options.files.empty()) return Usage("`pipec lint` needs a path");
  if (!lint.baseline.empty() && !lint.write_baseline.empty()) {
    return Usage("`--baseline` and `--write-baseline` are two runs");
  }
  options.fail_level = fail_level;
  options.compile.lint = lint.lint;
  options.compile.snapshots = std::make_shared<load::SnapshotCache>();
  Findings findings;
  std::set<std::string> baselines;
  std::set<std::string> roots;
  if (!lint.baseline.empty()) baselines.insert(lint.baseline);
  load::FoundFiles found = load::FindPrograms(options.files, {".pipe", ".md"});
  findings.usage_errors = found.errors;
  const std::vector<Unit> units = UnitsOf(found.files, &findings);
  auto take = [&](const compile::Compiled& compiled) {
    if (lint.baseline.empty() && !compiled.baseline.empty()) baselines.insert(compiled.baseline);
    if (!compiled.root.empty()) roots.insert(compiled.root);
    findings.Add(compiled);
  };
  auto compile = [&](size_t i) {
    compile::CompileOptions own = options.compile;
    own.text = units[i].text;
    return compile::Compile(units[i].path, own);
  };
  size_t taken = 0;
  InOrder(units.size(), options.jobs, compile, [&](const compile::Compiled& compiled) {
    take(compiled);
    if (!units[taken++].opens_file) --findings.programs;
  });
  if (!lint.write_baseline.empty()) {
    if (findings.usage_errors.empty()) RETURN_IF_ERROR(Record(lint.write_baseline, &findings));
  } else if (!baselines.empty()) {
    RETURN_IF_ERROR(LeaveOutKnown(baselines, &findings));
  }
  if (!lint.changed_since.empty()) RETURN_IF_ERROR(LeaveOutUnchanged(lint.changed_since, roots, &findings));
  const int code = findings.ExitCode(fail_level);
  if (lint.max) Cut(*lint.max, &findings);
  Write(findings, options, terminal, false);
  return code;
}

}  // namespace

Command LintCommand() { return {.name = "lint", .lines = kLintLines, .help = kLintHelp, .run = Lint}; }

}  // namespace cdc::driver
