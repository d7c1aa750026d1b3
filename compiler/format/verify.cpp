#include "compiler/format/verify.h"

namespace cdc::format {
namespace {

using parse::CommentToken;
using parse::Token;
using parse::TokenKind;

bool IsSpace(char byte) { return byte == ' ' || (byte >= '\t' && byte <= '\r'); }

bool SameButForSpace(std::string_view a, std::string_view b) {
  size_t i = 0;
  size_t j = 0;
  while (true) {
    while (i < a.size() && IsSpace(a[i])) ++i;
    while (j < b.size() && IsSpace(b[j])) ++j;
    if (i == a.size() || j == b.size()) return i == a.size() && j == b.size();
    if (a[i++] != b[j++]) return false;
  }
}

std::string_view TextOf(const source::SourceText& text, const Token& token) {
  return std::string_view(text.text()).substr(token.begin, token.end - token.begin);
}

}  // namespace

bool SameProgram(const source::SourceText& a, const parse::Lexed& read_a, const source::SourceText& b,
                 const parse::Lexed& read_b) {
  const bool counts = read_a.tokens.size() == read_b.tokens.size() && read_a.comments.size() == read_b.comments.size();
  if (!counts || !read_b.reported.empty()) return false;
  for (size_t i = 0; i < read_a.tokens.size(); ++i) {
    const Token& x = read_a.tokens[i];
    const Token& y = read_b.tokens[i];
    if (x.kind != y.kind || x.type != y.type || x.word != y.word) return false;
    const bool word = x.kind == TokenKind::kWord;  // compared in lower case
    if (!word && TextOf(a, x) != TextOf(b, y)) return false;
  }
  for (size_t i = 0; i < read_a.comments.size(); ++i) {
    const CommentToken& x = read_a.comments[i];
    const CommentToken& y = read_b.comments[i];
    const bool same_place = x.before == y.before && x.comment.kind == y.comment.kind;
    if (!same_place || !SameButForSpace(x.comment.text, y.comment.text)) return false;
  }
  return true;
}

}  // namespace cdc::format
