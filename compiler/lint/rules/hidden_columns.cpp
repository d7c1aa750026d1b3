#include "compiler/lint/rule.h"
#include "stdlib/core/names.h"

namespace cdc::lint {
namespace {

// Empty: it is there for everyone to see.
std::string WhyHidden(const Column& column) {
  if (SameName(column.name, "my_row_id") && column.invisible) return "the server's generated primary key";
  if (column.invisible) return "invisible";
  return column.generated ? "generated" : "";
}

void RunHiddenColumns(const ProgramView& program, Diagnostics* diagnostics) {
  for (const PipeView& pipe : program.pipes) {
    for (const RuleView& rule : pipe.rules) {
      Span span = rule.rule->span;
      bool star = rule.rule->select.empty();
      for (const ast::SelectItem& item : rule.rule->select) {
        if (!item.star) continue;
        star = true;
        span = item.span;
      }
      std::vector<std::string> hidden;
      for (const TableView& table : rule.tables) {
        if (!star || table.table.schema == nullptr) continue;
        for (const sema::OutputColumn& column : table.shape.output.columns) {
          int at = column.source.empty() || !(column.span == span) ? -1 : table.table.schema->Find(column.source);
          std::string why = at < 0 ? "" : WhyHidden(table.table.schema->columns[static_cast<size_t>(at)]);
          if (!why.empty()) hidden.push_back(table.Name() + "." + column.name + "` (" + why + ")");
        }
      }
      if (hidden.empty() || sema::AlreadyReported(Kind::kHiddenColumns, span, *diagnostics)) continue;
      std::string text;
      for (size_t i = 0; i < hidden.size() && i < 3; ++i) text += (i == 0 ? "`" : ", `") + hidden[i];
      if (hidden.size() > 3) text += " and " + std::to_string(hidden.size() - 3) + " more";
      diagnostics
          ->Report(Kind::kHiddenColumns, span,
                   "`*` also publishes columns that `SELECT *` hides or the server computes", text)
          .notes = {"leave them out with `* except (…)`, or name them"};
    }
  }
}

}  // namespace

Rule HiddenColumns() { return {.kind = Kind::kHiddenColumns, .of_program = RunHiddenColumns}; }

}  // namespace cdc::lint
