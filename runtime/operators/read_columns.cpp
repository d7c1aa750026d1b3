#include "runtime/operators/read_columns.h"

#include <algorithm>
#include <string>

#include "stdlib/core/names.h"

namespace cdc::operators {
namespace {

class Reader {
 public:
  explicit Reader(const Schema& table) : table_(table), read_(table.columns.size(), false) {}

  void Name(const std::string& name) {
    if (const int at = table_.Find(name); at >= 0) read_[static_cast<size_t>(at)] = true;
  }

  void Expression(const expr::Expr& expr) {
    if (expr.kind == expr::ExprKind::kColumn) Name(expr.name);
    for (const expr::Expr& arg : expr.args) Expression(arg);
  }

  // What neither list of the star takes away.
  void Star(const plan::SelectItem& star) {
    for (size_t i = 0; i < read_.size(); ++i) {
      auto is_it = [&](const std::string& name) { return SameName(name, table_.columns[i].name); };
      const bool replaced = std::any_of(star.replace.begin(), star.replace.end(),
                                        [&](const auto& replace) { return is_it(replace.second); });
      if (!replaced && std::none_of(star.except.begin(), star.except.end(), is_it)) read_[i] = true;
    }
    for (const auto& [value, name] : star.replace) Expression(value);
  }

  void Columns(const std::vector<int>& columns) {
    for (const int column : columns) read_[static_cast<size_t>(column)] = true;
  }

  std::vector<bool> Finish() { return std::move(read_); }

 private:
  const Schema& table_;
  std::vector<bool> read_;
};

}  // namespace

std::vector<bool> ReadColumns(const plan::TableRule& rule, const Schema& table) {
  Reader reader(table);
  if (rule.where) reader.Expression(*rule.where);
  if (rule.select.empty()) reader.Star({});
  for (const plan::SelectItem& item : rule.select) item.star ? reader.Star(item) : reader.Expression(item.value);
  for (const plan::OnRule& on : rule.on) {
    if (on.when) reader.Expression(*on.when);
    for (const std::string& name : on.of) reader.Name(name);
  }
  reader.Columns(table.PrimaryKey());
  reader.Columns(table.DefaultKey());
  return reader.Finish();
}

}  // namespace cdc::operators
