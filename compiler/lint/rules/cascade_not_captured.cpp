#include <algorithm>
#include <cstdlib>

#include "compiler/lint/rule.h"

namespace cdc::lint {
namespace {

// MySQL writes to the binlog what a foreign key does from 9.6 on; MariaDB and earlier ones do not.
bool LogsCascades(const std::string& version) {
  if (version.find("MariaDB") != std::string::npos) return false;
  char* end = nullptr;
  const long major = std::strtol(version.c_str(), &end, 10);
  const long minor = *end == '.' ? std::strtol(end + 1, nullptr, 10) : 0;
  return major > 9 || (major == 9 && minor >= 6);
}

// Sources whose binlog shows, as their snapshot says, what a foreign key does.
std::vector<std::string> SourcesThatLogCascades(const ProgramView& program, const PipeView& pipe) {
  std::vector<std::string> names;
  for (const SourceView& source : pipe.sources) {
    if (source.resource == nullptr) continue;
    auto facts = program.input.snapshots.find(SnapshotFolder(*source.resource));
    const bool logs = facts != program.input.snapshots.end() && LogsCascades(facts->second.version);
    if (logs) names.push_back(source.resource->name);
  }
  return names;
}

void RunCascadeNotCaptured(const ProgramView& program, Diagnostics* diagnostics) {
  for (const PipeView& pipe : program.pipes) {
    const std::vector<std::string> logging = SourcesThatLogCascades(program, pipe);
    for (const RuleView& rule : pipe.rules) {
      std::vector<std::string> tables;
      std::string action;
      for (const TableView& table : rule.tables) {
        if (table.table.schema == nullptr || table.table.schema->foreign_key_actions.empty()) continue;
        if (std::find(logging.begin(), logging.end(), table.table.source) != logging.end()) continue;
        tables.push_back(table.Name());
        if (action.empty()) action = table.table.schema->foreign_key_actions[0];
      }
      if (tables.empty() || sema::AlreadyReported(Kind::kCascadeNotCaptured, rule.rule->span, *diagnostics)) continue;
      diagnostics
          ->Report(Kind::kCascadeNotCaptured, rule.rule->span,
                   "a foreign key changes rows of " + Listed(tables) + ", and the binlog does not show it",
                   "`" + action + "`")
          .notes = {"consumers keep rows that the server has deleted; let the application delete them"};
    }
  }
}

}  // namespace

Rule CascadeNotCaptured() { return {.kind = Kind::kCascadeNotCaptured, .of_program = RunCascadeNotCaptured}; }

}  // namespace cdc::lint
