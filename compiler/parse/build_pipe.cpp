#include <utility>

#include "compiler/parse/build.h"
#include "compiler/parse/literals.h"

namespace cdc::parse {

ast::PipeDecl Builder::BuildPipe(const Node& node) {
  ast::PipeDecl made;
  Children rest = Of(node);
  rest.Take();
  made.name = BuildIdent(rest.Take());
  while (!rest.done()) {
    const Node& child = rest.Take();
    if (!child.is_token) made.items.push_back(BuildPipeItem(child));
  }
  made.comments_at_end = CommentsAtEnd(node);
  return made;
}

ast::PipeItem Builder::BuildPipeItem(const Node& node) {
  ast::PipeItem made;
  made.span = SpanOf(node);
  made.word = {file_, FirstToken(node).begin, FirstToken(node).end};
  made.trivia = TriviaOf(node);
  Children rest = Of(node);
  if (rest.IsRule(Rule::kTableRule)) {
    made.node = BuildTableRule(rest.Take());
  } else if (rest.IsRule(Rule::kClause)) {
    made.node = BuildClause(rest.Take());
  } else if (rest.Accept("from")) {
    ast::FromClause from;
    while (!rest.done()) {
      const Node& child = rest.Take();
      if (!child.is_token) from.sources.push_back(BuildIdent(child));
    }
    made.node = std::move(from);
  } else if (rest.Accept("into")) {
    made.node = ast::IntoClause{BuildIdent(rest.Take())};
  } else {
    rest.Take();
    made.node = ast::StoreClause{BuildIdent(rest.Take())};
  }
  return made;
}

ast::TableRule Builder::BuildTableRule(const Node& node) {
  ast::TableRule made;
  Children rest = Of(node);
  rest.Take();
  made.pattern = BuildPattern(rest.Take());
  if (rest.Accept("as")) {
    ast::Target database = BuildTarget(rest.Take());
    rest.Take();
    made.as = std::pair(std::move(database), BuildTarget(rest.Take()));
  }
  made.skip = rest.Accept("skip");
  made.has_body = rest.Is("{");
  while (!rest.done()) {
    const Node& child = rest.Take();
    if (!child.is_token) made.items.push_back(BuildTableItem(child));
  }
  if (made.has_body) made.comments_at_end = CommentsAtEnd(node);
  return made;
}

ast::Target Builder::BuildTarget(const Node& node) {
  ast::Target made;
  made.span = SpanOf(node);
  const Token& token = FirstToken(node);
  if (token.kind == TokenKind::kTemplate) {
    made.kind = ast::Target::Kind::kTemplate;
    made.pattern = ReadTemplate(TextOf(node), made.span, diagnostics_);
  } else if (token.word == "*") {
    made.kind = ast::Target::Kind::kSame;
  } else {
    made.text = BuildIdent(node).text;
  }
  return made;
}

ast::TableItem Builder::BuildTableItem(const Node& node) {
  ast::TableItem made;
  made.span = SpanOf(node);
  made.word = {file_, FirstToken(node).begin, FirstToken(node).end};
  made.trivia = TriviaOf(node);
  Children rest = Of(node);
  if (rest.IsRule(Rule::kClause)) {
    made.node = BuildClause(rest.Take());
  } else if (rest.Accept("where")) {
    ast::WhereClause where;
    where.condition = BuildExpr(rest.Take());
    if (rest.Accept("using")) where.with = BuildIdent(rest.Take());
    made.node = std::move(where);
  } else if (rest.Accept("select")) {
    ast::SelectClause select;
    while (!rest.done()) {
      const Node& child = rest.Take();
      if (!child.is_token) select.items.push_back(BuildSelectItem(child));
    }
    made.node = std::move(select);
  } else if (rest.Accept("merge")) {
    made.node = ast::MergeClause{BuildIdent(rest.Take())};
  } else {
    rest.Take();
    auto [variant, settings] = BuildVariant(&rest);
    made.node = ast::SnapshotClause{std::move(variant), std::move(settings)};
  }
  return made;
}

ast::SelectItem Builder::BuildSelectItem(const Node& node) {
  ast::SelectItem made;
  made.span = SpanOf(node);
  Children rest = Of(node);
  if (!rest.Accept("*")) {
    made.value = BuildExpr(rest.Take());
    if (rest.Accept("as")) made.name = BuildIdent(rest.Take());
    if (!rest.done()) made.type = BuildType(rest.Take());
    return made;
  }
  made.star = true;
  while (!rest.done()) {
    const Node& child = rest.Take();
    if (child.is_token) continue;
    if (child.rule == Rule::kColumns) {
      made.except = BuildColumns(child);
      continue;
    }
    Children parts = Of(child);
    if (child.rule == Rule::kRenaming) {
      ast::Ident from = BuildIdent(parts.Take());
      parts.Take();
      made.rename.emplace_back(std::move(from), BuildIdent(parts.Take()));
    } else {
      ast::Expr value = BuildExpr(parts.Take());
      parts.Take();
      made.replace.emplace_back(std::move(value), BuildIdent(parts.Take()));
    }
  }
  return made;
}

}  // namespace cdc::parse
