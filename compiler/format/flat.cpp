#include "compiler/format/flat.h"

#include <algorithm>

#include "compiler/format/columns.h"

namespace cdc::format {
namespace {

using ast::Comment;
using parse::CommentToken;
using parse::IsPunctuation;
using parse::Node;
using parse::Rule;
using parse::Token;
using parse::TokenKind;

bool IsOneOf(const Token& token, std::string_view characters) {
  return token.kind == TokenKind::kPunctuation && token.word.size() == 1 &&
         characters.find(token.word[0]) != std::string_view::npos;
}

}  // namespace

Flat::Flat(const source::SourceText& text, const parse::Lexed& lexed, const parse::Tree& tree)
    : text_(text), lexed_(lexed), gaps_(lexed.tokens.size()), is_name_(lexed.tokens.size()) {
  FindComments();
  ReadPunctuation();
  ReadTree(tree);
  Measure();
}

std::string_view Flat::TextOf(size_t token) const {
  const Token& one = lexed_.tokens[token];
  if (one.kind == TokenKind::kWord && !is_name_[token]) return one.word;
  return std::string_view(text_.text()).substr(one.begin, one.end - one.begin);
}

std::span<const CommentToken> Flat::CommentsBefore(size_t token) const {
  const CommentToken* comments = lexed_.comments.data();
  return {comments + first_comments_[token], comments + first_comments_[token + 1]};
}

int Flat::LinesBetween(uint32_t begin, uint32_t end) const {
  std::string_view gap = std::string_view(text_.text()).substr(begin, end - begin);
  return static_cast<int>(std::count(gap.begin(), gap.end(), '\n'));
}

void Flat::FindComments() {
  first_comments_.resize(lexed_.tokens.size() + 1);
  uint32_t at = 0;
  for (size_t token = 0; token < lexed_.tokens.size(); ++token) {
    first_comments_[token] = at;
    while (at < lexed_.comments.size() && lexed_.comments[at].before == token) ++at;
  }
  first_comments_.back() = at;
}

// What the characters alone decide.
void Flat::ReadPunctuation() {
  const std::vector<Token>& tokens = lexed_.tokens;
  if (!gaps_.empty()) gaps_[0].space = false;
  for (size_t i = 1; i < tokens.size(); ++i) {
    const bool opened = IsOneOf(tokens[i - 1], "([.");
    const bool closes = IsOneOf(tokens[i], ")],;.:");
    const bool empty_block = IsPunctuation(tokens[i - 1], "{") && IsPunctuation(tokens[i], "}");
    gaps_[i].space = !opened && !closes && !empty_block;
  }
}

void Flat::ReadTree(const parse::Tree& tree) {
  for (const Node& node : tree.nodes) {
    if (!node.is_token) ReadNode(tree, node);
  }
}

// What the grammar decides.
void Flat::ReadNode(const parse::Tree& tree, const Node& node) {
  switch (node.rule) {
    case Rule::kIdent:
    case Rule::kSoft:
    case Rule::kWord:
      is_name_[node.first] = true;
      return;
    case Rule::kSettings:
      ReadBlock(node);
      return;
    case Rule::kValue: {
      // A sign stands at its operand, but `- -1` must not become a comment.
      const bool sign = tree.nodes[node.child].is_token;
      const bool two =
          IsPunctuation(lexed_.tokens[node.first], "-") && IsPunctuation(lexed_.tokens[node.first + 1], "-");
      if (sign && !two) gaps_[node.first + 1].space = false;
      return;
    }
    case Rule::kPrimary:
    case Rule::kType:
    case Rule::kSecretDecl:
    case Rule::kFunctionDecl:
      // The parenthesis of a call; not one that opens an expression.
      for (uint32_t at = tree.nodes[node.child].next; at != Node::kNone; at = tree.nodes[at].next) {
        const Node& child = tree.nodes[at];
        if (child.is_token && IsPunctuation(lexed_.tokens[child.first], "(")) gaps_[child.first].space = false;
      }
      return;
    default:
      return;
  }
}

// A block of settings whose first line is left open by the programmer stays open.
void Flat::ReadBlock(const Node& block) {
  const Token& brace = lexed_.tokens[block.first];
  const size_t next = block.first + 1;
  std::span<const CommentToken> comments = CommentsBefore(next);
  if (comments.empty() && next == block.last) return;
  const uint32_t begin = comments.empty() ? lexed_.tokens[next].begin : comments[0].comment.span.begin;
  if (LinesBetween(brace.end, begin) > 0) gaps_[next].breaks = true;
}

// Only block comments that stand behind something on its line can stay inside a line.
void Flat::ReadGapComments(size_t token) {
  Gap& gap = gaps_[token];
  gap.columns = gap.space ? 1 : 0;
  std::span<const CommentToken> comments = CommentsBefore(token);
  if (comments.empty()) return;
  gap.columns = 0;
  for (const CommentToken& comment : comments) {
    const bool inside = comment.comment.kind == Comment::Kind::kBlock && !comment.opens_line &&
                        comment.comment.text.find('\n') == std::string::npos;
    if (inside) gap.columns += 1 + Columns(comment.comment.text);
    gap.breaks = gap.breaks || !inside;
  }
  const std::vector<Token>& tokens = lexed_.tokens;
  if (token > 0 && IsOneOf(tokens[token - 1], "([")) --gap.columns;
  if (!IsOneOf(tokens[token], ")],;")) ++gap.columns;
}

void Flat::Measure() {
  int column = 0;
  int breaks = 0;
  for (size_t i = 0; i < lexed_.tokens.size(); ++i) {
    ReadGapComments(i);
    widths_.push_back(Columns(TextOf(i)));
    column += gaps_[i].columns + widths_[i];
    breaks += gaps_[i].breaks ? 1 : 0;
    ends_.push_back(column);
    breaks_.push_back(breaks);
  }
}

}  // namespace cdc::format
