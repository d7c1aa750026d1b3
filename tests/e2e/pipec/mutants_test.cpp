// What one slip of the hand costs. Every token of the example programs and their libraries is deleted, doubled and
// swapped with the next, and each text that this breaks is checked as `pipec check` does it, with the schema snapshot:
// there are few errors, each in its place, and the other declarations are still checked.
//
// "Still checked" is seen, not assumed: one mistake is planted in every declaration that the slip did not touch, of a
// kind that only the checker can find (a wrong value, an illegal action), and each of these mistakes must be reported.
// A slip at the border of two declarations touches the one whose token it is, a swap there both. Imports and `edition`
// have nothing to plant in.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <sstream>

#include "compiler/compile/compile.h"
#include "compiler/load/snapshot.h"
#include "compiler/parse/blocks.h"
#include "compiler/parse/lex.h"

namespace cdc {
namespace {

using parse::IsPunctuation;
using parse::Token;

enum class Slip { kDelete, kDouble, kSwap };
constexpr Slip kSlips[] = {Slip::kDelete, Slip::kDouble, Slip::kSwap};

// A text put into a program in front of a byte offset.
struct Insertion {
  uint32_t at = 0;
  std::string text;
};

struct Declaration {
  size_t begin = 0;  // tokens [begin, end)
  size_t end = 0;
  std::optional<Insertion> mistake;  // nothing: an import or `edition`
};

struct Program {
  std::string path;
  std::string text;
  std::vector<Token> tokens;
  std::vector<Declaration> declarations;
  std::set<std::string> own_errors;  // messages of the program as it is
};

// The mistake to plant in a declaration.
std::optional<Insertion> MistakeFor(const std::vector<Token>& tokens, size_t begin, size_t end) {
  const auto first = [&](const char* text) {
    size_t at = begin;
    while (!IsPunctuation(tokens[at], text)) ++at;
    return at;
  };
  const auto last = [&](const char* text) {
    size_t at = end;
    while (!IsPunctuation(tokens[--at], text)) continue;
    return at;
  };
  const auto behind = [&](size_t token, const char* text) { return Insertion{tokens[token].end, text}; };
  const auto before = [&](size_t token, const char* text) { return Insertion{tokens[token].begin, text}; };
  const std::string& word = tokens[begin].word;
  const bool of_clauses =
      word == "pipe" || (word == "preset" && (tokens[begin + 3].word == "pipe" || tokens[begin + 3].word == "table"));
  if (word == "import" || word == "edition") return std::nullopt;
  if (of_clauses) return behind(first("{"), " on insert pause;");
  if (word == "param") {
    for (size_t at = begin; at < end; ++at) {
      if (IsPunctuation(tokens[at], "=")) return before(last(";"), " + 'planted'");
    }
    return before(last(";"), " = upper(1, 2)");
  }
  if (word == "secret") return before(last(")"), ", 'planted'");
  if (word == "function") return behind(first("="), " upper(1, 2) =");
  if (word == "sensitive") return before(last(")"), ", r'(planted'");
  const auto first_word = [&](const char* text) {
    size_t at = begin;
    while (tokens[at].word != text) ++at;
    return at;
  };
  if (word == "alert") return behind(first_word("when"), " 5s and");
  if (word == "test") return behind(first_word("given") + 1, " insert into planted.t (a, a) values (1, 1);");
  return behind(first("{"), " planted = 1;");
}

class Checker {
 public:
  compile::Compiled Check(const Program& program, std::string text) const {
    compile::CompileOptions options;
    options.text = std::move(text);
    options.snapshots = snapshots_;
    return compile::Compile(program.path, options);
  }

