#include "compiler/lint/rule.h"

namespace cdc::lint {
namespace {

// What gh-ost, pt-online-schema-change and their like call the copies they make of `orders`.
std::vector<std::string> ShadowsOf(const std::string& table) {
  return {"_" + table + "_gho", "_" + table + "_ghc", "_" + table + "_del", "_" + table + "_new", "_" + table + "_old"};
}

// The first shadow of a table of the rule that the rule would own too; empty if there is none.
std::string TakenShadow(const PipeView& pipe, size_t number) {
  const RuleView& rule = pipe.rules[number];
  const ast::Pattern& pattern = rule.ast().pattern;
  auto taken = [&](const std::string& database, const std::string& table) -> std::string {
    for (const std::string& shadow : ShadowsOf(table)) {
      for (size_t i = 0; i <= number; ++i) {
        if (!pipe.rules[i].matcher.Matches(database, shadow)) continue;
        if (i == number) return shadow;
        break;
      }
    }
    return "";
  };
  for (const TableView& table : rule.tables) {
    if (table.table.table.empty()) continue;
    std::string shadow = taken(table.table.database, table.table.table);
    if (!shadow.empty()) return shadow;
  }
  bool exact = pattern.database.kind == ast::NamePart::Kind::kExact;
  return taken(exact ? pattern.database.text : "shop", "orders");
}

void RunMigrationShadowTables(const ProgramView& program, Diagnostics* diagnostics) {
  for (const PipeView& pipe : program.pipes) {
    for (size_t i = 0; i < pipe.rules.size(); ++i) {
      const ast::Pattern& pattern = pipe.rules[i].ast().pattern;
      if (pipe.rules[i].ast().skip || pattern.table.kind == ast::NamePart::Kind::kExact) continue;
      std::string shadow = TakenShadow(pipe, i);
      if (shadow.empty()) continue;
      std::string database(program.TextOf(pattern.database.span));
      diagnostics
          ->Report(Kind::kMigrationShadowTables, pattern.span, "this also takes the copies that migration tools make",
                   "`" + shadow + "` would be captured")
          .notes = {"above it, write `table " + database + ".r'_.*' skip;`"};
    }
  }
}

}  // namespace

Rule MigrationShadowTables() { return {.kind = Kind::kMigrationShadowTables, .of_program = RunMigrationShadowTables}; }

}  // namespace cdc::lint
