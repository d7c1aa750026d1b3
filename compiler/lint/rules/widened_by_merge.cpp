#include <algorithm>

#include "compiler/lint/rule.h"
#include "compiler/sema/merge.h"
#include "stdlib/core/widen.h"

namespace cdc::lint {
namespace {

// "`cents` becomes bigint: it is int in `shop_0.orders`"; empty: every table that has the column has that type.
std::string HowWidened(const Column& column, const std::vector<const sema::TableCase*>& tables) {
  for (const sema::TableCase* table : tables) {
    const int at = table->own->Find(column.name);
    if (at < 0) continue;
    Type own = table->own->columns[static_cast<size_t>(at)].type;
    own.nullable = column.type.nullable;
    if (SameInRecords(own, column.type)) continue;
    return "`" + column.name + "` becomes `" + TypeText(column.type) + "`: it is `" + TypeText(own) + "` in `" +
           table->database + "." + table->table + "`";
  }
  return "";
}

// Of the tables that are seen as `merged`.
std::vector<std::string> Widened(const sema::Rule& rule, const Schema& merged,
                                 const std::vector<const sema::TableCase*>& tables) {
  std::vector<std::string> found;
  for (const Column& column : merged.columns) {
    if (column.type.kind == TypeKind::kUnknown || !sema::ReadsColumn(rule, column.name)) continue;
    std::string text = HowWidened(column, tables);
    if (!text.empty()) found.push_back(std::move(text));
  }
  return found;
}

void RunWidenedByMerge(const ProgramView& program, Diagnostics* diagnostics) {
  for (const PipeView& pipe : program.pipes) {
    for (const RuleView& rule : pipe.rules) {
      std::vector<std::pair<const Schema*, std::vector<const sema::TableCase*>>> logical;
      for (const TableView& table : rule.tables) {
        if (table.table.own == nullptr) continue;
        auto same = [&](const auto& one) { return one.first == table.table.schema; };
        auto at = std::find_if(logical.begin(), logical.end(), same);
        if (at == logical.end()) at = logical.insert(at, {table.table.schema, {}});
        at->second.push_back(&table.table);
      }
      const Span span = rule.rule->merge_span;
      for (const auto& [merged, tables] : logical) {
        const std::vector<std::string> found = Widened(*rule.rule, *merged, tables);
        if (found.empty() || sema::AlreadyReported(Kind::kWidenedByMerge, span, *diagnostics)) continue;
        diag::Diagnostic& diagnostic = diagnostics->Report(Kind::kWidenedByMerge, span, found[0]);
        diagnostic.notes.assign(found.begin() + 1, found.end());
        diagnostic.notes.push_back("alter the tables to have one type; until then consumers see the wider one");
      }
    }
  }
}

}  // namespace

Rule WidenedByMerge() { return {.kind = Kind::kWidenedByMerge, .of_program = RunWidenedByMerge}; }

}  // namespace cdc::lint
