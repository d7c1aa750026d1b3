#include "compiler/fix/fix.h"

#include <algorithm>
#include <set>
#include <utility>

#include "compiler/fix/apply.h"

namespace cdc::fix {
namespace {

using compile::Compiled;
using diag::Severity;

constexpr uint32_t kOwnFile = 0;
constexpr int kFirstOfMeaning = 100;  // ids below are about how a file is written

class Fixer {
 public:
  Fixer(const std::string& path, compile::CompileOptions options, bool unsafe)
      : path_(path), options_(std::move(options)), unsafe_(unsafe) {}

  Fixed Run(const std::string& text) {
    fixed_.text = text;
    fixed_.remaining = Look(text);
    for (int round = 0; round < kRoundsMax; ++round) {
      if (!Round()) return std::move(fixed_);
    }
    fixed_.settled = Wanted().empty();
    return std::move(fixed_);
  }

 private:
  Compiled Look(const std::string& text) {
    options_.text = text;
    return compile::Compile(path_, options_);
  }

  // The fix of each finding: the first that may be made. What is used by nobody stays while there are errors: a
  // misspelt name may mean it.
  std::vector<diag::Fix> Wanted() const {
    std::vector<diag::Fix> wanted;
    const bool errors = fixed_.remaining.diagnostics.has_errors();
    for (const diag::Diagnostic& found : fixed_.remaining.diagnostics.all()) {
      if (errors && found.kind == diag::Kind::kUnusedDeclaration) continue;
      for (const diag::Fix& fix : found.fixes) {
        const bool may = unsafe_ || fix.applicability == diag::Applicability::kMachine;
        const bool own = std::all_of(fix.edits.begin(), fix.edits.end(),
                                     [](const diag::Edit& edit) { return edit.span.file == kOwnFile; });
        if (!may || !own || fix.edits.empty() || refused_.count(Name(fix)) != 0) continue;
        wanted.push_back(fix);
        break;
      }
    }
    return wanted;
  }

  // Makes what there is; false if that is nothing.
  bool Round() {
    const std::vector<diag::Fix> wanted = Wanted();
    if (wanted.empty()) return false;
    if (Try(wanted)) return true;
    // Some of them do harm: each alone.
    for (const diag::Fix& fix : wanted) {
      if (Try({fix})) return true;
      refused_.insert(Name(fix));
    }
    return false;
  }

  bool Try(const std::vector<diag::Fix>& fixes) {
    std::vector<size_t> applied;
    std::string text = Apply(fixed_.text, fixes, &applied);
    if (applied.empty() || text == fixed_.text) return false;
    Compiled after = Look(text);
    if (IsWorse(after, fixed_.remaining)) return false;
    fixed_.text = std::move(text);
    fixed_.fixes += applied.size();
    fixed_.remaining = std::move(after);
    return true;
  }

  // More mistakes in how it is written, or, where that is as it was, more errors. Once a file can be read, more may be
  // found in it.
  static bool IsWorse(const Compiled& after, const Compiled& before) {
    const size_t syntax_after = SyntaxErrors(after);
    const size_t syntax_before = SyntaxErrors(before);
    if (syntax_after != syntax_before) return syntax_after > syntax_before;
    return after.diagnostics.Count(Severity::kError) > before.diagnostics.Count(Severity::kError);
  }

  static size_t SyntaxErrors(const Compiled& compiled) {
    const auto& all = compiled.diagnostics.all();
    return static_cast<size_t>(std::count_if(all.begin(), all.end(), [](const diag::Diagnostic& found) {
      return found.severity == Severity::kError && static_cast<int>(found.kind) < kFirstOfMeaning && found.has_span &&
             found.span.file == kOwnFile;
    }));
  }

  static std::string Name(const diag::Fix& fix) {
    std::string name = fix.title;
    for (const diag::Edit& edit : fix.edits) name += " " + std::to_string(edit.span.begin) + " " + edit.replacement;
    return name;
  }

  const std::string& path_;
  compile::CompileOptions options_;
  const bool unsafe_;
  Fixed fixed_;
  std::set<std::string> refused_;
};

}  // namespace

Fixed FixText(const std::string& path, const std::string& text, const compile::CompileOptions& options, bool unsafe) {
  return Fixer(path, options, unsafe).Run(text);
}

}  // namespace cdc::fix
