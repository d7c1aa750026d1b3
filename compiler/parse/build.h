#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/ast/ast.h"
#include "compiler/diag/diagnostic.h"
#include "compiler/parse/lex.h"
#include "compiler/parse/syntax.h"
#include "compiler/source/source_text.h"

namespace cdc::parse {

// Walks the children of one node, left to right.
class Children {
 public:
  Children(const Tree& tree, const std::vector<Token>& tokens, const Node& parent)
      : tree_(tree), tokens_(tokens), at_(parent.child) {}

  bool done() const { return at_ == Node::kNone; }
  // Requires: !done().
  const Node& Peek() const { return tree_.nodes[at_]; }
  const Node& Take() {
    const Node& node = tree_.nodes[at_];
    at_ = node.next;
    return node;
  }
  bool IsRule(Rule rule) const { return !done() && !Peek().is_token && Peek().rule == rule; }
  // Whether the next child is this word or punctuation.
  bool Is(std::string_view text) const { return !done() && Peek().is_token && tokens_[Peek().first].word == text; }
  bool Accept(std::string_view text) {
    bool is = Is(text);
    if (is) Take();
    return is;
  }

 private:
  const Tree& tree_;
  const std::vector<Token>& tokens_;
  uint32_t at_;
};

// Turns the grammar's trees into the AST. Cheap to make; one per tree.
class Builder {
 public:
  Builder(const source::SourceText& text, uint32_t file, const std::vector<Token>& tokens, const Tree& tree,
          const std::vector<CommentToken>& comments, diag::Diagnostics* diagnostics)
      : text_(text), file_(file), tokens_(tokens), tree_(tree), comments_(comments), diagnostics_(diagnostics) {}

  // Adds the root of the tree (kFile, kEdition, kImportDecl, kDeclaration) to `*out`.
  void Build(ast::File* out);

 private:
  // build_basics.cpp
  void BuildHeader(const Node& node, ast::File* out);
  Children Of(const Node& node) const { return Children(tree_, tokens_, node); }
  ast::Span SpanOf(const Node& node) const { return {file_, tokens_[node.first].begin, tokens_[node.last].end}; }
  std::string_view TextOf(const Node& node) const { return text_.Slice(SpanOf(node)); }
  const Token& FirstToken(const Node& node) const { return tokens_[node.first]; }
  ast::Trivia TriviaOf(const Node& node) const;
  std::vector<ast::Comment> CommentsAtEnd(const Node& block) const;
  std::string DocOf(const std::vector<ast::Comment>& before) const;
  ast::Ident BuildIdent(const Node& node) const;
  ast::Text BuildText(const Node& node) const;
  std::vector<ast::Ident> BuildColumns(const Node& node) const;
  ast::NamePart BuildNamePart(const Node& node) const;
  ast::Pattern BuildPattern(const Node& node) const;
  ast::TypeRef BuildType(const Node& node);
  std::string BuildInteger(const Node& node) const;

  // build_expression.cpp
  ast::Expr BuildExpr(const Node& node);
  ast::Expr BuildPredicate(const Node& node);
  ast::Expr BuildIs(ast::Expr left, Children* rest, const Node& whole);
  ast::Expr BuildChain(const Node& node);
  bool CheckChain(size_t operators, ast::Span span);
  ast::Expr Combine(std::string name, std::vector<ast::Expr> operands, size_t begin, size_t end);
  ast::Expr BuildPrimary(const Node& node);
  ast::Expr BuildNameOrCall(const Node& node);
  ast::Expr BuildCast(const Node& whole, const std::string& name, const Node* arguments);
  ast::Expr BuildCase(const Node& node);
  ast::Expr BuildLiteral(const Node& node);
  ast::Expr BuildTemplate(const Node& token);
  void BuildArguments(const Node& node, ast::Expr* call);
  std::vector<ast::Expr> BuildExprs(const Node& node);
  ast::Expr MakeCall(std::string name, std::vector<ast::Expr> args, ast::Span span) const;
  ast::Expr MakeLiteral(expr::LiteralKind kind, std::string text, ast::Span span) const;
  void CheckBanned(const Node& op);

  // build_declarations.cpp
  void BuildDeclaration(const Node& node, ast::File* out);
  ast::ResourceDecl BuildResource(const Node& node);
  ast::ParamDecl BuildParam(const Node& node);
  ast::SecretDecl BuildSecret(const Node& node);
  ast::FunctionDecl BuildFunction(const Node& node);
  ast::PresetDecl BuildPreset(const Node& node);
  ast::SensitiveDecl BuildSensitive(const Node& node);
  ast::AlertDecl BuildAlert(const Node& node);
  ast::Settings BuildSettings(const Node& node);
  ast::Setting BuildSetting(const Node& node);
  ast::UseClause BuildUse(const Node& node);

  // build_pipe.cpp
  ast::PipeDecl BuildPipe(const Node& node);
  ast::PipeItem BuildPipeItem(const Node& node);
  ast::TableRule BuildTableRule(const Node& node);
  ast::Target BuildTarget(const Node& node);
  ast::TableItem BuildTableItem(const Node& node);
  ast::SelectItem BuildSelectItem(const Node& node);

  // build_clause.cpp
  ast::Clause BuildClause(const Node& node);
  ast::KeyClause BuildKey(Children* rest);
  ast::PartitionClause BuildPartition(Children* rest);
  ast::OnClause BuildOn(Children* rest);
  ast::Event BuildEvent(const Node& node);
  ast::Action BuildAction(const Node& node);
  std::pair<std::optional<ast::Ident>, std::optional<ast::Settings>> BuildVariant(Children* rest);

  // build_test.cpp
  ast::TestDecl BuildTest(const Node& node);
  ast::TestParam BuildTestParam(const Node& node);
  ast::Given BuildGiven(const Node& node);
  ast::Expected BuildExpected(const Node& node);
  ast::ExpectRecord BuildExpectRecord(const Node& node);
  ast::TableName BuildTableName(const Node& node) const;

  const source::SourceText& text_;
  uint32_t file_;
  const std::vector<Token>& tokens_;
  const Tree& tree_;
  const std::vector<CommentToken>& comments_;
  diag::Diagnostics* diagnostics_;
};

}  // namespace cdc::parse
