#include <algorithm>

#include "compiler/lint/rule.h"

namespace cdc::lint {
namespace {

// Whether a column that joins the table later joins the record.
bool IsOpen(const sema::Rule& rule) {
  return rule.select.empty() ||
         std::any_of(rule.select.begin(), rule.select.end(), [](const ast::SelectItem& item) { return item.star; });
}

// The registry that demands it; null if none does.
const sema::Resource* Contract(const sema::Checked& checked, const sema::Format& format) {
  const std::string name = format.settings.Text("registry");
  for (const sema::Resource& registry : checked.registries) {
    if (registry.name == name && registry.settings.Text("compatibility").starts_with("full")) return &registry;
  }
  return nullptr;
}

void RunOpenProjectionUnderContract(const ProgramView& program, Diagnostics* diagnostics) {
  for (const PipeView& pipe : program.pipes) {
    for (const RuleView& rule : pipe.rules) {
      const sema::Resource* registry = Contract(program.checked, rule.rule->format);
      if (registry == nullptr || rule.ast().skip || !IsOpen(*rule.rule)) continue;
      if (sema::AlreadyReported(Kind::kOpenProjectionUnderContract, rule.rule->span, *diagnostics)) continue;
      diagnostics
          ->Report(Kind::kOpenProjectionUnderContract, rule.rule->span,
                   "every column is published, and `" + registry->name +
                       "` demands `compatibility = " + registry->settings.Text("compatibility") + "`",
                   "the next ADD COLUMN … NOT NULL without a default stops the pipe")
          .notes = {"name the columns of the contract in `select`"};
    }
  }
}

}  // namespace

Rule OpenProjectionUnderContract() {
  return {.kind = Kind::kOpenProjectionUnderContract, .on = false, .of_program = RunOpenProjectionUnderContract};
}

}  // namespace cdc::lint
