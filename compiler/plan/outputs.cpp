#include "compiler/plan/outputs.h"

#include <algorithm>

#include "stdlib/core/names.h"
#include "stdlib/expr/resolve.h"
#include "stdlib/regex/pattern.h"

namespace cdc::plan {
namespace {

// The columns of a table, those that the rule's filter proves not to be NULL narrowed, and the groups of its pattern.
class TableScope : public expr::Scope {
 public:
  TableScope(const TableRule& rule, const Schema& table) : table_(table) {
    AddGroups(rule.database);
    AddGroups(rule.table);
    if (rule.where) expr::NarrowColumns(*rule.where, *this, &table_.columns);
  }

  const std::vector<Column>& columns() const { return table_.columns; }

  std::optional<ColumnRef> FindColumn(std::string_view name) const override {
    const int index = table_.Find(name);
    if (index < 0) return std::nullopt;
    return ColumnRef{index, table_.columns[static_cast<size_t>(index)].type};
  }
  std::vector<std::string> ColumnNames() const override { return {}; }
  std::string TableName() const override { return table_.database + "." + table_.table; }
  std::vector<std::string> MatchNames() const override { return groups_; }
  uint32_t MatchLengthMax(std::string_view name) const override {
    for (size_t i = 0; i < groups_.size(); ++i) {
      if (groups_[i] == name && lengths_[i] > 0) return lengths_[i];
    }
    return Scope::MatchLengthMax(name);
  }
  bool HasImages() const override { return true; }
  bool HasColumns() const override { return true; }

 private:
  void AddGroups(const NamePattern& pattern) {
    if (pattern.kind != NamePattern::Kind::kRegex) return;
    Result<regex::Pattern> compiled = regex::Pattern::Compile(pattern.text);
    if (!compiled.ok()) return;
    for (const std::string& group : compiled->group_names()) {
      groups_.push_back(group);
      lengths_.push_back(compiled->GroupLengthMax(group));
    }
  }

  Schema table_;
  std::vector<std::string> groups_;
  std::vector<uint32_t> lengths_;
};

void AddColumns(const expr::Expr& expr, const Schema& table, std::vector<std::string>* columns) {
  if (expr.kind == expr::ExprKind::kColumn) {
    const int index = table.Find(expr.name);
    const std::string& name = index < 0 ? expr.name : table.columns[static_cast<size_t>(index)].name;
    if (std::find(columns->begin(), columns->end(), name) == columns->end()) columns->push_back(name);
  }
  for (const expr::Expr& arg : expr.args) AddColumns(arg, table, columns);
}

class OutputReader {
 public:
  OutputReader(const TableRule& rule, const Schema& table) : rule_(rule), table_(table), scope_(rule, table) {}

  std::vector<Output> Run() {
    if (rule_.select.empty()) Star({});
    for (const SelectItem& item : rule_.select) item.star ? Star(item) : Item(item);
    return std::move(outputs_);
  }

 private:
  void AsItIs(const Column& column, const std::string& name) {
    outputs_.push_back({name, column.type, nullptr, {column.name}, column.comment});
  }

  Output& Computed(const std::string& name, const expr::Expr& value) {
    Output output{name, expr::Resolve(value, scope_).type, &value, {}, ""};
    AddColumns(value, table_, &output.columns);
    return outputs_.emplace_back(std::move(output));
  }

  void Star(const SelectItem& star) {
    for (const Column& column : scope_.columns()) {
      auto is_it = [&](const std::string& name) { return SameName(name, column.name); };
      if (std::any_of(star.except.begin(), star.except.end(), is_it)) continue;
      auto replaced = std::find_if(star.replace.begin(), star.replace.end(),
                                   [&](const auto& replace) { return is_it(replace.second); });
      auto renamed =
          std::find_if(star.rename.begin(), star.rename.end(), [&](const auto& rename) { return is_it(rename.first); });
      if (replaced != star.replace.end()) {
        Computed(column.name, replaced->first);
      } else {
        AsItIs(column, renamed != star.rename.end() ? renamed->second : column.name);
      }
    }
  }

  void Item(const SelectItem& item) {
    const bool plain = item.value.kind == expr::ExprKind::kColumn && item.value.image == expr::Image::kCurrent;
    const int index = plain ? table_.Find(item.value.name) : -1;
    if (index >= 0 && !item.as_type) return AsItIs(scope_.columns()[static_cast<size_t>(index)], item.name);
    Output& output = Computed(item.name, item.value);
    if (item.as_type) output.type = *item.as_type;
  }

  const TableRule& rule_;
  const Schema& table_;
  TableScope scope_;
  std::vector<Output> outputs_;
};

}  // namespace

std::vector<Output> OutputsOf(const TableRule& rule, const Schema& table) { return OutputReader(rule, table).Run(); }

std::vector<std::string> KeyColumnsOf(const TableRule& rule, const Schema& table) {
  if (rule.key.kind == KeyRule::Kind::kNone) return {};
  if (rule.key.kind == KeyRule::Kind::kColumns) return rule.key.columns;
  std::vector<std::string> names;
  const std::vector<Output> outputs = OutputsOf(rule, table);
  for (int column : rule.key.kind == KeyRule::Kind::kPrimary ? table.PrimaryKey() : table.DefaultKey()) {
    const std::string& source = table.columns[static_cast<size_t>(column)].name;
    auto output = std::find_if(outputs.begin(), outputs.end(), [&](const Output& candidate) {
      return candidate.value == nullptr && candidate.columns[0] == source;
    });
    if (output == outputs.end()) return {};
    names.push_back(output->name);
  }
  return names;
}

}  // namespace cdc::plan
