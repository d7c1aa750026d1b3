#include "compiler/parse/parse.h"

#include <string>
#include <utility>

#include "compiler/parse/blocks.h"
#include "compiler/parse/build.h"
#include "compiler/parse/lex.h"
#include "compiler/parse/recover.h"
#include "compiler/parse/syntax.h"

namespace cdc::parse {
namespace {

// Comments below the last declaration.
void KeepLastComments(const Lexed& lexed, ast::File* out) {
  uint32_t end = 0;
  if (!out->imports.empty()) end = out->imports.back().span.end;
  if (!out->declarations.empty()) end = out->declarations.back().span.end;
  for (const CommentToken& comment : lexed.comments) {
    if (comment.opens_line && comment.comment.span.begin >= end) out->comments_at_end.push_back(comment.comment);
  }
}

ast::File ParseText(const source::SourceFiles& files, uint32_t file, diag::Diagnostics* diagnostics) {
  ast::File out;
  out.file = file;
  const source::SourceText& text = files.Get(file);
  if (text.text().size() > kFileBytesMax) {
    diagnostics->Report(diag::Kind::kTooLarge, {file, 0, 0}, "this file is larger than 4 MiB");
    out.complete = false;
    return out;
  }
  Lexed lexed = Lex(text, file, diagnostics);
  for (const CommentToken& comment : lexed.comments) out.comments.push_back(comment.comment);
  auto build = [&](const std::vector<Token>& tokens, const Tree& tree) {
    Builder(text, file, tokens, tree, lexed.comments, diagnostics).Build(&out);
  };
  Syntax syntax;
  bool hopeless = lexed.reported.size() > static_cast<size_t>(kMistakesMax);
  if (!hopeless && !TooDeep(lexed.tokens, kNestingMax)) syntax = RunGrammar(lexed.tokens, Rule::kFile);
  if (syntax.ok) {
    build(lexed.tokens, syntax.tree);
  } else {
    Recover(text, file, lexed.tokens, lexed.reported, diagnostics, build);
  }
  out.complete = syntax.ok && lexed.reported.empty();
  KeepLastComments(lexed, &out);
  return out;
}

}  // namespace

ast::File Parse(const source::SourceFiles& files, uint32_t file, diag::Diagnostics* diagnostics) {
  diag::Diagnostics found;
  ast::File out = ParseText(files, file, &found);
  found.Sort();
  for (const diag::Diagnostic& one : found.all()) diagnostics->Add(one);
  return out;
}

}  // namespace cdc::parse
