#include "compiler/lint/edits.h"
#include "compiler/lint/rule.h"

namespace cdc::lint {
namespace {

// The order in which the clauses of a table rule run; 0: it may stand anywhere.
int RankOf(const ast::TableItem& item) {
  if (std::holds_alternative<ast::WhereClause>(item.node)) return 1;
  if (std::holds_alternative<ast::SelectClause>(item.node)) return 2;
  const auto* clause = std::get_if<ast::Clause>(&item.node);
  if (clause == nullptr) return 0;
  if (std::holds_alternative<ast::KeyClause>(clause->node)) return 3;
  if (std::holds_alternative<ast::PartitionClause>(clause->node)) return 4;
  return std::holds_alternative<ast::OnClause>(clause->node) ? 5 : 0;
}

bool HasComments(const ast::TableItem& item) {
  const auto* clause = std::get_if<ast::Clause>(&item.node);
  const ast::Trivia& trivia = clause != nullptr ? clause->trivia : item.trivia;
  return !trivia.before.empty() || trivia.after || !trivia.doc.empty() || !item.trivia.before.empty() ||
         item.trivia.after;
}

// Moves `item` above `target`, if both have lines of their own and no comment that belongs to them.
std::optional<diag::Fix> Move(const FileView& file, const ast::TableItem& item, const ast::TableItem& target) {
  Span from = WholeLines(file.text, item.span);
  Span to = WholeLines(file.text, target.span);
  if (from == item.span || to == target.span || HasComments(item) || HasComments(target)) return std::nullopt;
  std::string title = "move it above `" + std::string(file.text.Slice(target.word)) + "`";
  return diag::Fix{std::move(title),
                   diag::Applicability::kMachine,
                   {{{to.file, to.begin, to.begin}, std::string(file.text.Slice(from))}, {from, ""}}};
}

void CheckOrder(const FileView& file, const ast::TableRule& rule, Diagnostics* diagnostics) {
  for (size_t i = 1; i < rule.items.size(); ++i) {
    int rank = RankOf(rule.items[i]);
    if (rank == 0) continue;
    for (size_t above = 0; above < i; ++above) {
      if (RankOf(rule.items[above]) <= rank) continue;
      diag::Diagnostic& made =
          diagnostics->Report(Kind::kClauseOrder, rule.items[i].word,
                              "`" + std::string(file.text.Slice(rule.items[i].word)) + "` stands below `" +
                                  std::string(file.text.Slice(rule.items[above].word)) + "`",
                              "clauses stand in the order they run: where, select, key, partition, on");
      if (std::optional<diag::Fix> move = Move(file, rule.items[i], rule.items[above])) {
        made.fixes.push_back(std::move(*move));
      }
      break;
    }
  }
}

void RunClauseOrder(const FileView& file, Diagnostics* diagnostics) {
  for (const ast::TableRule* rule : TableRulesOf(file.ast)) CheckOrder(file, *rule, diagnostics);
}

}  // namespace

Rule ClauseOrder() { return {.kind = Kind::kClauseOrder, .of_file = RunClauseOrder}; }

}  // namespace cdc::lint
