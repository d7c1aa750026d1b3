#pragma once

#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "compiler/diag/render.h"
#include "compiler/format/format.h"
#include "compiler/parse/lex.h"
#include "compiler/parse/parse.h"

namespace cdc::format {

// A text and its layout, if it has one.
struct Formatted {
  explicit Formatted(std::string text) { layout = Format(files, files.Add("t.pipe", std::move(text)), &diagnostics); }
  std::string Errors() const { return RenderCompact(diagnostics, files); }

  source::SourceFiles files;
  diag::Diagnostics diagnostics;
  std::optional<std::string> layout;
};

inline std::vector<parse::Token> TokensOf(const std::string& text) {
  diag::Diagnostics unheard;
  return parse::Lex(source::SourceText("t.pipe", text), 0, &unheard).tokens;
}

inline std::string ReadAll(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream read;
  read << in.rdbuf();
  return read.str();
}

// The example programs, and one with every rule of the grammar.
inline std::vector<std::string> WrittenInTheLayout() {
  std::vector<std::string> texts;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(std::string(PIPEWRIGHT_ROOT) + "/examples")) {
    if (entry.path().extension() == ".pipe") texts.push_back(ReadAll(entry.path()));
  }
  texts.push_back(ReadAll(std::string(PIPEWRIGHT_ROOT) + "/tests/unit/compiler/format/everything.pipe"));
  return texts;
}

// The programs in golden cases: what stands under `--- input` and `--- file x.pipe`.
inline std::vector<std::string> GoldenPrograms() {
  std::vector<std::string> texts;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(std::string(PIPEWRIGHT_ROOT) + "/tests/golden")) {
    if (entry.path().extension() != ".test") continue;
    std::istringstream lines(ReadAll(entry.path()));
    bool inside = false;
    for (std::string line; std::getline(lines, line);) {
      const bool program = line == "--- input" || (line.rfind("--- file ", 0) == 0 && line.find(".pipe") != line.npos);
      bool section = program;
      for (const char* other : {"--- file ", "--- stdin", "--- diagnostics", "--- std", "--- exit", "--- file-out "}) {
        section = section || line.rfind(other, 0) == 0;
      }
      if (section) inside = program;
      if (program) texts.emplace_back();
      if (inside && !section) texts.back() += line + "\n";
    }
  }
  return texts;
}

}  // namespace cdc::format
