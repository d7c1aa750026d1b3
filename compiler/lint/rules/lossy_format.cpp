#include "compiler/lint/rule.h"

namespace cdc::lint {
namespace {

// An identity that the server counts up itself stays below 2^63.
bool IsCounted(const TableView& table, const sema::OutputColumn& column) {
  int at = column.source.empty() ? -1 : table.table.schema->Find(column.source);
  return at >= 0 && table.table.schema->columns[static_cast<size_t>(at)].auto_increment;
}

void RunLossyFormat(const ProgramView& program, Diagnostics* diagnostics) {
  for (const PipeView& pipe : program.pipes) {
    for (const RuleView& rule : pipe.rules) {
      const sema::Format& format = rule.rule->format;
      if (!format.name.starts_with("debezium_") || !format.settings.Is("bigint_unsigned", "long")) continue;
      std::vector<std::string> columns;
      for (const TableView& table : rule.tables) {
        if (table.table.schema == nullptr) continue;
        for (const sema::OutputColumn& column : table.shape.output.columns) {
          bool wide = column.type.kind == TypeKind::kBigInt && column.type.is_unsigned;
          if (wide && !IsCounted(table, column)) columns.push_back(table.Name() + "." + column.name);
        }
      }
      if (columns.empty() || sema::AlreadyReported(Kind::kLossyFormat, rule.rule->span, *diagnostics)) continue;
      diagnostics
          ->Report(Kind::kLossyFormat, rule.rule->span,
                   "`bigint unsigned` becomes a signed 64-bit number: values from 2^63 on are errors", Listed(columns))
          .notes = {"they follow `on error (encode)`; `format " + format.name +
                    " { bigint_unsigned = precise; }` holds them"};
    }
  }
}

}  // namespace

Rule LossyFormat() { return {.kind = Kind::kLossyFormat, .of_program = RunLossyFormat}; }

}  // namespace cdc::lint