 private:
  std::shared_ptr<load::SnapshotCache> snapshots_ = std::make_shared<load::SnapshotCache>();
};

Program Read(const std::filesystem::path& path, const Checker& checker) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream read;
  read << in.rdbuf();
  Program program{path.string(), read.str(), {}, {}, {}};
  source::SourceFiles files;
  diag::Diagnostics none;
  program.tokens = parse::Lex(files.Get(files.Add("t.pipe", program.text)), 0, &none).tokens;
  const std::vector<size_t> starts = parse::DeclarationStarts(program.tokens);
  for (size_t i = 0; i < starts.size(); ++i) {
    const size_t end = i + 1 < starts.size() ? starts[i + 1] : program.tokens.size() - 1;
    program.declarations.push_back({starts[i], end, MistakeFor(program.tokens, starts[i], end)});
  }
  const compile::Compiled compiled = checker.Check(program, program.text);
  for (const diag::Diagnostic& one : compiled.diagnostics.all()) program.own_errors.insert(one.message);
  return program;
}

// The slip as text: what stands instead of bytes [begin, end).
struct Change {
  uint32_t begin = 0;
  uint32_t end = 0;
  std::string text;
};

Change Slipped(const Program& program, size_t token, Slip slip) {
  const auto slice = [&](uint32_t begin, uint32_t end) { return program.text.substr(begin, end - begin); };
  const Token& one = program.tokens[token];
  const std::string own = slice(one.begin, one.end);
  if (slip == Slip::kDelete) return {one.begin, one.end, ""};
  if (slip == Slip::kDouble) return {one.begin, one.end, own + " " + own};
  const Token& next = program.tokens[token + 1];
  return {one.begin, next.end, slice(next.begin, next.end) + slice(one.end, next.begin) + " " + own};
}

// The program with one change and mistakes planted around it.
struct Planted {
  std::string text;
  std::vector<std::pair<uint32_t, uint32_t>> mistakes;  // byte ranges
};

Planted Plant(const Program& program, const Change& change, const std::vector<Insertion>& mistakes) {
  Planted planted;
  uint32_t copied = 0;
  const auto copy_to = [&](uint32_t offset) {
    if (copied <= change.begin && change.begin < offset) {
      planted.text += program.text.substr(copied, change.begin - copied) + change.text;
      copied = change.end;
    }
    planted.text += program.text.substr(copied, offset - copied);
    copied = offset;
  };
  for (const Insertion& mistake : mistakes) {
    copy_to(mistake.at);
    const uint32_t begin = static_cast<uint32_t>(planted.text.size());
    planted.text += mistake.text;
    planted.mistakes.emplace_back(begin, static_cast<uint32_t>(planted.text.size()));
  }
  copy_to(static_cast<uint32_t>(program.text.size()));
  return planted;
}

bool Finds(const compile::Compiled& compiled, std::pair<uint32_t, uint32_t> mistake) {
  const std::vector<diag::Diagnostic>& all = compiled.diagnostics.all();
  return std::any_of(all.begin(), all.end(), [&](const diag::Diagnostic& one) {
    return one.span.file == 0 && one.span.begin < mistake.second && mistake.first < one.span.end;
  });
}

// Errors of the slip alone. Every diagnostic has a place in its file.
size_t Errors(const Program& program, const compile::Compiled& compiled) {
  size_t errors = 0;
  for (const diag::Diagnostic& one : compiled.diagnostics.all()) {
    EXPECT_TRUE(one.has_span) << one.message;
    EXPECT_LE(one.span.begin, one.span.end) << one.message;
    EXPECT_LE(one.span.end, compiled.files->Get(one.span.file).text().size()) << one.message;
    EXPECT_NE(one.message, "");
    if (one.severity == diag::Severity::kError && program.own_errors.count(one.message) == 0) ++errors;
  }
  return errors;
}

struct Tally {
  std::vector<size_t> errors;  // of each broken text
  size_t kept = 0;             // texts whose other declarations are all still checked
  std::multimap<size_t, std::string> worst;
  std::vector<std::string> lost;  // declarations that were not checked, by their opening words
};

void Try(const Program& program, size_t token, Slip slip, const Checker& checker, Tally* tally) {
  const Change change = Slipped(program, token, slip);
  const compile::Compiled compiled = checker.Check(program, Plant(program, change, {}).text);
  const size_t errors = Errors(program, compiled);
  if (errors == 0) return;
  tally->errors.push_back(errors);
  const std::string where = program.path + " token " + std::to_string(token) + " slip " +
                            std::to_string(static_cast<int>(slip)) + " `" +
                            program.text.substr(change.begin, change.end - change.begin) + "`";
  tally->worst.emplace(errors, where + "\n" + diag::RenderCompact(compiled.diagnostics, *compiled.files));
  if (tally->worst.size() > 5) tally->worst.erase(tally->worst.begin());
  std::vector<Insertion> mistakes;
  std::vector<std::string> words;
  for (const Declaration& declaration : program.declarations) {
    const size_t touched_last = token + (slip == Slip::kSwap ? 1 : 0);
    if (!declaration.mistake || (declaration.begin <= touched_last && token < declaration.end)) continue;
    mistakes.push_back(*declaration.mistake);
    words.push_back(program.tokens[declaration.begin].word);
  }
  const Planted planted = Plant(program, change, mistakes);
  const compile::Compiled found = checker.Check(program, planted.text);
  bool all = true;
  for (size_t i = 0; i < planted.mistakes.size(); ++i) {
    if (Finds(found, planted.mistakes[i])) continue;
    all = false;
    tally->lost.push_back(words[i] + " after " + where);
  }
  tally->kept += all ? 1 : 0;
}

std::vector<Program> Programs(const Checker& checker) {
  std::vector<Program> programs;
  const std::filesystem::path examples = std::string(PIPEWRIGHT_ROOT) + "/examples";
  for (const char* name :
       {"hello.pipe", "orders.pipe", "shards.pipe", "payments.pipe", "lib/masks.pipe", "lib/house.pipe"}) {
    programs.push_back(Read(examples / name, checker));
  }
  return programs;
}

TEST(Mutants, EveryPlantedMistakeIsFoundInWholePrograms) {
  const Checker checker;
  for (const Program& program : Programs(checker)) {
    std::vector<Insertion> mistakes;
    for (const Declaration& declaration : program.declarations) {
      if (declaration.mistake) mistakes.push_back(*declaration.mistake);
    }
    const Planted planted = Plant(program, {0, 0, ""}, mistakes);
    const compile::Compiled compiled = checker.Check(program, planted.text);
    for (const auto& mistake : planted.mistakes) {
      EXPECT_TRUE(Finds(compiled, mistake)) << program.path << planted.text.substr(mistake.first - 100, 200) << "\n"
                                            << diag::RenderCompact(compiled.diagnostics, *compiled.files);
    }
  }
}

TEST(Mutants, FewErrorsAndTheOtherDeclarationsChecked) {
  const Checker checker;
  Tally tally;
  for (const Program& program : Programs(checker)) {
    for (const Slip slip : kSlips) {
      const size_t last = program.tokens.size() - (slip == Slip::kSwap ? 2 : 1);
      for (size_t token = 0; token < last; ++token) Try(program, token, slip, checker, &tally);
    }
  }
  std::sort(tally.errors.begin(), tally.errors.end());
  const size_t broken = tally.errors.size();
  ASSERT_GT(broken, 4000u);
  const size_t median = tally.errors[broken / 2];
  const size_t p95 = tally.errors[broken * 95 / 100];
  std::cout << broken << " broken texts: median " << median << ", p95 " << p95 << ", most " << tally.errors.back()
            << " errors; other declarations all checked in " << tally.kept << "\n";
  for (const auto& [errors, text] : tally.worst) std::cout << errors << " errors: " << text;
  for (const std::string& one : tally.lost) std::cout << "not checked: " << one << "\n";
  EXPECT_LE(median, 2u);
  EXPECT_LE(p95, 5u);
  EXPECT_GE(tally.kept * 100, broken * 97);
}

}  // namespace
}  // namespace cdc
