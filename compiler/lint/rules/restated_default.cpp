#include "compiler/lint/edits.h"
#include "compiler/lint/rule.h"

namespace cdc::lint {
namespace {

template <class Node>
bool Says(const std::vector<const ast::Clause*>& clauses) {
  for (const ast::Clause* clause : clauses) {
    // What a preset says is not looked for: it may say it.
    bool says = std::holds_alternative<Node>(clause->node) || std::holds_alternative<ast::UseClause>(clause->node);
    if (says) return true;
  }
  return false;
}

class DefaultFinder {
 public:
  DefaultFinder(const FileView& file, Diagnostics* diagnostics) : file_(file), diagnostics_(*diagnostics) {}

  void Pipe(const ast::PipeDecl& pipe) {
    std::vector<const ast::Clause*> of_pipe;
    for (const ast::PipeItem& item : pipe.items) {
      if (const auto* clause = std::get_if<ast::Clause>(&item.node)) of_pipe.push_back(clause);
    }
    Place(of_pipe, {});
    for (const ast::PipeItem& item : pipe.items) {
      const auto* rule = std::get_if<ast::TableRule>(&item.node);
      if (rule == nullptr) continue;
      std::vector<const ast::Clause*> of_table;
      for (const ast::TableItem& inner : rule->items) {
        if (const auto* clause = std::get_if<ast::Clause>(&inner.node)) of_table.push_back(clause);
      }
      Place(of_table, of_pipe);
    }
  }

 private:
  // A default is restated only where nothing further out says otherwise.
  void Place(const std::vector<const ast::Clause*>& clauses, const std::vector<const ast::Clause*>& outer) {
    for (const ast::Clause* clause : clauses) {
      if (const auto* partition = std::get_if<ast::PartitionClause>(&clause->node)) {
        bool plain = partition->kind == ast::PartitionClause::Kind::kKey && !partition->hash &&
                     !partition->else_number && !partition->else_table;
        if (plain && !Overrides<ast::PartitionClause>(clauses, outer))
          Report(*clause, "records go by their key anyway");
      } else if (const auto* format = std::get_if<ast::FormatClause>(&clause->node)) {
        bool plain = format->name.text == "debezium_json" && !format->settings;
        if (plain && !Overrides<ast::FormatClause>(clauses, outer)) Report(*clause, "it is the format of all records");
      }
    }
  }

  template <class Node>
  static bool Overrides(const std::vector<const ast::Clause*>& clauses, const std::vector<const ast::Clause*>& outer) {
    bool preset = false;
    for (const ast::Clause* clause : clauses) preset = preset || std::holds_alternative<ast::UseClause>(clause->node);
    return preset || Says<Node>(outer);
  }

  void Report(const ast::Clause& clause, std::string label) {
    diagnostics_.Report(Kind::kRestatedDefault, clause.span, "this is the default", std::move(label))
        .fixes.push_back(Remove("remove it", file_.text, clause.span));
  }

  const FileView& file_;
  Diagnostics& diagnostics_;
};

void RunRestatedDefault(const FileView& file, Diagnostics* diagnostics) {
  for (const ast::Declaration& declaration : file.ast.declarations) {
    if (const auto* pipe = std::get_if<ast::PipeDecl>(&declaration.node)) DefaultFinder(file, diagnostics).Pipe(*pipe);
  }
}

}  // namespace

Rule RestatedDefault() { return {.kind = Kind::kRestatedDefault, .of_file = RunRestatedDefault}; }

}  // namespace cdc::lint
