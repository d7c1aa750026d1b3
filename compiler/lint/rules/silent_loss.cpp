#include "compiler/lint/rule.h"

namespace cdc::lint {
namespace {

void FindSkips(const std::vector<sema::On>& rules, Diagnostics* diagnostics) {
  for (const sema::On& on : rules) {
    bool of_error = !on.clause.events.empty() && on.clause.events[0].label == "error";
    const ast::Action& action = on.clause.action;
    if (!of_error || action.kind != ast::Action::Kind::kSkip) continue;
    if (sema::AlreadyReported(Kind::kSilentLoss, action.span, *diagnostics)) continue;
    diagnostics
        ->Report(Kind::kSilentLoss, action.span, "rows that fail are dropped, and nothing keeps them",
                 "only a counter tells")
        .notes = {"without the rule the pipe stops at such a row, and no row is lost"};
  }
}

void RunSilentLoss(const ProgramView& program, Diagnostics* diagnostics) {
  for (const PipeView& pipe : program.pipes) {
    for (const RuleView& rule : pipe.rules) FindSkips(rule.rule->on, diagnostics);
  }
}

}  // namespace

Rule SilentLoss() { return {.kind = Kind::kSilentLoss, .of_program = RunSilentLoss}; }

}  // namespace cdc::lint
