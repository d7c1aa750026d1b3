#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "compiler/format/flat.h"

namespace cdc::format {

// Writes the tokens of a file one after the other, with the comments between them. Who lays out says where lines end;
// no token and no comment can be left out, moved or written twice.
class Writer {
 public:
  // Lifetime: keeps references to all three.
  Writer(const source::SourceText& text, const parse::Lexed& lexed, const Flat& flat)
      : text_(text), lexed_(lexed), flat_(flat) {}

  // Ends the line in front of the next token, which then stands at `indent`.
  void Break(int indent) { next_break_ = {true, indent, false, false}; }
  // The same in front of an item of a block, or its closing brace: a blank line of the file is kept, also around the
  // comments there, but for the `first` item.
  void BreakItem(int indent, bool first) { next_break_ = {true, indent, true, first}; }
  // Where a line goes on that ends where nobody said so, because of a comment.
  void SetHang(int indent) { hang_ = indent; }

  // Writes the next token. Requires: `token` is it.
  void Put(size_t token);
  // Writes the next tokens on one line, as far as comments let it.
  void PutAll(size_t first, size_t last);

  // The column at which the next token would start.
  int ColumnOf(size_t token) const;
  // The indent of the line that was written last.
  int line_indent() const { return line_indent_; }

  // Ends the text. Requires: all tokens were put.
  std::string Finish();

 private:
  struct LineBreak {
    bool is_set = false;
    int indent = 0;
    bool of_item = false;
    bool first = false;
  };

  bool WriteComments(size_t token, const LineBreak& wanted);
  void WriteComment(const ast::Comment& comment);
  void WriteBlockComment(const ast::Comment& comment);
  void NewLine(int indent, const LineBreak& wanted, uint32_t next_begin);
  void Append(std::string_view text);
  void Space(int columns);

  const source::SourceText& text_;
  const parse::Lexed& lexed_;
  const Flat& flat_;
  std::string out_;
  size_t next_ = 0;
  int column_ = 0;
  int line_indent_ = 0;
  int hang_ = 0;
  LineBreak next_break_;
  bool in_line_comment_ = false;  // the line ends here
  bool first_done_ = false;       // a comment stands above the first item of the block
  uint32_t end_ = 0;              // of what was written last, in the file
};

}  // namespace cdc::format
