#include <map>

#include "compiler/lint/rule.h"
#include "stdlib/core/names.h"

namespace cdc::lint {
namespace {

// 0: names as they are written; 1 and 2: whatever their case.
void CompareServers(const ProgramView& program, Diagnostics* diagnostics) {
  const sema::Resource* first = nullptr;
  int first_value = 0;
  for (const sema::Resource& source : program.checked.sources) {
    auto facts = program.input.snapshots.find(SnapshotFolder(source));
    if (facts == program.input.snapshots.end() || !facts->second.lower_case_table_names) continue;
    const int value = *facts->second.lower_case_table_names;
    if (first == nullptr) {
      first = &source;
      first_value = value;
    } else if ((value == 0) != (first_value == 0)) {
      diagnostics
          ->Report(Kind::kCaseOnlyDifference, source.span,
                   "`" + first->name + "` and `" + source.name + "` treat the case of names differently",
                   "lower_case_table_names is " + std::to_string(value))
          .labels.push_back({first->span, "here it is " + std::to_string(first_value)});
    }
  }
}

void RunCaseOnlyDifference(const ProgramView& program, Diagnostics* diagnostics) {
  CompareServers(program, diagnostics);
  for (const PipeView& pipe : program.pipes) {
    std::map<std::string, std::pair<std::string, Span>> first;  // by the folded name
    for (const RuleView& rule : pipe.rules) {
      for (const TableView& table : rule.tables) {
        if (table.table.schema == nullptr) continue;
        auto [at, added] = first.emplace(FoldName(table.Name()), std::pair(table.Name(), rule.rule->span));
        if (added || at->second.first == table.Name()) continue;
        if (sema::AlreadyReported(Kind::kCaseOnlyDifference, rule.rule->span, *diagnostics)) continue;
        diag::Diagnostic& made =
            diagnostics->Report(Kind::kCaseOnlyDifference, rule.rule->span,
                                "`" + at->second.first + "` and `" + table.Name() + "` differ in case only",
                                "they are one table on a server that folds names");
        if (!(at->second.second == rule.rule->span)) made.labels.push_back({at->second.second, "the first is here"});
        made.notes.push_back("after a move to a server with another lower_case_table_names they would meet");
      }
    }
  }
}

}  // namespace

Rule CaseOnlyDifference() { return {.kind = Kind::kCaseOnlyDifference, .of_program = RunCaseOnlyDifference}; }

}  // namespace cdc::lint
