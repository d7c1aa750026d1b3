#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "compiler/parse/lex.h"
#include "compiler/parse/syntax.h"
#include "compiler/source/source_text.h"

namespace cdc::format {

// The tokens of a file as if all stood on one line: how each is written, what is between two, how wide a stretch is and
// whether it can be on one line at all. Answers in constant time. Columns are Unicode code points.
class Flat {
 public:
  // Lifetime: keeps references to all three. Requires: the tree is that of all the tokens.
  Flat(const source::SourceText& text, const parse::Lexed& lexed, const parse::Tree& tree);

  // The token as it is written: words of the grammar in lower case, all else as it was.
  std::string_view TextOf(size_t token) const;
  // Whether a space stands in front of the token on one line.
  bool SpaceBefore(size_t token) const { return gaps_[token].space; }
  // Columns between the token and the one before it, with the comments there.
  int GapBefore(size_t token) const { return gaps_[token].columns; }
  // Columns from the start of `first` to the end of `last`.
  int Width(size_t first, size_t last) const { return ends_[last] - ends_[first] + widths_[first]; }
  // Whether a line ends somewhere between `first` and `last`, whatever the width: because of a comment, or because the
  // programmer wrote a block of settings on several lines.
  bool Breaks(size_t first, size_t last) const { return breaks_[last] > breaks_[first]; }
  // The comments between the token and the one before it.
  std::span<const parse::CommentToken> CommentsBefore(size_t token) const;

  // Line ends in the file between two offsets.
  int LinesBetween(uint32_t begin, uint32_t end) const;

 private:
  struct Gap {
    bool space = true;
    bool breaks = false;
    int columns = 0;
  };

  void FindComments();
  void ReadTree(const parse::Tree& tree);
  void ReadNode(const parse::Tree& tree, const parse::Node& node);
  void ReadBlock(const parse::Node& block);
  void ReadPunctuation();
  void ReadGapComments(size_t token);
  void Measure();

  const source::SourceText& text_;
  const parse::Lexed& lexed_;
  std::vector<uint32_t> first_comments_;  // per token and one more: index of the first comment at or behind it
  std::vector<Gap> gaps_;                 // in front of each token
  std::vector<bool> is_name_;             // a word of the grammar that is used as a name
  std::vector<int> widths_;
  std::vector<int> ends_;    // columns up to the end of each token
  std::vector<int> breaks_;  // gaps that break, up to each token
};

}  // namespace cdc::format
