#include <algorithm>

#include "compiler/lint/rule.h"
#include "compiler/sema/sensitive.h"

namespace cdc::lint {
namespace {

class EntryLooker {
 public:
  EntryLooker(const ProgramView& program, Diagnostics* diagnostics) : program_(program), diagnostics_(*diagnostics) {}

  void Look(const ast::SensitiveDecl& decl) {
    // Without a snapshot nobody knows what a source has.
    for (const PipeView& pipe : program_.pipes) {
      for (const SourceView& source : pipe.sources) {
        if (source.tables.snapshot == nullptr) return;
      }
    }
    for (const ast::NamePart& column : decl.columns) {
      const Met met = Look(decl.pattern, column);
      if (met == Met::kNoTable)
        return Report(TableSpan(decl), "no captured table of the snapshot has a name like this");
      if (met == Met::kNoColumn) Report(column.span, "no captured table of this name has a column like this");
    }
  }

 private:
  enum class Met { kNoTable, kNoColumn, kBoth };

  Met Look(const ast::Pattern& pattern, const ast::NamePart& column) const {
    const ast::SensitiveDecl alone{pattern, {column}};
    Diagnostics known_already;  // what is wrong with the patterns is the checker's to say
    const auto entry = sema::SensitiveEntry::Make(alone, &known_already);
    if (!entry) return Met::kBoth;
    Met met = Met::kNoTable;
    for (const PipeView& pipe : program_.pipes) {
      for (const RuleView& rule : pipe.rules) {
        for (const TableView& table : rule.tables) {
          if (table.table.schema == nullptr || !entry->Covers(table.table, rule.matcher)) continue;
          const std::vector<Column>& columns = table.table.schema->columns;
          const bool has = std::any_of(columns.begin(), columns.end(),
                                       [&](const Column& known) { return entry->Find(known.name) != nullptr; });
          if (has) return Met::kBoth;
          met = Met::kNoColumn;
        }
      }
    }
    return met;
  }

  static Span TableSpan(const ast::SensitiveDecl& decl) {
    return {decl.pattern.database.span.file, decl.pattern.database.span.begin, decl.pattern.table.span.end};
  }

  void Report(Span span, std::string label) {
    if (sema::AlreadyReported(Kind::kUnusedSensitiveEntry, span, diagnostics_)) return;
    diagnostics_.Report(Kind::kUnusedSensitiveEntry, span,
                        "this `sensitive` entry protects nothing: `" + std::string(program_.TextOf(span)) + "`",
                        std::move(label));
  }

  const ProgramView& program_;
  Diagnostics& diagnostics_;
};

void RunUnusedSensitiveEntry(const ProgramView& program, Diagnostics* diagnostics) {
  EntryLooker looker(program, diagnostics);
  for (const ast::SensitiveDecl* decl : program.checked.sensitive) {
    // What others import is about their tables, too.
    if (decl->pattern.table.span.file == program.input.program.files[0].ast->file) looker.Look(*decl);
  }
}

}  // namespace

Rule UnusedSensitiveEntry() { return {.kind = Kind::kUnusedSensitiveEntry, .of_program = RunUnusedSensitiveEntry}; }

}  // namespace cdc::lint
