// Every fix that a golden case of lint offers is made, alone: the program must have no new error, and the rule one
// finding less.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "compiler/compile/compile.h"
#include "tests/unit/compiler/program_folder.h"

namespace cdc::lint {
namespace {

namespace fs = std::filesystem;
using compile::Compiled;
using diag::Kind;
using testing::ProgramFolder;

// The files of a case: what stands behind `--- input` and `--- file NAME`.
std::map<std::string, std::string> InputsOf(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::map<std::string, std::string> files;
  std::string* current = nullptr;
  for (std::string line; std::getline(in, line);) {
    bool input = line == "--- input";
    if (input || line.rfind("--- file ", 0) == 0) {
      current = &files[input ? "case.pipe" : line.substr(9)];
    } else if (line == "--- diagnostics" || line == "--- exit" || line == "--- stderr" ||
               line.rfind("--- file-out", 0) == 0) {
      current = nullptr;
    } else if (current != nullptr) {
      *current += line + "\n";
    }
  }
  return files;
}

Compiled LintFile(const std::string& path) {
  compile::CompileOptions options;
  options.lint.emplace();
  options.lint->today = "2026-11-21";
  return compile::Compile(path, options);
}

std::string Applied(const diag::Fix& fix, std::string text) {
  std::vector<diag::Edit> edits = fix.edits;
  std::sort(edits.begin(), edits.end(), [](const auto& a, const auto& b) { return a.span.begin > b.span.begin; });
  for (const diag::Edit& edit : edits) {
    text = text.substr(0, edit.span.begin) + edit.replacement + text.substr(edit.span.end);
  }
  return text;
}

long CountOf(const Compiled& compiled, Kind kind) {
  const auto& all = compiled.diagnostics.all();
  return std::count_if(all.begin(), all.end(), [&](const diag::Diagnostic& found) { return found.kind == kind; });
}

TEST(Fixes, MendWhatTheyAreAbout) {
  std::set<Kind> mended;
  for (const auto& entry : fs::directory_iterator(fs::path(PIPEWRIGHT_ROOT) / "tests/golden/lint")) {
    std::map<std::string, std::string> files = InputsOf(entry.path());
    if (files.count("case.pipe") == 0) continue;
    ProgramFolder folder;
    for (const auto& [name, text] : files) folder.Write(name, text);
    const std::string path = folder.Path("case.pipe");
    const Compiled before = LintFile(path);
    for (const diag::Diagnostic& found : before.diagnostics.all()) {
      if (diag::KindSeverity(found.kind) == diag::Severity::kError || found.span.file != 0) continue;
      for (const diag::Fix& fix : found.fixes) {
        const std::string after_text = Applied(fix, files["case.pipe"]);
        folder.Write("case.pipe", after_text);
        const Compiled after = LintFile(path);
        std::string where =
            entry.path().filename().string() + ": " + found.message + ": " + fix.title + "\n" + after_text;
        EXPECT_LE(after.diagnostics.Count(diag::Severity::kError), before.diagnostics.Count(diag::Severity::kError))
            << where << diag::RenderCompact(after.diagnostics, *after.files);
        EXPECT_LT(CountOf(after, found.kind), CountOf(before, found.kind)) << where;
        mended.insert(found.kind);
      }
    }
  }
  EXPECT_GE(mended.size(), 13u);
}

}  // namespace
}  // namespace cdc::lint
