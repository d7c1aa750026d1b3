#include "compiler/lint/rule.h"

namespace cdc::lint {
namespace {

void RunSinglePartition(const ProgramView& program, Diagnostics* diagnostics) {
  for (const PipeView& pipe : program.pipes) {
    if (pipe.sink == nullptr) continue;
    int64_t partitions = pipe.sink->settings.Number("topics.partitions", 1);
    for (const RuleView& rule : pipe.rules) {
      if (!rule.rule->partition || rule.ast().skip) continue;
      const ast::PartitionClause& clause = rule.rule->partition->clause;
      bool fixed = clause.kind == ast::PartitionClause::Kind::kFixed;
      // A number above 0 says that there are more.
      if (!fixed || (partitions <= 1 && clause.number == "0")) continue;
      if (sema::AlreadyReported(Kind::kSinglePartition, clause.target, *diagnostics)) continue;
      diag::Diagnostic& made =
          diagnostics->Report(Kind::kSinglePartition, clause.target,
                              "all records go to partition " + clause.number + "; the others stay empty",
                              "one consumer of a group reads everything");
      auto written = pipe.sink->written.find("topics.partitions");
      if (written != pipe.sink->written.end()) {
        made.labels.push_back({written->second, "partitions of a topic"});
      }
      made.notes.push_back("`partition by key` keeps the order of each key and uses all of them");
    }
  }
}

}  // namespace

Rule SinglePartition() { return {.kind = Kind::kSinglePartition, .of_program = RunSinglePartition}; }

}  // namespace cdc::lint
