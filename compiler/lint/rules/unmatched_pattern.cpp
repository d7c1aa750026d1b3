#include "compiler/lint/rule.h"

namespace cdc::lint {
namespace {

std::vector<std::string> TablesNear(const PipeView& pipe, const ast::Pattern& pattern) {
  std::vector<std::string> names;
  for (const Schema& table : *pipe.snapshot) {
    bool exact = pattern.database.kind == ast::NamePart::Kind::kExact;
    if (!exact || table.database == pattern.database.text) names.push_back(table.database + "." + table.table);
  }
  return names;
}

void RunUnmatchedPattern(const ProgramView& program, Diagnostics* diagnostics) {
  for (const PipeView& pipe : program.pipes) {
    for (const RuleView& rule : pipe.rules) {
      // `skip` is there for tables that may come; an exact name that is not there is PIPE102.
      if (pipe.snapshot == nullptr || rule.ast().skip || rule.matcher.IsExact()) continue;
      bool matches = false;
      for (const Schema& table : *pipe.snapshot) matches = matches || rule.matcher.Matches(table.database, table.table);
      if (matches) continue;
      std::vector<std::string> near = TablesNear(pipe, rule.ast().pattern);
      diag::Diagnostic& made = diagnostics->Report(
          Kind::kUnmatchedPattern, rule.ast().pattern.span,
          "this pattern matches no table of the schema snapshot of `" + pipe.pipe->source + "`", "nothing is captured");
      if (!near.empty()) made.notes.push_back("the snapshot has " + Listed(near));
    }
  }
}

}  // namespace

Rule UnmatchedPattern() { return {.kind = Kind::kUnmatchedPattern, .of_program = RunUnmatchedPattern}; }

}  // namespace cdc::lint
