#include "runtime/operators/projection.h"

#include <algorithm>

#include "runtime/bind/table_scope.h"
#include "stdlib/core/names.h"

namespace cdc::operators {

class ProjectionMaker {
 public:
  ProjectionMaker(const Schema& schema, const expr::Scope& scope, bind::Problems* problems)
      : schema_(schema), scope_(scope), problems_(problems) {}

  Projection Make(const plan::TableRule& rule) {
    if (rule.select.empty()) {
      AddStar(plan::SelectItem{});
    }
    for (const plan::SelectItem& item : rule.select) {
      if (item.star) {
        AddStar(item);
      } else {
        AddValue(item);
      }
    }
    result_.identity_ = result_.programs_.empty() && result_.steps_.size() == schema_.columns.size();
    for (size_t i = 0; i < result_.steps_.size() && result_.identity_; ++i) {
      result_.identity_ = result_.steps_[i].copy == static_cast<int>(i);
    }
    return std::move(result_);
  }

 private:
  // Position of a source column named in except, rename or replace.
  int Source(const std::string& name, const plan::SelectItem& item, std::vector<int>* named) {
    const int index = bind::FindColumnByName(schema_.columns, name);
    if (index < 0) {
      expr::Problem problem;
      problem.id = 101;
      problem.message = "unknown column `" + name + "` in table `" + scope_.TableName() + "`";
      problem.origin = item.origin;
      if (auto near = expr::Nearest(name, scope_.ColumnNames())) problem.label = "did you mean `" + *near + "`?";
      problems_->Add(std::move(problem));
    } else if (std::find(named->begin(), named->end(), index) != named->end()) {
      problems_->Add(139, item.origin, "column `" + name + "` stands in two of `except`, `rename` and `replace`");
    } else {
      named->push_back(index);
    }
    return index;
  }

  void AddStar(const plan::SelectItem& item) {
    const size_t count = schema_.columns.size();
    std::vector<int> named;
    std::vector<bool> left_out(count, false);
    std::vector<const std::string*> renamed(count, nullptr);
    std::vector<const expr::Expr*> replaced(count, nullptr);
    for (const std::string& name : item.except) {
      const int index = Source(name, item, &named);
      if (index >= 0) left_out[static_cast<size_t>(index)] = true;
    }
    for (const auto& [from, to] : item.rename) {
      const int index = Source(from, item, &named);
      if (index >= 0) renamed[static_cast<size_t>(index)] = &to;
    }
    for (const auto& [value, name] : item.replace) {
      const int index = Source(name, item, &named);
      if (index >= 0) replaced[static_cast<size_t>(index)] = &value;
    }
    for (size_t i = 0; i < count; ++i) {
      if (left_out[i]) continue;
      const int source = static_cast<int>(i);
      Column column = schema_.columns[i];
      if (renamed[i] != nullptr) column.name = *renamed[i];
      if (replaced[i] == nullptr) {
        AddCopy(std::move(column), source, item.origin);
      } else if (auto bound = bind::BindValue(*replaced[i], scope_, problems_)) {
        AddBound(column.name, std::move(*bound), source, replaced[i]->origin);
      }
    }
  }

  void AddValue(const plan::SelectItem& item) {
    auto bound = item.as_type ? bind::BindValueAs(item.value, *item.as_type, scope_, problems_)
                              : bind::BindValue(item.value, scope_, problems_);
    if (!bound) return;
    const int column = bound->column;
    if (item.as_type) {
      const bool sensitive = bound->type.sensitive;
      bound->type = *item.as_type;
      bound->type.sensitive = sensitive;
      bound->column = -1;
    }
    AddBound(item.name, std::move(*bound), column, item.origin);
  }

  void AddBound(const std::string& name, bind::Expression bound, int stands_for, const expr::Origin& origin) {
    if (bound.column >= 0) {
      Column column = schema_.columns[static_cast<size_t>(bound.column)];
      column.name = name;
      AddCopy(std::move(column), bound.column, origin);
      return;
    }
    Column column;
    column.name = name;
    column.type = bound.type;
    Projection::Step step;
    step.program = static_cast<int>(result_.programs_.size());
    step.stands_for = stands_for;
    const auto& read = bound.program.columns();
    result_.sources_.insert(result_.sources_.end(), read.begin(), read.end());
    result_.meta_fields_ |= bound.meta_fields;
    result_.programs_.push_back(std::move(bound.program));
    Add(std::move(column), step, origin);
  }

  void AddCopy(Column column, int source, const expr::Origin& origin) {
    Projection::Step step;
    step.copy = source;
    result_.sources_.push_back(source);
    Add(std::move(column), step, origin);
  }

  void Add(Column column, Projection::Step step, const expr::Origin& origin) {
    if (bind::FindColumnByName(result_.columns_, column.name) >= 0) {
      problems_->Add(139, origin,
                     "two output columns of `" + scope_.TableName() + "` are called `" + column.name + "`");
      return;
    }
    result_.columns_.push_back(std::move(column));
    result_.steps_.push_back(step);
  }

  const Schema& schema_;
  const expr::Scope& scope_;
  bind::Problems* problems_;
  Projection result_;
};

Projection Projection::Make(const plan::TableRule& rule, const Schema& schema, const expr::Scope& scope,
                            bind::Problems* problems) {
  return ProjectionMaker(schema, scope, problems).Make(rule);
}

std::vector<int> Projection::SourcesOf(int output_column) const {
  const Step& step = steps_[static_cast<size_t>(output_column)];
  if (step.copy >= 0) return {step.copy};
  return programs_[static_cast<size_t>(step.program)].columns();
}

int Projection::OutputOf(int source_column) const {
  for (size_t i = 0; i < steps_.size(); ++i) {
    if (steps_[i].copy == source_column) return static_cast<int>(i);
  }
  for (size_t i = 0; i < steps_.size(); ++i) {
    if (steps_[i].stands_for == source_column) return static_cast<int>(i);
  }
  return -1;
}

}  // namespace cdc::operators
