#include <array>

#include "compiler/format/format.h"
#include "compiler/format/layout.h"

namespace cdc::format {
namespace {

using parse::Node;
using parse::Rule;

constexpr size_t kNoToken = SIZE_MAX;

// Operators that bind alike end their lines together.
int LevelOf(std::string_view op) {
  constexpr std::array<std::array<std::string_view, 5>, 9> kLevels = {{{"^"},
                                                                       {"*", "/", "div", "mod", "%"},
                                                                       {"+", "-"},
                                                                       {"<<", ">>"},
                                                                       {"&"},
                                                                       {"|"},
                                                                       {"and", "&&"},
                                                                       {"xor"},
                                                                       {"or", "||"}}};
  for (size_t level = 0; level < kLevels.size(); ++level) {
    for (std::string_view one : kLevels[level]) {
      if (one == op) return static_cast<int>(level);
    }
  }
  return -1;
}

}  // namespace

// expression and value: `a`, `op a`, `a op b op c`. A chain is as deep on its left side as it is long, so it is walked,
// not recursed into. A line ends in front of each operator.
void Layout::Chain(const Node& node, int hang, size_t until) {
  struct Step {
    const Node* op;
    const Node* right;
  };
  std::vector<Step> steps;
  const Node* left = &node;
  while (!left->is_token && left->rule == node.rule) {
    const Node& first = tree_.nodes[left->child];
    if (first.is_token || first.next == Node::kNone) break;
    const Node& op = tree_.nodes[first.next];
    if (!steps.empty() && LevelOf(tokens_[op.first].word) != LevelOf(tokens_[steps[0].op->first].word)) break;
    steps.push_back({&op, &tree_.nodes[op.next]});
    left = &first;
  }
  if (steps.empty()) {
    const Nodes parts = ChildrenOf(node);
    return Parts(parts, 0, parts.size(), hang, until);
  }
  Print(*left, hang, left->last);
  for (size_t i = steps.size(); i-- > 0;) {
    out_.Break(hang);
    out_.Put(steps[i].op->first);
    Print(*steps[i].right, hang + kIndent, i == 0 ? until : steps[i].right->last);
  }
}

// The parenthesis or `case` that an operand opens with, which can end a line inside the operand; kNoToken: none.
size_t Layout::OpeningOf(const Node& node) const {
  const Node* inner = &node;
  while (!inner->is_token && tree_.nodes[inner->child].next == Node::kNone) inner = &tree_.nodes[inner->child];
  if (inner->is_token || inner->rule != Rule::kPrimary) return kNoToken;
  for (const Node* part : ChildrenOf(*inner)) {
    if (IsToken(*part, "(") || IsToken(*part, "case")) return part->first;
    if (!part->is_token && part->rule == Rule::kPrimary) return kNoToken;
  }
  return kNoToken;
}

void Layout::Predicate(const Node& node, int hang, size_t until) {
  const Nodes parts = ChildrenOf(node);
  const Node& left = *parts[0];
  const bool is_in = parts.size() > 1 && IsToken(*parts.back(), ")");
  const bool is_is = parts.size() > 1 && IsToken(*parts[1], "is");
  if (parts.size() == 1 || is_in || is_is) return Parts(parts, 0, parts.size(), hang, until);
  // a = b   a not between b and c
  Print(left, hang, left.last);
  size_t operand = 1;
  while (parts[operand]->is_token) ++operand;
  const size_t opening = OpeningOf(*parts[operand]);
  const bool opens_here = opening != kNoToken && Fits(parts[1]->first, opening, opening);
  const bool goes_on = opens_here || Fits(parts[1]->first, node.last, until);
  if (!goes_on) out_.Break(hang);
  Parts(parts, 1, parts.size(), goes_on ? hang : hang + kIndent, until);
}

void Layout::Primary(const Node& node, int hang, size_t until) {
  const Nodes parts = ChildrenOf(node);
  if (IsToken(*parts[0], "case")) return Case(parts);
  if (IsToken(*parts[0], "(")) return Bracket(parts, 0, parts.size() - 1, until, 0);
  if (!parts[0]->is_token && parts[0]->rule == Rule::kPrimary) return PathChain(node, hang, until);
  Parts(parts, 0, parts.size(), hang, until);
}

// Each `when` and the `else` on a line, two columns further in than the line of the `case`.
void Layout::Case(const Nodes& parts) {
  out_.Put(parts[0]->first);
  const int base = out_.line_indent();
  for (size_t i = 1; i < parts.size(); ++i) {
    const Node& part = *parts[i];
    if (IsToken(part, "when") || IsToken(part, "else")) out_.Break(base + kIndent);
    if (IsToken(part, "end")) out_.Break(base);
    const bool condition = !part.is_token && IsToken(*parts[i + 1], "then");
    Print(part, base + 2 * kIndent, condition ? parts[i + 1]->last : part.last);
  }
}

// document -> '$.a' ->> '$.b': deep on the left side, as a chain is.
void Layout::PathChain(const Node& node, int hang, size_t until) {
  std::vector<const Node*> ops;
  const Node* left = &node;
  while (true) {
    const Node& first = tree_.nodes[left->child];
    if (first.is_token || first.rule != Rule::kPrimary) break;
    ops.push_back(&tree_.nodes[first.next]);
    left = &first;
  }
  Print(*left, hang, left->last);
  for (size_t i = ops.size(); i-- > 0;) {
    const size_t path = ops[i]->first + 1;
    if (!Fits(ops[i]->first, path, i == 0 ? until : path)) out_.Break(hang);
    out_.PutAll(ops[i]->first, path);
  }
}

}  // namespace cdc::format
