#include "compiler/lower/used_columns.h"

#include <set>
#include <string_view>

#include "compiler/plan/owners.h"
#include "stdlib/core/names.h"

namespace cdc::lower {
namespace {

// Collects what one rule uses of one table.
class Collector {
 public:
  Collector(const plan::TableRule& rule, const Schema& table) : rule_(rule), table_(table) {}

  std::vector<plan::UsedColumn> Collect() {
    if (rule_.where) UseSources(*rule_.where);
    for (const plan::SelectItem& item : rule_.select) UseItem(item);
    for (const plan::OnRule& on : rule_.on) {
      if (on.when) UseSources(*on.when);
      for (const std::string& name : on.of) Use(name);
    }
    UseKey();
    for (const std::string& name : rule_.partition.columns) UseOutput(name);
    for (const plan::TopicRule::Arm& arm : rule_.topic.arms) UseOutputs(arm.when);
    for (const plan::HeaderRule& header : rule_.headers) UseOutputs(header.value);
    std::vector<plan::UsedColumn> columns;
    for (const int column : used_) {
      const Column& found = table_.columns[static_cast<size_t>(column)];
      columns.push_back({found.name, found.type});
    }
    return columns;
  }

 private:
  void Use(std::string_view name) {
    if (const int column = table_.Find(name); column >= 0) used_.insert(column);
  }

  void UseItem(const plan::SelectItem& item) {
    if (!item.star) return UseSources(item.value);
    for (const auto& [from, to] : item.rename) Use(from);
    for (const auto& [value, column] : item.replace) UseSources(value);
  }

  void UseSources(const expr::Expr& expr) {
    if (expr.kind == expr::ExprKind::kColumn) Use(expr.name);
    for (const expr::Expr& argument : expr.args) UseSources(argument);
  }

  void UseOutputs(const expr::Expr& expr) {
    if (expr.kind == expr::ExprKind::kColumn) UseOutput(expr.name);
    for (const expr::Expr& argument : expr.args) UseOutputs(argument);
  }

  // Output columns that an item makes are used with it; any other is the source column of that name.
  void UseOutput(const std::string& name) {
    for (const plan::SelectItem& item : rule_.select) {
      if (!item.star && SameName(item.name, name)) return;
      for (const auto& [from, to] : item.rename) {
        if (SameName(to, name)) return;
      }
    }
    Use(name);
  }

  void UseKey() {
    using Kind = plan::KeyRule::Kind;
    const bool primary = rule_.partition.kind == plan::PartitionRule::Kind::kPrimaryKey;
    if (rule_.key.kind == Kind::kDefault) used_.merge(Set(table_.DefaultKey()));
    if (rule_.key.kind == Kind::kPrimary || primary) used_.merge(Set(table_.PrimaryKey()));
    for (const std::string& name : rule_.key.columns) UseOutput(name);
  }

  static std::set<int> Set(const std::vector<int>& columns) { return {columns.begin(), columns.end()}; }

  const plan::TableRule& rule_;
  const Schema& table_;
  std::set<int> used_;  // by position
};

}  // namespace

std::vector<plan::UsedTable> UsedColumns(const plan::Pipe& pipe, const std::string& source,
                                         const std::vector<Schema>& tables) {
  std::vector<plan::UsedTable> used;
  const plan::Owners owners(pipe);
  for (const Schema& table : tables) {
    const int owner = owners.Find(table.database, table.table);
    if (owner < 0 || pipe.tables[static_cast<size_t>(owner)].skip) continue;
    std::vector<plan::UsedColumn> columns = Collector(pipe.tables[static_cast<size_t>(owner)], table).Collect();
    if (!columns.empty()) used.push_back({source, table.database, table.table, std::move(columns)});
  }
  return used;
}

}  // namespace cdc::lower
