#pragma once

#include <string_view>
#include <vector>

#include "compiler/format/flat.h"
#include "compiler/format/writer.h"
#include "compiler/parse/syntax.h"

namespace cdc::format {

inline constexpr int kIndent = 2;  // columns

// Decides where lines end, walking the grammar's tree once. What fits is written on one line; what does not ends its
// line at the places of its kind, all of them, and its parts are tried one by one.
//
// Three numbers go along: `indent`, of the item (clause, setting, declaration) itself; `hang`, where a line stands that
// goes on inside it; `until`, the last token that has to stay on the line of the node's end, such as its `,` or `;`.
class Layout {
 public:
  // Lifetime: keeps references to all four. Requires: a whole file's tree.
  Layout(const parse::Tree& tree, const std::vector<parse::Token>& tokens, const Flat& flat, Writer* out)
      : tree_(tree), tokens_(tokens), flat_(flat), out_(*out) {}

  // Writes all tokens.
  void Run();

 private:
  using Node = parse::Node;
  using Nodes = std::vector<const Node*>;

  // layout.cpp
  Nodes ChildrenOf(const Node& node) const;
  bool IsToken(const Node& node, std::string_view text) const;
  bool Fits(size_t first, size_t last, size_t until) const;
  bool Fits(const Node& node, size_t until) const { return Fits(node.first, node.last, until); }
  void PutAll(const Node& node) { out_.PutAll(node.first, node.last); }
  void Print(const Node& node, int hang, size_t until);
  void PrintBroken(const Node& node, int hang, size_t until);
  void Parts(const Nodes& parts, size_t from, size_t to, int hang, size_t until);
  size_t UntilOf(const Nodes& parts, size_t part, size_t to, size_t until) const;
  void Bracket(const Nodes& parts, size_t open, size_t close, size_t until, int extra_hang);
  void Settings(const Node& node, size_t until);
  void Block(const Nodes& parts, size_t open, size_t close, int indent);

  // layout_items.cpp
  size_t Find(const Nodes& parts, size_t from, std::string_view text) const;
  void Item(const Node& node, int indent);
  void Statement(const Node& node, const Nodes& parts, int indent);
  void Lines(const Nodes& parts, size_t from, size_t to, int indent);
  void LineOrLines(const Nodes& parts, size_t from, size_t to, size_t until, int indent);
  void TableRule(const Nodes& parts, int indent);
  void FunctionDecl(const Nodes& parts, int indent);
  void AlertDecl(const Nodes& parts, int indent);
  void TestDecl(const Nodes& parts, int indent);
  void OnClause(const Nodes& parts, int indent);
  void InsertRows(const Nodes& parts, int indent);
  void ChangeRows(const Nodes& parts, int indent);
  void SelectItem(const Nodes& parts, int hang, size_t until);

  // layout_expression.cpp
  void Chain(const Node& node, int hang, size_t until);
  void Predicate(const Node& node, int hang, size_t until);
  void Primary(const Node& node, int hang, size_t until);
  void Case(const Nodes& parts);
  void PathChain(const Node& node, int hang, size_t until);
  size_t OpeningOf(const Node& node) const;

  const parse::Tree& tree_;
  const std::vector<parse::Token>& tokens_;
  const Flat& flat_;
  Writer& out_;
};

}  // namespace cdc::format
