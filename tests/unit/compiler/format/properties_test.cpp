// For every program at hand, its mutants that still parse, and scrambled forms of it: the layout has the same tokens
// and comments (Format() itself ends the process if not), each comment belongs to the same item, and the layout is its
// own.

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "compiler/parse/blocks.h"
#include "compiler/parse/syntax.h"
#include "tests/unit/compiler/format/formatted.h"
#include "tests/unit/compiler/format/outline.h"

namespace cdc::format {
namespace {

using parse::Token;
using parse::TokenKind;

std::string OutlineOf(const std::string& text) {
  source::SourceFiles files;
  diag::Diagnostics diagnostics;
  return Outline(parse::Parse(files, files.Add("t.pipe", text), &diagnostics)).text();
}

// Returns whether the text has a layout.
bool Check(const std::string& text) {
  Formatted once(text);
  if (!once.layout) {
    EXPECT_TRUE(once.diagnostics.has_errors()) << text;
    return false;
  }
  Formatted twice(*once.layout);
  EXPECT_TRUE(twice.layout) << twice.Errors();
  EXPECT_EQ(*twice.layout, *once.layout) << "of\n" << text;
  const bool comments = text.find("--") != std::string::npos || text.find("/*") != std::string::npos;
  if (comments) {
    EXPECT_EQ(OutlineOf(*once.layout), OutlineOf(text)) << "of\n" << text << "\nas\n" << *once.layout;
  }
  EXPECT_EQ(once.layout->find('\r'), std::string::npos);
  EXPECT_EQ(once.layout->find(" \n"), std::string::npos) << *once.layout;
  EXPECT_EQ(once.layout->find("\n\n\n"), std::string::npos) << *once.layout;
  return true;
}

std::vector<std::string> AllPrograms() {
  std::vector<std::string> texts = WrittenInTheLayout();
  std::vector<std::string> golden = GoldenPrograms();
  texts.insert(texts.end(), golden.begin(), golden.end());
  return texts;
}

TEST(Properties, EveryProgramThatParses) {
  size_t formatted = 0;
  for (const std::string& text : AllPrograms()) {
    formatted += Check(text) ? 1 : 0;
    if (HasFailure()) return;
  }
  EXPECT_GT(formatted, 100u);
}

enum class Mutation { kDelete, kDouble, kSwap };

std::vector<Token> Mutate(std::vector<Token> tokens, size_t i, Mutation mutation) {
  auto at = tokens.begin() + static_cast<ptrdiff_t>(i);
  if (mutation == Mutation::kDelete) tokens.erase(at);
  if (mutation == Mutation::kDouble) tokens.insert(at, tokens[i]);
  if (mutation == Mutation::kSwap) std::swap(tokens[i], tokens[i + 1]);
  return tokens;
}

// The tokens as a text: each line of the original is one.
std::string TextOf(const std::string& original, const std::vector<Token>& tokens) {
  std::string text;
  for (const Token& token : tokens) {
    if (token.kind == TokenKind::kEnd) break;
    text += token.opens_line ? "\n" : " ";
    text += original.substr(token.begin, token.end - token.begin);
  }
  return text;
}

// The declarations of a program, each with an end mark.
std::vector<std::vector<Token>> Declarations(const std::vector<Token>& tokens) {
  std::vector<std::vector<Token>> parts;
  std::vector<size_t> starts = parse::DeclarationStarts(tokens);
  starts.push_back(tokens.size() - 1);
  for (size_t i = 0; i + 1 < starts.size(); ++i) {
    auto begin = tokens.begin() + static_cast<ptrdiff_t>(starts[i]);
    parts.emplace_back(begin, tokens.begin() + static_cast<ptrdiff_t>(starts[i + 1]));
    parts.back().push_back(tokens.back());
  }
  return parts;
}

// Mutates every `step`-th token of the declarations that were not seen before; returns how many mutants parsed.
size_t CheckMutants(const std::string& text, size_t step, std::set<std::string>* seen) {
  size_t formatted = 0;
  for (const std::vector<Token>& tokens : Declarations(TokensOf(text))) {
    if (tokens.size() > 2000 || !seen->insert(TextOf(text, tokens)).second) continue;
    for (Mutation mutation : {Mutation::kDelete, Mutation::kDouble, Mutation::kSwap}) {
      for (size_t i = 0; i + 2 < tokens.size(); i += step) {
        std::vector<Token> mutant = Mutate(tokens, i, mutation);
        if (parse::RunGrammar(mutant, parse::Rule::kFile).ok && Check(TextOf(text, mutant))) ++formatted;
        if (::testing::Test::HasFailure()) return formatted;
      }
    }
  }
  return formatted;
}

TEST(Properties, MutantsThatParse) {
  size_t formatted = 0;
  std::set<std::string> seen;
  for (const std::string& text : WrittenInTheLayout()) formatted += CheckMutants(text, 1, &seen);
  for (const std::string& text : GoldenPrograms()) {
    if (Formatted(text).layout) formatted += CheckMutants(text, 4, &seen);
  }
  EXPECT_GT(formatted, 200u);
}

// Tokens with other white space, comments anywhere and names and strings of other lengths.
class Scrambler {
 public:
  explicit Scrambler(uint32_t seed) : random_(seed) {}

