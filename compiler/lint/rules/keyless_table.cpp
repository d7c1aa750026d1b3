#include "compiler/lint/rule.h"

namespace cdc::lint {
namespace {

void RunKeylessTable(const ProgramView& program, Diagnostics* diagnostics) {
  for (const PipeView& pipe : program.pipes) {
    for (const RuleView& rule : pipe.rules) {
      // A written key, `key none` too, is a decision.
      if (rule.rule->key) continue;
      std::vector<std::string> keyless;
      for (const TableView& table : rule.tables) {
        const Schema* schema = table.table.schema;
        if (schema != nullptr && schema->DefaultKey().empty()) keyless.push_back(table.Name());
      }
      if (keyless.empty() || sema::AlreadyReported(Kind::kKeylessTable, rule.rule->span, *diagnostics)) continue;
      bool one = keyless.size() == 1;
      diagnostics
          ->Report(Kind::kKeylessTable, rule.rule->span,
                   Listed(keyless) + (one ? " has" : " have") + " neither a primary key nor a unique one without NULL",
                   "records have no key, order is per table")
          .notes = {"`key (…)` names columns that tell rows apart; `key none` says that none do"};
    }
  }
}

}  // namespace

Rule KeylessTable() { return {.kind = Kind::kKeylessTable, .of_program = RunKeylessTable}; }

}  // namespace cdc::lint
