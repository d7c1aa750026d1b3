#pragma once

// What a parsed file says beyond its tokens: which comment belongs to which declaration, clause or setting.

#include <string>
#include <type_traits>
#include <variant>
#include <vector>

#include "compiler/ast/ast.h"

namespace cdc::format {

class Outline {
 public:
  explicit Outline(const ast::File& file) {
    for (const ast::ImportDecl& import : file.imports) Item(import, "import");
    for (const ast::Declaration& declaration : file.declarations) {
      Item(declaration, "declaration");
      std::visit([this](const auto& node) { this->Inside(node); }, declaration.node);
    }
    Comments("end of file", file.comments_at_end);
  }

  const std::string& text() const { return text_; }

 private:
  static std::string Squeezed(const std::string& text) {
    std::string squeezed;
    for (char byte : text) {
      if (byte != ' ' && byte != '\t' && byte != '\r' && byte != '\n') squeezed += byte;
    }
    return squeezed;
  }

  void Comments(const std::string& where, const std::vector<ast::Comment>& comments) {
    for (const ast::Comment& comment : comments) text_ += "  " + where + ": " + Squeezed(comment.text) + "\n";
  }

  template <typename Node>
  void Item(const Node& node, const std::string& what) {
    text_ += what + "\n";
    Comments("before", node.trivia.before);
    if (node.trivia.after) Comments("after", {*node.trivia.after});
    if (!node.trivia.doc.empty()) text_ += "  doc: " + node.trivia.doc + "\n";
  }

  template <typename Item>
  void Items(const std::vector<Item>& items, const std::vector<ast::Comment>& at_end) {
    for (const Item& item : items) {
      this->Item(item, "item");
      std::visit([this](const auto& node) { this->Inside(node); }, item.node);
    }
    Comments("end", at_end);
  }

  template <typename Node>
  void Inside(const Node& node) {
    if constexpr (std::is_same_v<Node, ast::PipeDecl> || std::is_same_v<Node, ast::TableRule> ||
                  std::is_same_v<Node, ast::Settings>) {
      Items(node.items, node.comments_at_end);
    } else if constexpr (std::is_same_v<Node, ast::Clause>) {
      std::visit([this](const auto& inner) { this->Inside(inner); }, node.node);
    } else if constexpr (std::is_same_v<Node, ast::PresetDecl>) {
      Items(node.clauses, node.comments_at_end);
      if (node.settings) Inside(*node.settings);
    } else if constexpr (std::is_same_v<Node, ast::Setting> || std::is_same_v<Node, ast::FormatClause> ||
                         std::is_same_v<Node, ast::SnapshotClause> || std::is_same_v<Node, ast::VerifyClause>) {
      if (node.settings) Inside(*node.settings);
    } else if constexpr (std::is_same_v<Node, ast::ResourceDecl> || std::is_same_v<Node, ast::ProjectDecl>) {
      Inside(node.settings);
    }
  }

  std::string text_;
};

}  // namespace cdc::format
