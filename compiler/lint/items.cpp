#include "compiler/lint/items.h"

#include <algorithm>

namespace cdc::lint {
namespace {

using source::Span;

class Collector {
 public:
  std::vector<Span> Run(const ast::File& file) {
    for (const ast::ImportDecl& import : file.imports) items_.push_back(import.span);
    for (const ast::Declaration& declaration : file.declarations) {
      items_.push_back(declaration.span);
      std::visit([&](const auto& node) { Inside(node); }, declaration.node);
    }
    std::sort(items_.begin(), items_.end(),
              [](Span a, Span b) { return a.begin != b.begin ? a.begin < b.begin : a.end > b.end; });
    return std::move(items_);
  }

 private:
  template <class Node>
  void Inside(const Node&) {}
  void Inside(const ast::ProjectDecl& project) { Settings(project.settings); }
  void Inside(const ast::ResourceDecl& resource) { Settings(resource.settings); }
  void Inside(const ast::PresetDecl& preset) {
    if (preset.settings) Settings(*preset.settings);
    for (const ast::Clause& clause : preset.clauses) Clause(clause);
  }
  void Inside(const ast::PipeDecl& pipe) {
    for (const ast::PipeItem& item : pipe.items) {
      items_.push_back(item.span);
      if (const auto* clause = std::get_if<ast::Clause>(&item.node)) Clause(*clause);
      if (const auto* rule = std::get_if<ast::TableRule>(&item.node)) Table(*rule);
    }
  }
  void Inside(const ast::TestDecl& test) {
    for (const ast::TestParam& param : test.params) items_.push_back(param.span);
    for (const ast::Given& given : test.given) items_.push_back(given.span);
    for (const ast::Expected& expected : test.expect) items_.push_back(expected.span);
  }

  void Table(const ast::TableRule& rule) {
    for (const ast::TableItem& item : rule.items) {
      items_.push_back(item.span);
      if (const auto* clause = std::get_if<ast::Clause>(&item.node)) Clause(*clause);
      const auto* select = std::get_if<ast::SelectClause>(&item.node);
      if (select == nullptr) continue;
      for (const ast::SelectItem& column : select->items) items_.push_back(column.span);
    }
  }

  void Clause(const ast::Clause& clause) {
    items_.push_back(clause.span);
    const auto* format = std::get_if<ast::FormatClause>(&clause.node);
    if (format != nullptr && format->settings) Settings(*format->settings);
  }

  void Settings(const ast::Settings& settings) {
    for (const ast::SettingsItem& item : settings.items) {
      items_.push_back(item.span);
      const auto* setting = std::get_if<ast::Setting>(&item.node);
      if (setting != nullptr && setting->settings) Settings(*setting->settings);
    }
  }

  std::vector<Span> items_;
};

}  // namespace

std::vector<Span> ItemsOf(const ast::File& file) { return Collector().Run(file); }

}  // namespace cdc::lint
