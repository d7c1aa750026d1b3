#include "compiler/lint/rule.h"
#include "compiler/sema/clauses.h"

namespace cdc::lint {
namespace {

const ast::Event* FirstDdl(const std::vector<sema::On>& rules) {
  for (const sema::On& on : rules) {
    for (const ast::Event& event : on.clause.events) {
      if (sema::ClassOf(event) == sema::EventClass::kDdl) return &event;
    }
  }
  return nullptr;
}

bool CoversDrop(const std::vector<sema::On>& rules) {
  for (const sema::On& on : rules) {
    for (const ast::Event& event : on.clause.events) {
      if (!on.clause.when && (event.label == "ddl" || event.label == "drop table")) return true;
    }
  }
  return false;
}

void RunUnhandledDdl(const ProgramView& program, Diagnostics* diagnostics) {
  for (const PipeView& pipe : program.pipes) {
    for (const RuleView& rule : pipe.rules) {
      const ast::Event* first = rule.ast().skip ? nullptr : FirstDdl(rule.rule->on);
      if (first == nullptr || CoversDrop(rule.rule->on)) continue;
      if (sema::AlreadyReported(Kind::kUnhandledDdl, first->span, *diagnostics)) continue;
      diagnostics
          ->Report(Kind::kUnhandledDdl, first->span, "there are rules for DDL, and none of them is for `drop table`",
                   "a dropped table stops the pipe")
          .notes = {"that is the default; say it with `on drop table fail;`, or answer the rest with `on ddl skip;`"};
    }
  }
}

}  // namespace

Rule UnhandledDdl() { return {.kind = Kind::kUnhandledDdl, .of_program = RunUnhandledDdl}; }

}  // namespace cdc::lint
