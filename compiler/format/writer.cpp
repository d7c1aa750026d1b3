#include "compiler/format/writer.h"

#include <algorithm>
#include <utility>

#include "compiler/format/columns.h"
#include "stdlib/core/check.h"

namespace cdc::format {
namespace {

using ast::Comment;
using parse::CommentToken;
using parse::IsPunctuation;
using parse::Token;

constexpr std::string_view kSpaces = " \t\r";

bool IsClosing(const Token& token) {
  return IsPunctuation(token, "}") || IsPunctuation(token, ")") || IsPunctuation(token, "]") || IsWord(token, "end");
}

bool OpensList(const Token& token) { return IsPunctuation(token, "(") || IsPunctuation(token, "["); }
// Whether the token follows a comment without a space, as it follows a word.
bool StandsAtComment(const Token& token) {
  return IsPunctuation(token, ")") || IsPunctuation(token, "]") || IsPunctuation(token, ",") ||
         IsPunctuation(token, ";");
}

std::string_view WithoutSpacesAtEnd(std::string_view line) {
  return line.substr(0, line.find_last_not_of(kSpaces) + 1);
}

}  // namespace

void Writer::PutAll(size_t first, size_t last) {
  for (size_t token = first; token <= last; ++token) Put(token);
}

int Writer::ColumnOf(size_t token) const {
  return next_break_.is_set ? next_break_.indent : column_ + flat_.GapBefore(token);
}

void Writer::Put(size_t token) {
  CHECK(token == next_);
  ++next_;
  const LineBreak wanted = std::exchange(next_break_, LineBreak());
  const Token& one = lexed_.tokens[token];
  if (wanted.of_item && wanted.first) first_done_ = false;
  const bool breaks = WriteComments(token, wanted);
  const bool is_end = one.kind == parse::TokenKind::kEnd;
  if (is_end) return;
  if (breaks) {
    LineBreak own = wanted;
    own.of_item = own.of_item && !IsClosing(one);
    NewLine(wanted.is_set ? wanted.indent : hang_, own, one.begin);
  } else if (flat_.CommentsBefore(token).empty()) {
    Space(flat_.SpaceBefore(token) ? 1 : 0);
  } else {
    Space(StandsAtComment(one) ? 0 : 1);
  }
  Append(flat_.TextOf(token));
  end_ = one.end;
}

// Writes what stands between the last token and this one. Returns whether a line must end in front of the token.
bool Writer::WriteComments(size_t token, const LineBreak& wanted) {
  const std::span<const CommentToken> comments = flat_.CommentsBefore(token);
  const Token& one = lexed_.tokens[token];
  const bool closing = wanted.is_set && IsClosing(one);
  const int indent = wanted.is_set ? wanted.indent + (closing ? 2 : 0) : hang_;
  bool breaks = wanted.is_set;
  // Block comments on the token's own line go with it where a list is broken: `f(/* seed */ 42, /* length */ 7)`.
  size_t with_token = comments.size();
  const bool moves = wanted.is_set && !wanted.of_item && token > 0 &&
                     (OpensList(lexed_.tokens[token - 1]) || IsPunctuation(lexed_.tokens[token - 1], ","));
  for (uint32_t next = one.begin; moves && with_token > 0; --with_token) {
    const Comment& comment = comments[with_token - 1].comment;
    if (comment.kind != Comment::Kind::kBlock || flat_.LinesBetween(comment.span.end, next) > 0) break;
    next = comment.span.begin;
  }
  for (size_t i = 0; i < comments.size(); ++i) {
    const CommentToken& comment = comments[i];
    const uint32_t next = i + 1 < comments.size() ? comments[i + 1].comment.span.begin : one.begin;
    const bool goes_down = i == with_token && breaks && wanted.is_set;
    const bool on_its_line = comment.opens_line || in_line_comment_ || goes_down;
    if (on_its_line) {
      NewLine(indent, wanted, comment.comment.span.begin);
      first_done_ = true;
    } else if (!out_.empty()) {
      const bool opened = i == 0 && token > 0 && OpensList(lexed_.tokens[token - 1]);
      Space(comment.comment.kind != Comment::Kind::kBlock ? 2 : opened ? 0 : 1);
    }
    WriteComment(comment.comment);
    const bool line_ends = closing || flat_.LinesBetween(comment.comment.span.end, next) > 0;
    const bool ends_line = in_line_comment_ || (on_its_line && !goes_down && line_ends);
    breaks = ends_line || (breaks && !on_its_line);
  }
  return breaks;
}

void Writer::WriteComment(const Comment& comment) {
  end_ = comment.span.end;
  in_line_comment_ = comment.kind != Comment::Kind::kBlock;
  if (!in_line_comment_) return WriteBlockComment(comment);
  std::string_view text = WithoutSpacesAtEnd(comment.text);
  const size_t dashes = comment.kind == Comment::Kind::kDoc ? 3 : 2;
  Append(text.substr(0, dashes));
  text.remove_prefix(dashes);
  // A rule of dashes stays one.
  if (!text.empty() && text[0] != ' ' && text[0] != '\t' && text[0] != '-') Space(1);
  Append(text);
}

// The lines of a block comment move with its first one.
void Writer::WriteBlockComment(const Comment& comment) {
  std::string_view rest = comment.text;
  const bool one_line = rest.find('\n') == std::string_view::npos;
  const int moved = one_line ? 0 : column_ - static_cast<int>(text_.At(comment.span.begin).column - 1);
  while (true) {
    const size_t end = rest.find('\n');
    if (end == std::string_view::npos) return Append(rest);
    Append(WithoutSpacesAtEnd(rest.substr(0, end)));
    rest.remove_prefix(end + 1);
    out_ += '\n';
    column_ = 0;
    const size_t spaces = std::min(rest.find_first_not_of(' '), rest.size());
    const bool tabs = spaces < rest.size() && rest[spaces] == '\t';
    const bool empty = WithoutSpacesAtEnd(rest.substr(0, rest.find('\n'))).empty();
    if (tabs || empty) continue;
    rest.remove_prefix(spaces);
    Space(std::max(0, static_cast<int>(spaces) + moved));
  }
}

void Writer::NewLine(int indent, const LineBreak& wanted, uint32_t next_begin) {
  in_line_comment_ = false;
  if (!out_.empty()) {
    const bool blank = wanted.of_item && (!wanted.first || first_done_) && flat_.LinesBetween(end_, next_begin) > 1;
    out_ += blank ? "\n\n" : "\n";
  }
  column_ = 0;
  line_indent_ = indent;
  Space(indent);
}

void Writer::Append(std::string_view text) {
  out_ += text;
  column_ += Columns(text);
}

void Writer::Space(int columns) {
  out_.append(static_cast<size_t>(columns), ' ');
  column_ += columns;
}

std::string Writer::Finish() {
  CHECK(next_ == lexed_.tokens.size());
  if (!out_.empty()) out_ += '\n';
  return std::move(out_);
}

}  // namespace cdc::format
