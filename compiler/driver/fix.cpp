#include "compiler/fix/fix.h"

#include <ostream>

#include "compiler/command/findings.h"
#include "compiler/driver/command.h"
#include "compiler/lint/dates.h"
#include "compiler/load/markdown.h"
#include "compiler/load/paths.h"
#include "compiler/load/replace_file.h"
#include "compiler/load/snapshot.h"
#include "stdlib/core/unified_diff.h"

namespace cdc::driver {

using namespace command;
namespace {

constexpr const char* kFixLines =
    "  pipec fix PATH…         makes the fixes that lint offers, in place; --dry-run shows them as a diff\n";

constexpr const char* kFixHelp = R"(pipec fix PATH… [options]

Makes the fixes that `pipec lint` offers, in place, as long as there are any: those that change nothing of what a program does.
A directory stands for the `.pipe` files in it, as in `pipec lint`. Where two fixes get in each other's way the first in the
text is made, then the file is looked at again. No fix is made that leaves a syntax error or more errors than before.
What a comment allows, or the project switches off, stays. Errors that are left are written to standard error.

  --unsafe                makes also the fixes that somebody should look at, such as `did you mean`
  --dry-run               changes nothing; writes a unified diff to standard output, and ends with 1 if there is any
  --edition N             rewrites for an edition of the language; there is one, 1
  --today YYYY-MM-DD      the day by which comments expire; default: today in UTC
  --format FORMAT         how errors are written: human (default), compact, json, sarif, github, gitlab, junit
  --param NAME=VALUE, --params FILE, --schema DIR, --require-schema, --color WHEN, --quiet: as in pipec --help

Exit codes: 0 no errors are left · 1 errors are left, or a diff with --dry-run · 2 wrong usage, or a file that cannot be read or written.
)";

struct FixOptions {
  bool unsafe = false;
  bool dry_run = false;
  std::string today;
};

// Every file is fixed on its own. Standard output has the diff; everything else goes to standard error.
class FixRun {
 public:
  FixRun(const Options& options, const FixOptions& fix, const Terminal& terminal)
      : options_(options), fix_(fix), terminal_(terminal) {}

  int Run() {
    load::FoundFiles found = load::FindPrograms(options_.files, {".pipe"});
    findings_.usage_errors = found.errors;
    for (const std::string& path : found.files) One(path);
    // Warnings and style that are left are what `lint` shows.
    diag::Diagnostics errors;
    for (const diag::Diagnostic& one : findings_.diagnostics.all()) {
      if (one.severity == diag::Severity::kError) errors.Add(one);
    }
    findings_.diagnostics = std::move(errors);
    Options without_summary = options_;
    without_summary.quiet = true;
    Write(findings_, without_summary, terminal_, true);
    const bool summary = options_.form == Form::kHuman && !options_.quiet && findings_.usage_errors.empty();
    if (summary) terminal_.err << (findings_.diagnostics.empty() ? "" : "\n") << Summary();
    const int code = findings_.ExitCode();
    return code == 0 && fix_.dry_run && changed_ > 0 ? 1 : code;
  }

 private:
  void One(const std::string& path) {
    if (load::IsMarkdown(path)) {
      findings_.usage_errors.push_back("`" + path +
                                       "` is Markdown, whose programs `pipec lint` looks at and nothing rewrites");
      return;
    }
    Result<std::string> text = load::ReadFile(path);
    if (!text.ok()) {
      findings_.usage_errors.push_back(text.error().message());
      return;
    }
    fix::Fixed fixed = fix::FixText(path, *text, options_.compile, fix_.unsafe);
    findings_.Add(fixed.remaining);
    if (fixed.text == *text) return;
    ++changed_;
    fixes_ += fixed.fixes;
    if (fix_.dry_run) {
      terminal_.out << UnifiedDiff(path, *text, path, fixed.text);
      return;
    }
    Status status = load::ReplaceFile(path, fixed.text);
    if (!status.ok()) findings_.usage_errors.push_back(status.error().message());
  }

  std::string Summary() const {
    std::string text = Counted(findings_.programs, "file") + ": ";
    if (fixes_ == 0) return text + "nothing to fix\n";
    return text + std::to_string(fixes_) + (fixes_ == 1 ? " fix" : " fixes") + (fix_.dry_run ? " to make" : " made") +
           " in " + Counted(changed_, "file") + "\n";
  }

  const Options& options_;
  const FixOptions& fix_;
  const Terminal& terminal_;
  Findings findings_;
  size_t changed_ = 0;
  size_t fixes_ = 0;
};

Status ReadEdition(const std::string& value) {
  if (value == "1") return OkStatus();
  return Usage("`--edition` is 1, the only one that this release knows, not `" + value + "`");
}

Result<int> Fix(const std::vector<std::string>& words, const Terminal& terminal) {
  FixOptions fix{.today = terminal.today};
  auto set = [](bool* flag) {
    return [flag](const std::string&) {
      *flag = true;
      return OkStatus();
    };
  };
  auto today = [&](const std::string& value) -> Status {
    if (!lint::ReadDay(value)) return Usage("`--today` is a day as 2026-11-21, not `" + value + "`");
    fix.today = value;
    return OkStatus();
  };
  ASSIGN_OR_RETURN(Options options, ReadOptions(words, {{"--unsafe", false, set(&fix.unsafe)},
                                                        {"--dry-run", false, set(&fix.dry_run)},
                                                        {"--edition", true, ReadEdition},
                                                        {"--today", true, today}}));
  if (options.files.empty()) return Usage("`pipec fix` needs a path");
  options.compile.lint.emplace();
  options.compile.lint->today = fix.today;
  options.compile.snapshots = std::make_shared<load::SnapshotCache>();
  return FixRun(options, fix, terminal).Run();
}

}  // namespace

Command FixCommand() { return {.name = "fix", .lines = kFixLines, .help = kFixHelp, .run = Fix}; }

}  // namespace cdc::driver
