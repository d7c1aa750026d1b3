#include <set>

#include "compiler/lint/rule.h"

namespace cdc::lint {
namespace {

// The tables of one source that the rule at `place` matches and an earlier one owns.
void TakenOf(const sema::SourceTables& source, const RuleView& rule, size_t place, std::vector<std::string>* taken,
             std::set<int>* takers) {
  for (size_t t = 0; t < source.owners.size(); ++t) {
    const Schema& table = (*source.snapshot)[t];
    const int owner = source.owners[t];
    // Nobody's, or a later rule's: it does not match.
    if (owner < 0 || owner >= static_cast<int>(place)) continue;
    if (!rule.matcher.Matches(table.database, table.table)) continue;
    taken->push_back(table.database + "." + table.table);
    takers->insert(owner);
  }
}

void RunOverlappingPatterns(const ProgramView& program, Diagnostics* diagnostics) {
  for (const PipeView& pipe : program.pipes) {
    for (size_t i = 0; i < pipe.rules.size(); ++i) {
      const ast::Pattern& pattern = pipe.rules[i].ast().pattern;
      // `shop.*` is for all that is left.
      if (pattern.table.kind != ast::NamePart::Kind::kRegex) continue;
      std::vector<std::string> taken;
      std::set<int> takers;
      for (const SourceView& source : pipe.sources) TakenOf(source.tables, pipe.rules[i], i, &taken, &takers);
      if (taken.empty()) continue;
      std::string count = std::to_string(taken.size());
      diag::Diagnostic& made =
          diagnostics->Report(Kind::kOverlappingPatterns, pattern.span,
                              (taken.size() == 1 ? "1 table matches" : count + " tables match") + " this rule but " +
                                  (taken.size() == 1 ? "belongs" : "belong") + " to an earlier one",
                              "first match wins");
      for (int taker : takers) {
        made.labels.push_back({pipe.rules[static_cast<size_t>(taker)].ast().pattern.span, "it owns them"});
      }
      made.notes.push_back(Listed(taken, 12));
    }
  }
}

}  // namespace

Rule OverlappingPatterns() { return {.kind = Kind::kOverlappingPatterns, .of_program = RunOverlappingPatterns}; }

}  // namespace cdc::lint