  std::string Run(const std::string& text, const std::vector<Token>& tokens) {
    const int longest = 1 + Pick(60);
    const int comment_every = 3 + Pick(60);
    const bool upper = Pick(2) == 0;
    std::string out;
    for (const Token& token : tokens) {
      if (token.kind == TokenKind::kEnd) break;
      const int spaces = 1 + Pick(3);
      out += Pick(4) == 0 ? std::string(static_cast<size_t>(1 + Pick(3)), '\n') : std::string(1, ' ');
      if (Pick(comment_every) == 0) out += Comment();
      if (Pick(9) == 0) out += std::string(static_cast<size_t>(spaces), Pick(2) == 0 ? ' ' : '\t');
      std::string own = text.substr(token.begin, token.end - token.begin);
      if (token.kind == TokenKind::kName && Pick(3) == 0) own = Word(longest);
      if (token.kind == TokenKind::kString && Pick(3) == 0) own = "'" + Word(longest) + "'";
      if (token.kind == TokenKind::kWord && upper) std::transform(own.begin(), own.end(), own.begin(), ::toupper);
      out += own;
    }
    return out;
  }

 private:
  int Pick(int below) { return static_cast<int>(random_() % static_cast<uint32_t>(below)); }
  std::string Word(int longest) { return "w" + std::string(static_cast<size_t>(Pick(longest)), 'o'); }
  std::string Comment() {
    static const std::vector<std::string> kComments = {
        "-- line\n",   "--line\n",         "\n-- own line\n", "--- doc\n",           "\n---doc\n",
        "/* block */", " /* block */\n",   "\n/* own */ ",    "/* of\n   lines */",  "\n  /* of\n\tlines\n  */\n",
        "\n\n\n--\n",  "----------- \t\n", "/**/ /* two */",  "\r\n-- with CR \r\n", "/* a */ -- b\n",
    };
    return kComments[static_cast<size_t>(Pick(static_cast<int>(kComments.size())))];
  }

  std::mt19937 random_;
};

TEST(Properties, ScrambledPrograms) {
  for (const std::string& text : WrittenInTheLayout()) {
    ASSERT_TRUE(Formatted(text).layout);
    for (uint32_t seed = 0; seed < 20; ++seed) {
      ASSERT_TRUE(Check(Scrambler(seed).Run(text, TokensOf(text)))) << "seed " << seed << " of\n" << text;
      if (HasFailure()) return;
    }
  }
}

}  // namespace
}  // namespace cdc::format
