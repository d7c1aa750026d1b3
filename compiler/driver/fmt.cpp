#include <iostream>
#include <iterator>
#include <optional>
#include <ostream>

#include "compiler/command/findings.h"
#include "compiler/driver/command.h"
#include "compiler/format/format.h"
#include "compiler/load/paths.h"
#include "compiler/load/replace_file.h"
#include "compiler/load/snapshot.h"
#include "stdlib/core/unified_diff.h"

namespace cdc::driver {

using namespace command;
namespace {

constexpr const char* kFmtLines =
    "  pipec fmt PATH…         gives programs their layout, in place; --check only lists those that have another\n";

constexpr const char* kFmtHelp = R"(pipec fmt PATH… [options]

Gives each program the one layout: two spaces of indent, one clause to a line, words of the language in lower case, lines of at
most 100 columns, nothing aligned. Names, literals, parentheses and comments stay as they are. A directory stands for
the `.pipe` files in it, but for what `.gitignore` excludes and names that start with a period; `-` is standard input,
whose layout goes to standard output. A file with a syntax error is reported on standard error and left alone.

Blank lines between items stay, at most one. A block of settings that fits is on one line if it was:
  retry { first = 200ms; max = 30s; }

  --check                 changes nothing; lists the files that have another layout, and ends with 1 if there are any
  --diff                  changes nothing; shows what would change as a unified diff, and ends with 1 if there is any
  --format FORMAT         how errors are written: human (default), compact, json, sarif, github, gitlab, junit
  --quiet                 no summary line
  --color WHEN            auto, always, never

The options of pipec --help about parameters and schemas are taken and do nothing here.
)";

constexpr const char* kStandardInput = "-";

enum class Task { kWrite, kList, kDiff };

// Every file is read, formatted and replaced on its own, so one with a mistake stops no other. Standard output has the
// list of `--check`, the diff of `--diff`, or the text that came from standard input; everything else goes to standard
// error.
class Formatter {
 public:
  Formatter(const Options& options, Task task, const Terminal& terminal)
      : options_(options), task_(task), terminal_(terminal) {}

  // Returns 0, 1 (syntax errors; with `--check` and `--diff` other layouts) or 2 (what cannot be read or written).
  int Run() {
    std::vector<std::string> paths;
    bool standard_input = false;
    for (const std::string& path : options_.files) {
      standard_input = standard_input || path == kStandardInput;
      if (path != kStandardInput) paths.push_back(path);
    }
    if (standard_input) {
      std::string text{std::istreambuf_iterator<char>(std::cin), {}};
      One(kStandardInput, std::move(text));
    }
    load::FoundFiles found = load::FindPrograms(paths, {".pipe"});
    std::vector<std::string>& errors = findings_.usage_errors;
    errors.insert(errors.end(), found.errors.begin(), found.errors.end());
    for (const std::string& path : found.files) {
      Result<std::string> text = load::ReadFile(path);
      if (text.ok()) {
        One(path, std::move(*text));
      } else {
        errors.push_back(text.error().message());
      }
    }
    Report();
    const bool failed = broken_ > 0 || (task_ != Task::kWrite && changed_ > 0);
    return !errors.empty() ? 2 : failed ? 1 : 0;
  }

 private:
  void One(const std::string& path, std::string text) {
    ++findings_.programs;
    const bool standard_input = path == kStandardInput;
    source::SourceFiles& files = findings_.files;
    const uint32_t file = files.Add(standard_input ? "<stdin>" : path, std::move(text));
    findings_.paths.push_back(files.Get(file).path());
    const std::optional<std::string> formatted = format::Format(files, file, &findings_.diagnostics);
    if (!formatted) {
      ++broken_;
      return;
    }
    const bool changes = *formatted != files.Get(file).text();
    if (changes) ++changed_;
    if (task_ == Task::kList) {
      if (changes) terminal_.out << files.Get(file).path() << "\n";
    } else if (task_ == Task::kDiff) {
      terminal_.out << UnifiedDiff(files.Get(file).path(), files.Get(file).text(), files.Get(file).path(), *formatted);
    } else if (standard_input) {
      terminal_.out << *formatted;
    } else if (changes) {
      Status status = load::ReplaceFile(path, *formatted);
      if (!status.ok()) findings_.usage_errors.push_back(status.error().message());
    }
  }

  void Report() const {
    Options without_summary = options_;
    without_summary.quiet = true;
    Write(findings_, without_summary, terminal_, true);
    // An editor that sends one text wants one back.
    const bool one_text = options_.files.size() == 1 && options_.files[0] == kStandardInput;
    const bool summary =
        options_.form == Form::kHuman && !options_.quiet && !one_text && findings_.usage_errors.empty();
    if (summary) terminal_.err << (findings_.diagnostics.empty() ? "" : "\n") << Summary();
  }

  std::string Summary() const {
    std::string text = Counted(findings_.programs, "file") + ": ";
    text += changed_ == 0 ? "none" : std::to_string(changed_);
    text += task_ == Task::kWrite ? " formatted" : " to format";
    if (broken_ > 0) text += ", " + std::to_string(broken_) + " with syntax errors";
    return text + "\n";
  }

  const Options& options_;
  const Task task_;
  const Terminal& terminal_;
  Findings findings_;
  size_t changed_ = 0;
  size_t broken_ = 0;
};

Result<int> Fmt(const std::vector<std::string>& words, const Terminal& terminal) {
  Task task = Task::kWrite;
  const auto choose = [&](Task chosen) {
    return [&task, chosen](const std::string&) {
      if (task != Task::kWrite && task != chosen) return Status(Usage("`--check` and `--diff` are two runs"));
      task = chosen;
      return OkStatus();
    };
  };
  ASSIGN_OR_RETURN(Options options, ReadOptions(words, {{"--check", false, choose(Task::kList)},
                                                        {"--diff", false, choose(Task::kDiff)}}));
  if (options.files.empty()) return Usage("`pipec fmt` needs a path");
  return Formatter(options, task, terminal).Run();
}

}  // namespace

Command FmtCommand() { return {.name = "fmt", .lines = kFmtLines, .help = kFmtHelp, .run = Fmt}; }

}  // namespace cdc::driver
