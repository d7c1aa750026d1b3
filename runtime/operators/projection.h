#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/plan/plan.h"
#include "runtime/bind/expression.h"
#include "runtime/record/change_batch.h"

namespace cdc::operators {

// `select` of one table: which output columns there are, and how a row image becomes one of them.
class Projection {
 public:
  // Mistakes go to `problems`: PIPE101 in except/rename/replace, PIPE139, and those of the expressions.
  static Projection Make(const plan::TableRule& rule, const Schema& schema, const expr::Scope& scope,
                         bind::Problems* problems);

  // Whether every row passes as it is: `*` and nothing else.
  bool identity() const { return identity_; }
  const std::vector<Column>& columns() const { return columns_; }
  // The output column that stands for a source column: its copy, else the one that replaces it; -1 if there is none.
  int OutputOf(int source_column) const;
  // Schema positions that an output column is made of.
  std::vector<int> SourcesOf(int output_column) const;
  // Schema positions that are read.
  const std::vector<int>& sources() const { return sources_; }
  uint32_t meta_fields() const { return meta_fields_; }
  bool has_programs() const { return !programs_.empty(); }

  // Writes the output columns of the current image of `view` to `out`.
  // Errors: kRow, an expression failed.
  Status Apply(const bind::RowView& view, Arena* scratch, Value* out) const {
    const Value* current = view.current();
    for (const Step& step : steps_) {
      if (step.copy >= 0) [[likely]] {
        *out++ = current[step.copy];
        continue;
      }
      Result<Value> value = programs_[static_cast<size_t>(step.program)].Evaluate(view, scratch);
      if (!value.ok()) return std::move(value).error();
      *out++ = value.value();
    }
    return OkStatus();
  }

 private:
  struct Step {
    int copy = -1;  // schema position
    int program = -1;
    int stands_for = -1;  // schema position of a replaced column
  };
  friend class ProjectionMaker;

  bool identity_ = false;
  std::vector<Column> columns_;
  std::vector<Step> steps_;
  std::vector<bind::Program> programs_;
  std::vector<int> sources_;
  uint32_t meta_fields_ = 0;
};

}  // namespace cdc::operators
