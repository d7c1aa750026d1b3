#include "compiler/format/layout.h"

#include "compiler/format/format.h"

namespace cdc::format {
namespace {

using parse::Node;
using parse::Rule;
using parse::TokenKind;

// Rules that can end a line inside them.
bool CanBreak(const Node& node) {
  if (node.is_token) return false;
  switch (node.rule) {
    case Rule::kExpression:
    case Rule::kPredicate:
    case Rule::kValue:
    case Rule::kPrimary:
    case Rule::kColumns:
    case Rule::kTuple:
    case Rule::kRecord:
    case Rule::kList:
    case Rule::kSettings:
    case Rule::kArguments:
    case Rule::kArgument:
    case Rule::kDomain:
    case Rule::kAction:
    case Rule::kEvent:
      return true;
    default:
      return false;
  }
}

}  // namespace

Layout::Nodes Layout::ChildrenOf(const Node& node) const {
  Nodes children;
  for (uint32_t at = node.child; at != Node::kNone; at = tree_.nodes[at].next) children.push_back(&tree_.nodes[at]);
  return children;
}

bool Layout::IsToken(const Node& node, std::string_view text) const {
  const parse::Token& token = tokens_[node.first];
  const bool spelled = token.kind == TokenKind::kWord || token.kind == TokenKind::kPunctuation;
  return node.is_token && spelled && token.word == text;
}

bool Layout::Fits(size_t first, size_t last, size_t until) const {
  return !flat_.Breaks(first, last) && out_.ColumnOf(first) + flat_.Width(first, until) <= kWidth;
}

void Layout::Run() {
  bool first = true;
  for (const Node* child : ChildrenOf(tree_.nodes[0])) {
    out_.BreakItem(0, first);
    if (child->is_token) {
      out_.Put(child->first);  // the end
    } else {
      Item(*child, 0);
    }
    first = false;
  }
}

void Layout::Print(const Node& node, int hang, size_t until) {
  if (node.is_token || Fits(node, until)) {
    PutAll(node);
  } else {
    PrintBroken(node, hang, until);
  }
}

void Layout::PrintBroken(const Node& node, int hang, size_t until) {
  const Nodes parts = ChildrenOf(node);
  switch (node.rule) {
    case Rule::kExpression:
    case Rule::kValue:
      return Chain(node, hang, until);
    case Rule::kPredicate:
      return Predicate(node, hang, until);
    case Rule::kPrimary:
      return Primary(node, hang, until);
    case Rule::kColumns:
    case Rule::kTuple:
    case Rule::kRecord:
    case Rule::kList:
      return Bracket(parts, 0, parts.size() - 1, until, kIndent);
    case Rule::kSettings:
      return Settings(node, until);
    case Rule::kSelectItem:
      return SelectItem(parts, hang, until);
    default:
      return Parts(parts, 0, parts.size(), hang, until);
  }
}

// The last token that has to stay on one line with the end of parts[part]: up to where a later part can end the line.
size_t Layout::UntilOf(const Nodes& parts, size_t part, size_t to, size_t until) const {
  for (size_t i = part + 1; i < to; ++i) {
    if (IsToken(*parts[i], "(") || IsToken(*parts[i], "[")) return parts[i]->first;
    if (!CanBreak(*parts[i])) continue;
    const Rule rule = parts[i]->rule;
    const bool bracket = rule == Rule::kColumns || rule == Rule::kTuple || rule == Rule::kRecord ||
                         rule == Rule::kList || rule == Rule::kSettings;
    return bracket ? parts[i]->first : parts[i]->first - 1;
  }
  return until;
}

// Parts [from, to) one behind the other; lines end inside them only.
void Layout::Parts(const Nodes& parts, size_t from, size_t to, int hang, size_t until) {
  for (size_t i = from; i < to; ++i) {
    if (!IsToken(*parts[i], "(")) {
      Print(*parts[i], hang, UntilOf(parts, i, to, until));
      continue;
    }
    size_t close = i;
    while (!IsToken(*parts[close], ")")) ++close;
    Bracket(parts, i, close, UntilOf(parts, close, to, until), kIndent);
    i = close;
  }
}

// A list in brackets, its elements separated by commas: on one line, or one element to a line. A line inside an element
// hangs by `extra_hang`.
void Layout::Bracket(const Nodes& parts, size_t open, size_t close, size_t until, int extra_hang) {
  if (close == open + 1 || Fits(parts[open]->first, parts[close]->first, until)) {
    return out_.PutAll(parts[open]->first, parts[close]->first);
  }
  out_.Put(parts[open]->first);
  const int base = out_.line_indent();
  Nodes inner(parts.begin() + static_cast<ptrdiff_t>(open) + 1, parts.begin() + static_cast<ptrdiff_t>(close));
  const bool nested = inner.size() == 1 && !inner[0]->is_token &&
                      (inner[0]->rule == Rule::kArguments || inner[0]->rule == Rule::kDomain);
  if (nested) inner = ChildrenOf(*inner[0]);
  for (size_t from = 0; from < inner.size();) {
    size_t to = from;
    while (to < inner.size() && !IsToken(*inner[to], ",")) ++to;
    const bool comma = to < inner.size();
    out_.Break(base + kIndent);
    Parts(inner, from, to, base + kIndent + extra_hang, inner[comma ? to : to - 1]->last);
    if (comma) out_.Put(inner[to]->first);
    from = to + 1;
  }
  out_.Break(base);
  out_.Put(parts[close]->first);
}

void Layout::Settings(const Node& node, size_t until) {
  if (Fits(node, until)) return PutAll(node);
  const Nodes parts = ChildrenOf(node);
  out_.Put(node.first);
  Block(parts, 0, parts.size() - 1, out_.line_indent());
}

// The items between the brace parts[open], which is written, and parts[close], each on lines of its own.
void Layout::Block(const Nodes& parts, size_t open, size_t close, int indent) {
  const size_t brace = parts[close]->first;
  for (size_t i = open + 1; i < close; ++i) {
    out_.BreakItem(indent + kIndent, i == open + 1);
    Item(*parts[i], indent + kIndent);
  }
  const bool empty = close == open + 1;
  if (!empty || !flat_.CommentsBefore(brace).empty()) out_.BreakItem(indent, empty);
  out_.Put(brace);
}

}  // namespace cdc::format
