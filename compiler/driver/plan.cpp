#include <algorithm>
#include <array>
#include <optional>
#include <ostream>
#include <string_view>

#include "compiler/command/findings.h"
#include "compiler/driver/command.h"
#include "compiler/plan/graph.h"
#include "compiler/trace/trace.h"

namespace cdc::driver {

using namespace command;
namespace {

constexpr const char* kPlanLines =
    R"(  pipec plan FILE         shows what the program will do: every table, its topic, key and partition
  pipec plan FILE --format json
                          the plan as a document that `piperun run` takes too
  pipec plan FILE --format dot|mermaid
                          the plan as a drawing
  pipec plan FILE --explain TABLE
                          which rule owns a table, and what decided each of its settings
)";

constexpr const char* kPlanHelp = R"(pipec plan FILE [options]

Shows, for every pipe, each table of the schema snapshot with the rule that owns it, its topic, key, partition, format and filter;
without a snapshot, the rules themselves. Errors go to standard error.

  --explain TABLE         why a table is treated as it is: which rule owns it and why the others do not, and where each
                          of its settings was written; TABLE is database.table, or the name of a known table alone
  --format FORM           text for people (default); json for `piperun run` and other programs, which needs a value
                          for every parameter; it records the project's folder, where its relative paths start;
                          dot or mermaid: a drawing of it, for Graphviz or Mermaid
  --diagnostics FORMAT    how errors are written: human (default), compact, json, sarif, github, gitlab, junit
  --param NAME=VALUE, --params FILE, --schema DIR, --require-schema, --color WHEN, --quiet: as in pipec --help
)";

enum class PlanForm : uint8_t { kText, kJson, kDot, kMermaid };

Status ReadForm(const std::string& value, PlanForm* form) {
  static constexpr std::array<std::string_view, 4> kPlanForms = {"text", "json", "dot", "mermaid"};
  const auto* found = std::find(kPlanForms.begin(), kPlanForms.end(), value);
  if (found == kPlanForms.end()) return Usage("`--format` of plan is text, json, dot or mermaid, not `" + value + "`");
  *form = static_cast<PlanForm>(found - kPlanForms.begin());
  return OkStatus();
}

std::string Rendered(const compile::Compiled& compiled, PlanForm form) {
  switch (form) {
    case PlanForm::kJson:
      return plan::ToJson(*compiled.plan);
    case PlanForm::kDot:
      return plan::RenderDot(*compiled.plan, compiled.tables);
    case PlanForm::kMermaid:
      return plan::RenderMermaid(*compiled.plan, compiled.tables);
    case PlanForm::kText:
      break;
  }
  return plan::RenderText(*compiled.plan, compiled.tables);
}

Status ReadTable(const std::string& value, std::optional<trace::TableName>* table) {
  ASSIGN_OR_RETURN(*table, trace::ReadTableName(value));
  return OkStatus();
}

Result<int> Plan(const std::vector<std::string>& words, const Terminal& terminal) {
  PlanForm form = PlanForm::kText;
  std::optional<trace::TableName> table;
  ASSIGN_OR_RETURN(
      Options options,
      ReadOptions(words, {{"--format", true, [&](const std::string& value) { return ReadForm(value, &form); }},
                          {"--explain", true, [&](const std::string& value) { return ReadTable(value, &table); }}}));
  if (options.files.empty()) return Usage("`pipec plan` needs a file");
  if (options.files.size() > 1) {
    return Usage("`pipec plan` takes one file, not " + std::to_string(options.files.size()));
  }
  if (table && form != PlanForm::kText) return Usage("`--explain` is text: leave `--format` out");
  options.compile.demand_params = form == PlanForm::kJson;
  compile::Compiled compiled = compile::Compile(options.files[0], options.compile);
  Findings findings;
  findings.Add(compiled);
  if (compiled.plan && table) {
    ASSIGN_OR_RETURN(std::string text, trace::ExplainTable(compiled, *table));
    terminal.out << text;
  } else if (compiled.plan) {
    terminal.out << Rendered(compiled, form);
  }
  Write(findings, options, terminal, true);
  return findings.ExitCode();
}

}  // namespace

Command PlanCommand() {
  return {.name = "plan", .lines = kPlanLines, .help = kPlanHelp, .form_option = "--diagnostics", .run = Plan};
}

}  // namespace cdc::driver
