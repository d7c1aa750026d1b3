// Every program of lint's golden cases, fixed: it still parses, it has no more errors, and there is nothing left to
// fix.

#include "compiler/fix/fix.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/unit/compiler/program_folder.h"

namespace cdc::fix {
namespace {

namespace fs = std::filesystem;

// Writes the files of a case, `--- input` as case.pipe.
void WriteInputs(const fs::path& path, testing::ProgramFolder* folder) {
  std::ifstream in(path, std::ios::binary);
  std::string name;
  std::string text;
  auto write = [&] {
    if (!name.empty()) folder->Write(name, text);
    name.clear();
    text.clear();
  };
  for (std::string line; std::getline(in, line);) {
    const bool section = line.rfind("--- input", 0) == 0 || line.rfind("--- file", 0) == 0 ||
                         line.rfind("--- diagnostics", 0) == 0 || line.rfind("--- std", 0) == 0 || line == "--- exit";
    if (section) write();
    if (line == "--- input") {
      name = "case.pipe";
    } else if (line.rfind("--- file ", 0) == 0) {
      name = line.substr(9);
    } else if (!section) {
      text += line + "\n";
    }
  }
  write();
}

TEST(FixText, SettlesOnEveryProgramOfLint) {
  size_t changed = 0;
  for (const auto& entry : fs::directory_iterator(fs::path(PIPEWRIGHT_ROOT) / "tests/golden/lint")) {
    for (bool unsafe : {false, true}) {
      testing::ProgramFolder folder;
      WriteInputs(entry.path(), &folder);
      const std::string path = folder.Path("case.pipe");
      if (!fs::exists(path)) continue;
      std::ifstream in(path, std::ios::binary);
      const std::string text{std::istreambuf_iterator<char>(in), {}};
      compile::CompileOptions options;
      options.lint.emplace();
      options.lint->today = "2026-11-21";
      const int errors = compile::Compile(path, options).diagnostics.Count(diag::Severity::kError);
      const Fixed once = FixText(path, text, options, unsafe);
      const std::string where = entry.path().filename().string() + "\n" + once.text;
      EXPECT_TRUE(once.settled) << where;
      EXPECT_LE(once.remaining.diagnostics.Count(diag::Severity::kError), errors) << where;
      EXPECT_EQ(once.text != text, once.fixes > 0) << where;
      if (once.fixes > 0) ++changed;
      const Fixed twice = FixText(path, once.text, options, unsafe);
      EXPECT_EQ(twice.text, once.text) << where;
    }
  }
  EXPECT_GT(changed, 10u);
}

}  // namespace
}  // namespace cdc::fix
