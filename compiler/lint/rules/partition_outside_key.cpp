#include <algorithm>

#include "compiler/lint/rule.h"
#include "stdlib/core/names.h"

namespace cdc::lint {
namespace {

void RunPartitionOutsideKey(const ProgramView& program, Diagnostics* diagnostics) {
  for (const PipeView& pipe : program.pipes) {
    for (const RuleView& rule : pipe.rules) {
      if (!rule.rule->partition) continue;
      for (const TableView& table : rule.tables) {
        const std::vector<std::string>& key = table.shape.key;
        if (key.empty()) continue;
        for (const ast::Ident& column : rule.rule->partition->clause.columns) {
          bool inside =
              std::any_of(key.begin(), key.end(), [&](const std::string& name) { return SameName(name, column.text); });
          if (inside || sema::AlreadyReported(Kind::kPartitionOutsideKey, column.span, *diagnostics)) continue;
          diag::Diagnostic& made = diagnostics->Report(
              Kind::kPartitionOutsideKey, column.span,
              "`" + column.text + "` decides the partition and is not part of the key (" + Listed(key, 8) + ")",
              "an update of it moves the key to another partition");
          if (rule.rule->key) made.labels.push_back({rule.rule->key->span, "the key"});
          made.notes.push_back("order per key ends where the partition changes: partition by columns of the key");
        }
      }
    }
  }
}

}  // namespace

Rule PartitionOutsideKey() { return {.kind = Kind::kPartitionOutsideKey, .of_program = RunPartitionOutsideKey}; }

}  // namespace cdc::lint
