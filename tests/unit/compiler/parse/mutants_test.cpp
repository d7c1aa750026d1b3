// Every single-token deletion, duplication and swap of the example programs: no crash, few errors, the other
// declarations kept.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

#include "compiler/parse/lex.h"
#include "tests/unit/compiler/parse/parsed.h"

namespace cdc::parse {
namespace {

enum class Mutation { kDelete, kDouble, kSwap };

std::string Mutate(const std::string& text, const std::vector<Token>& tokens, size_t i, Mutation mutation) {
  auto slice = [&](uint32_t begin, uint32_t end) { return text.substr(begin, end - begin); };
  const Token& token = tokens[i];
  std::string own = slice(token.begin, token.end);
  if (mutation == Mutation::kDelete) return text.substr(0, token.begin) + text.substr(token.end);
  if (mutation == Mutation::kDouble) return text.substr(0, token.end) + " " + own + text.substr(token.end);
  const Token& next = tokens[i + 1];
  return text.substr(0, token.begin) + slice(next.begin, next.end) + slice(token.end, next.begin) + " " + own +
         text.substr(next.end);
}

TEST(Mutants, FewErrorsAndNothingElseLost) {
  std::vector<size_t> counts;
  size_t kept = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(std::string(PIPEWRIGHT_ROOT) + "/examples")) {
    if (entry.path().extension() != ".pipe") continue;
    std::ifstream in(entry.path(), std::ios::binary);
    std::stringstream read;
    read << in.rdbuf();
    const std::string text = read.str();
    Parsed whole(text);
    diag::Diagnostics none;
    std::vector<Token> tokens = Lex(whole.files.Get(0), 0, &none).tokens;
    for (Mutation mutation : {Mutation::kDelete, Mutation::kDouble, Mutation::kSwap}) {
      size_t last = tokens.size() - (mutation == Mutation::kSwap ? 2 : 1);
      for (size_t i = 0; i < last; ++i) {
        Parsed mutant(Mutate(text, tokens, i, mutation));
        if (mutant.diagnostics.empty()) continue;
        counts.push_back(mutant.diagnostics.all().size());
        if (mutant.file.declarations.size() + 1 >= whole.file.declarations.size()) ++kept;
      }
    }
  }
  ASSERT_GT(counts.size(), 3000u);
  std::sort(counts.begin(), counts.end());
  EXPECT_LE(counts[counts.size() / 2], 2u);
  EXPECT_LE(counts[counts.size() * 95 / 100], 5u);
  EXPECT_LE(counts.back(), 20u);
  EXPECT_GE(kept * 100, counts.size() * 97);
}

}  // namespace
}  // namespace cdc::parse
