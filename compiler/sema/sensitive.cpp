#include "compiler/sema/sensitive.h"

#include "stdlib/core/names.h"

namespace cdc::sema {

std::optional<SensitiveEntry> SensitiveEntry::Make(const ast::SensitiveDecl& decl, diag::Diagnostics* diagnostics) {
  std::optional<TableMatcher> tables = TableMatcher::Make(decl.pattern, diagnostics);
  if (!tables) return std::nullopt;
  SensitiveEntry entry(std::move(*tables));
  bool ok = true;
  for (const ast::NamePart& part : decl.columns) {
    Column column;
    column.ast = &part;
    if (part.kind == ast::NamePart::Kind::kRegex) {
      Result<regex::Pattern> compiled = regex::Pattern::Compile(part.text, {.ignore_case = true});
      if (!compiled.ok()) {
        diagnostics->Report(diag::Kind::kBadRegex, part.span, "not a regular expression of RE2",
                            compiled.error().message());
        ok = false;
        continue;
      }
      column.regex = std::move(*compiled);
    }
    entry.columns_.push_back(std::move(column));
  }
  if (!ok) return std::nullopt;
  return entry;
}

bool SensitiveEntry::Covers(const TableCase& table, const TableMatcher& rule) const {
  return table.table.empty() ? tables_.Contains(rule) : tables_.Matches(table.database, table.table);
}

const ast::NamePart* SensitiveEntry::Find(std::string_view column) const {
  for (const Column& own : columns_) {
    if (own.regex ? own.regex->Matches(column) : SameName(own.ast->text, column)) return own.ast;
  }
  return nullptr;
}

void MarkSensitive(const std::vector<SensitiveEntry>& entries, const TableMatcher& rule,
                   std::vector<TableCase>* cases) {
  for (TableCase& table : *cases) {
    for (const SensitiveEntry& entry : entries) {
      if (entry.Covers(table, rule)) table.sensitive.push_back(&entry);
    }
  }
}

const ast::NamePart* FindSensitive(const TableCase& table, std::string_view column) {
  for (const SensitiveEntry* entry : table.sensitive) {
    if (const ast::NamePart* found = entry->Find(column)) return found;
  }
  return nullptr;
}

}  // namespace cdc::sema
