#include <algorithm>

#include "compiler/parse/build.h"
#include "compiler/parse/literals.h"
#include "compiler/parse/types.h"
#include "stdlib/core/names.h"

namespace cdc::parse {
namespace {

auto CommentsFrom(const std::vector<CommentToken>& comments, uint32_t offset) {
  return std::lower_bound(comments.begin(), comments.end(), offset,
                          [](const CommentToken& c, uint32_t at) { return c.comment.span.begin < at; });
}

}  // namespace

void Builder::Build(ast::File* out) {
  const Node& root = tree_.nodes[0];
  if (root.rule == Rule::kDeclaration) return BuildDeclaration(root, out);
  if (root.rule == Rule::kFile) {
    for (Children rest = Of(root); !rest.done();) {
      const Node& child = rest.Take();
      if (child.is_token) continue;
      if (child.rule == Rule::kDeclaration) {
        BuildDeclaration(child, out);
      } else {
        BuildHeader(child, out);
      }
    }
    return;
  }
  BuildHeader(root, out);
}

void Builder::BuildHeader(const Node& node, ast::File* out) {
  Children rest = Of(node);
  rest.Take();
  if (node.rule == Rule::kEdition) {
    out->edition = BuildInteger(rest.Take());
    out->edition_span = SpanOf(node);
    return;
  }
  ast::ImportDecl made;
  made.path = BuildText(rest.Take());
  rest.Take();
  made.name = BuildIdent(rest.Take());
  made.span = SpanOf(node);
  made.trivia = TriviaOf(node);
  out->imports.push_back(std::move(made));
}

ast::Trivia Builder::TriviaOf(const Node& node) const {
  uint32_t begin = tokens_[node.first].begin;
  uint32_t end = tokens_[node.last].end;
  uint32_t previous_end = node.first == 0 ? 0 : tokens_[node.first - 1].end;
  bool first_in_block = node.first == 0 || tokens_[node.first - 1].word == "{";
  uint32_t next_begin = tokens_[std::min<size_t>(node.last + 1, tokens_.size() - 1)].begin;
  ast::Trivia trivia;
  auto comment = CommentsFrom(comments_, previous_end);
  for (; comment != comments_.end() && comment->comment.span.begin < begin; ++comment) {
    if (comment->opens_line || first_in_block) trivia.before.push_back(comment->comment);
  }
  while (comment != comments_.end() && comment->comment.span.begin < end) ++comment;
  bool same_line = comment != comments_.end() && !comment->opens_line && comment->comment.span.begin < next_begin;
  if (same_line) trivia.after = comment->comment;
  trivia.doc = DocOf(trivia.before);
  return trivia;
}

std::string Builder::DocOf(const std::vector<ast::Comment>& before) const {
  size_t first = before.size();
  while (first > 0 && before[first - 1].kind == ast::Comment::Kind::kDoc) --first;
  std::string doc;
  for (size_t i = first; i < before.size(); ++i) {
    std::string_view line = before[i].text;
    line.remove_prefix(3);
    if (!line.empty() && line.front() == ' ') line.remove_prefix(1);
    while (!line.empty() && (line.back() == ' ' || line.back() == '\t')) line.remove_suffix(1);
    if (i > first) doc += '\n';
    doc += line;
  }
  return doc;
}

std::vector<ast::Comment> Builder::CommentsAtEnd(const Node& block) const {
  std::vector<ast::Comment> found;
  uint32_t end = tokens_[block.last].begin;
  uint32_t begin = block.last == 0 ? 0 : tokens_[block.last - 1].end;
  bool empty_block = block.last > 0 && tokens_[block.last - 1].word == "{";
  for (auto comment = CommentsFrom(comments_, begin); comment != comments_.end() && comment->comment.span.begin < end;
       ++comment) {
    if (comment->opens_line || empty_block) found.push_back(comment->comment);
  }
  return found;
}

ast::Ident Builder::BuildIdent(const Node& node) const {
  ast::Ident ident;
  ident.span = SpanOf(node);
  ident.quoted = FirstToken(node).kind == TokenKind::kQuoted;
  ident.text = ident.quoted ? UnquoteName(TextOf(node)) : std::string(TextOf(node));
  return ident;
}

ast::Text Builder::BuildText(const Node& node) const { return {UnescapeString(TextOf(node)), SpanOf(node)}; }

std::string Builder::BuildInteger(const Node& node) const { return CleanNumber(TextOf(node)); }

std::vector<ast::Ident> Builder::BuildColumns(const Node& node) const {
  std::vector<ast::Ident> columns;
  for (Children rest = Of(node); !rest.done();) {
    const Node& child = rest.Take();
    if (!child.is_token) columns.push_back(BuildIdent(child));
  }
  return columns;
}

ast::NamePart Builder::BuildNamePart(const Node& node) const {
  ast::NamePart part;
  part.span = SpanOf(node);
  const Token& token = FirstToken(node);
  if (token.kind == TokenKind::kRegex) {
    part.kind = ast::NamePart::Kind::kRegex;
    std::string_view text = TextOf(node);
    part.text = std::string(text.substr(2, text.size() - 3));
  } else if (token.word == "*") {
    part.kind = ast::NamePart::Kind::kAny;
  } else {
    part.text = BuildIdent(node).text;
  }
  return part;
}

ast::Pattern Builder::BuildPattern(const Node& node) const {
  ast::Pattern pattern;
  pattern.span = SpanOf(node);
  Children rest = Of(node);
  pattern.database = BuildNamePart(rest.Take());
  rest.Take();
  pattern.table = BuildNamePart(rest.Take());
  return pattern;
}

ast::TypeRef Builder::BuildType(const Node& node) {
  WrittenType written;
  written.span = SpanOf(node);
  Children rest = Of(node);
  const Node& name = rest.Take();
  written.name = LowerAscii(BuildIdent(name).text);
  written.name_span = SpanOf(name);
  source::Span not_null;
  uint32_t end = written.name_span.end;
  while (!rest.done()) {
    const Node& child = rest.Take();
    if (!child.is_token) {
      ast::Expr literal = BuildLiteral(child);
      written.arguments.push_back(
          {literal.literal.kind == expr::LiteralKind::kString, literal.literal.text, SpanOf(child)});
    } else if (FirstToken(child).word == "unsigned") {
      written.is_unsigned = true;
    } else if (FirstToken(child).word == "not") {
      written.not_null = true;
      not_null = {written.span.file, end, written.span.end};
    }
    end = SpanOf(child).end;
  }
  return {ReadType(written, diagnostics_), written.span, not_null};
}

}  // namespace cdc::parse
