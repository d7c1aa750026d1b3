// The lexer by hand and the one that ANTLR makes of the grammar cut every text alike.

#include "compiler/parse/cut.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include "PipeLexer.h"

namespace cdc::parse {

static void PrintTo(const Piece& piece, std::ostream* out) {
  *out << "type " << piece.type << " at " << piece.begin << "-" << piece.end;
}
static bool operator==(const Piece& a, const Piece& b) {
  return a.type == b.type && a.begin == b.begin && a.end == b.end;
}

namespace {

std::vector<Piece> CutByGrammar(const std::string& text) {
  std::vector<uint32_t> starts;  // of code points, then the end
  for (uint32_t i = 0; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) starts.push_back(i);
  }
  starts.push_back(static_cast<uint32_t>(text.size()));
  antlr4::ANTLRInputStream input(text);
  generated::PipeLexer lexer(&input);
  lexer.removeErrorListeners();
  std::vector<Piece> pieces;
  while (true) {
    auto token = lexer.nextToken();
    if (token->getType() == antlr4::Token::EOF) return pieces;
    pieces.push_back(
        {static_cast<int>(token->getType()), starts[token->getStartIndex()], starts[token->getStopIndex() + 1]});
  }
}

TEST(Cut, CutsAsTheGrammarDoes) {
  for (const char* text : {"",
                           "a",
                           "0x1F 0x 0x1g 0X1",
                           "1_000ms 10min 5m 5mb 5MB 5MiB 7B 7KiB 7K",
                           "1.5e3 1e5 1e 1e+ 1.e3 1..2 1.2.3 1_.5 1.5_0",
                           "'it''s' 'a\\'b' 'open",
                           "'a'' b",
                           "'a''",
                           "'\\",
                           "'\\\n'",
                           "\"t\" \"open\nx\"",
                           "`a``b` `a``b ``",
                           "```` ``` `a",
                           "`a``",
                           "`a\n`",
                           "r'a' R'b x'0f' X'0g' b'01' B'02' rr'a' r'open\n'",
                           "bx'1' x'' b''",
                           "-- c\r\n--- d\n---- e",
                           "/* a */ /*/ /**/ /* open",
                           "a->b a->>b a-b a--b",
                           "<=><>!=< <=>=<<>>!",
                           "&&&|||=>=",
                           "..... ;:()[]{}*~^%/+-",
                           "where WHERE Rlike rlikes wher notify$x $x",
                           "caf\xC3\xA9 \xE2\x82\xAC 1\xE2\x82\xAC \xF0\x9F\x98\x80 a\xF0\x9F\x98\x80z",
                           "# ? @ \\ \x01\x7F",
                           "_a a_1 1a 1_a 1__s 0_x1"}) {
    EXPECT_EQ(Cut(text), CutByGrammar(text)) << text;
  }
}

TEST(Cut, CutsProgramsAndMutantsOfThemAsTheGrammarDoes) {
  std::string all;
  for (const char* folder : {"/examples", "/tests/golden/parse", "/tests/fuzz/seeds"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(std::string(PIPEWRIGHT_ROOT) + folder)) {
      if (!entry.is_regular_file() || (entry.path().extension() != ".pipe" && entry.path().extension() != ".test"))
        continue;
      std::ifstream in(entry.path(), std::ios::binary);
      std::stringstream read;
      read << in.rdbuf();
      const bool ascii =
          read.str().find_first_not_of(
              "\t\n\r "
              "!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~") ==
          std::string::npos;
      if (ascii) all += read.str();
    }
  }
  ASSERT_GT(all.size(), 10'000u);
  EXPECT_EQ(Cut(all), CutByGrammar(all));
  // What starts and ends things, thrown between pieces of programs.
  const std::string odd = "'\"`\\-/*.<>=&|!$_xXrRbB0e1 \n";
  std::mt19937 random(7);
  for (int round = 0; round < 300; ++round) {
    std::string text = all.substr(random() % (all.size() - 400), 400);
    for (int change = 0; change < 40; ++change) text[random() % text.size()] = odd[random() % odd.size()];
    ASSERT_EQ(Cut(text), CutByGrammar(text)) << text;
  }
}

}  // namespace
}  // namespace cdc::parse
