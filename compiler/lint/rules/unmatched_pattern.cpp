#include <algorithm>

#include "compiler/lint/rule.h"

namespace cdc::lint {
namespace {

std::vector<std::string> TablesNear(const PipeView& pipe, const ast::Pattern& pattern) {
  std::vector<std::string> names;
  const bool exact = pattern.database.kind == ast::NamePart::Kind::kExact;
  for (const SourceView& source : pipe.sources) {
    for (const Schema& table : *source.tables.snapshot) {
      if (!exact || table.database == pattern.database.text) names.push_back(table.database + "." + table.table);
    }
  }
  return names;
}

bool HasSnapshots(const PipeView& pipe) {
  return std::all_of(pipe.sources.begin(), pipe.sources.end(),
                     [](const SourceView& source) { return source.tables.snapshot != nullptr; });
}

bool MatchesAny(const PipeView& pipe, const RuleView& rule) {
  for (const SourceView& source : pipe.sources) {
    for (const Schema& table : *source.tables.snapshot) {
      if (rule.matcher.Matches(table.database, table.table)) return true;
    }
  }
  return false;
}

void RunUnmatchedPattern(const ProgramView& program, Diagnostics* diagnostics) {
  for (const PipeView& pipe : program.pipes) {
    if (!HasSnapshots(pipe)) continue;
    for (const RuleView& rule : pipe.rules) {
      // `skip` is there for tables that may come; an exact name that is not there is PIPE102.
      if (rule.ast().skip || rule.matcher.IsExact() || MatchesAny(pipe, rule)) continue;
      std::vector<std::string> near = TablesNear(pipe, rule.ast().pattern);
      diag::Diagnostic& made = diagnostics->Report(Kind::kUnmatchedPattern, rule.ast().pattern.span,
                                                   "this pattern matches no table of the schema " +
                                                       std::string(pipe.sources.size() > 1 ? "snapshots" : "snapshot") +
                                                       " of " + Listed(pipe.pipe->sources),
                                                   "nothing is captured");
      if (!near.empty()) made.notes.push_back("the snapshot has " + Listed(near));
    }
  }
}

}  // namespace

Rule UnmatchedPattern() { return {.kind = Kind::kUnmatchedPattern, .of_program = RunUnmatchedPattern}; }

}  // namespace cdc::lint
