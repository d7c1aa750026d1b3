#include "compiler/driver/fmt.h"

#include <cstdlib>
#include <iostream>
#include <iterator>
#include <optional>

#include "compiler/diag/render.h"
#include "compiler/format/format.h"
#include "compiler/load/paths.h"
#include "compiler/load/replace_file.h"
#include "compiler/load/snapshot.h"

namespace cdc::driver {
namespace {

constexpr const char* kStandardInput = "-";

class Formatter {
 public:
  Formatter(const Arguments& arguments, const Terminal& terminal) : arguments_(arguments), terminal_(terminal) {}

  int Run() {
    std::vector<std::string> paths;
    bool standard_input = false;
    for (const std::string& path : arguments_.files) {
      standard_input = standard_input || path == kStandardInput;
      if (path != kStandardInput) paths.push_back(path);
    }
    if (standard_input) {
      std::string text{std::istreambuf_iterator<char>(std::cin), {}};
      One(kStandardInput, std::move(text));
    }
    load::FoundFiles found = load::FindPrograms(paths, {".pipe"});
    usage_errors_.insert(usage_errors_.end(), found.errors.begin(), found.errors.end());
    for (const std::string& path : found.files) {
      Result<std::string> text = load::ReadFile(path);
      if (text.ok()) {
        One(path, std::move(*text));
      } else {
        usage_errors_.push_back(text.error().message());
      }
    }
    Report();
    const bool findings = broken_ > 0 || (arguments_.list_only && changed_ > 0);
    return !usage_errors_.empty() ? 2 : findings ? 1 : 0;
  }

 private:
  void One(const std::string& path, std::string text) {
    ++files_;
    const bool standard_input = path == kStandardInput;
    source::SourceFiles& files = sources_;
    const uint32_t file = files.Add(standard_input ? "<stdin>" : path, std::move(text));
    const std::optional<std::string> formatted = format::Format(files, file, &diagnostics_);
    if (!formatted) {
      ++broken_;
      return;
    }
    const bool changes = *formatted != files.Get(file).text();
    if (changes) ++changed_;
    if (arguments_.list_only) {
      if (changes) terminal_.out << files.Get(file).path() << "\n";
    } else if (standard_input) {
      terminal_.out << *formatted;
    } else if (changes) {
      Status status = load::ReplaceFile(path, *formatted);
      if (!status.ok()) usage_errors_.push_back(status.error().message());
    }
  }

  void Report() const {
    std::ostream& err = terminal_.err;
    const char* no_color = std::getenv("NO_COLOR");
    const bool wanted = terminal_.err_is_terminal && (no_color == nullptr || *no_color == '\0');
    const bool color = arguments_.color == Color::kAuto ? wanted : arguments_.color == Color::kAlways;
    if (arguments_.diagnostics == Form::kJson) {
      err << diag::RenderJson(diagnostics_, sources_, {}, usage_errors_);
      return;
    }
    const bool human = arguments_.diagnostics == Form::kHuman;
    err << (human ? diag::RenderText(diagnostics_, sources_, {.color = color})
                  : diag::RenderCompact(diagnostics_, sources_));
    for (const std::string& error : usage_errors_) err << "pipec: " << error << "\n";
    // An editor that sends one text wants one back.
    const bool one_text = arguments_.files.size() == 1 && arguments_.files[0] == kStandardInput;
    const bool summary = human && !arguments_.quiet && !one_text && usage_errors_.empty();
    if (summary) err << (diagnostics_.empty() ? "" : "\n") << Summary();
  }

  std::string Summary() const {
    std::string text = std::to_string(files_) + (files_ == 1 ? " file: " : " files: ");
    text += changed_ == 0 ? "none" : std::to_string(changed_);
    text += arguments_.list_only ? " to format" : " formatted";
    if (broken_ > 0) text += ", " + std::to_string(broken_) + " with syntax errors";
    return text + "\n";
  }

  const Arguments& arguments_;
  const Terminal& terminal_;
  source::SourceFiles sources_;
  diag::Diagnostics diagnostics_;
  std::vector<std::string> usage_errors_;
  size_t files_ = 0;
  size_t changed_ = 0;
  size_t broken_ = 0;
};

}  // namespace

int Fmt(const Arguments& arguments, const Terminal& terminal) { return Formatter(arguments, terminal).Run(); }

}  // namespace cdc::driver
