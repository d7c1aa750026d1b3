#include "compiler/format/layout.h"

namespace cdc::format {
namespace {

using parse::Node;
using parse::Rule;

}  // namespace

size_t Layout::Find(const Nodes& parts, size_t from, std::string_view text) const {
  while (from < parts.size() && !IsToken(*parts[from], text)) ++from;
  return from;
}

// A declaration, clause, setting or statement at `indent`, where its line starts.
void Layout::Item(const Node& node, int indent) {
  const Node* inner = &node;
  while (true) {
    const Node& child = tree_.nodes[inner->child];
    if (child.is_token || child.next != Node::kNone) break;
    inner = &child;
  }
  out_.SetHang(indent + kIndent);
  const Nodes parts = ChildrenOf(*inner);
  const size_t brace = Find(parts, 0, "{");
  switch (inner->rule) {
    case Rule::kFunctionDecl:
      return FunctionDecl(parts, indent);
    case Rule::kAlertDecl:
      return AlertDecl(parts, indent);
    case Rule::kTestDecl:
      return TestDecl(parts, indent);
    case Rule::kTableRule:
      return TableRule(parts, indent);
    case Rule::kPipeDecl:
    case Rule::kPresetDecl:
      if (brace == parts.size()) break;
      out_.PutAll(inner->first, parts[brace]->first);
      return Block(parts, brace, parts.size() - 1, indent);
    default:
      break;
  }
  if (Fits(*inner, inner->last)) return PutAll(*inner);
  Statement(*inner, parts, indent);
}

// A statement that does not fit on one line.
void Layout::Statement(const Node& node, const Nodes& parts, int indent) {
  const bool row = node.rule == Rule::kGiven;
  if (row && Find(parts, 0, "values") < parts.size()) return InsertRows(parts, indent);
  if (row && (IsToken(*parts[0], "update") || IsToken(*parts[0], "delete"))) return ChangeRows(parts, indent);
  if (node.rule == Rule::kClause && IsToken(*parts[0], "on")) return OnClause(parts, indent);
  const bool list = (node.rule == Rule::kTableItem && IsToken(*parts[0], "select")) ||
                    (node.rule == Rule::kPipeItem && IsToken(*parts[0], "from"));
  if (!list) return Parts(parts, 0, parts.size(), indent + kIndent, node.last);
  out_.Put(node.first);
  Lines(parts, 1, parts.size() - 1, indent + kIndent);
  out_.Put(node.last);
}

// Elements with commas between them, [from, to), each on a line of its own.
void Layout::Lines(const Nodes& parts, size_t from, size_t to, int indent) {
  for (size_t i = from; i < to; ++i) {
    if (parts[i]->is_token) {
      out_.Put(parts[i]->first);
      continue;
    }
    out_.Break(indent);
    Print(*parts[i], indent + kIndent, parts[i]->last + 1);
  }
}

// The same where they may fit on the line that is open.
void Layout::LineOrLines(const Nodes& parts, size_t from, size_t to, size_t until, int indent) {
  if (Fits(parts[from]->first, parts[to - 1]->last, until)) {
    out_.PutAll(parts[from]->first, parts[to - 1]->last);
  } else if (to == from + 1) {
    Print(*parts[from], indent, until);
  } else {
    Lines(parts, from, to, indent);
  }
}

void Layout::TableRule(const Nodes& parts, int indent) {
  const size_t brace = Find(parts, 0, "{");
  const bool block = brace < parts.size();
  const size_t head_end = block ? parts[brace]->last : parts.back()->last;
  const size_t as = Find(parts, 0, "as");
  if (as < parts.size() && !Fits(parts[0]->first, head_end, head_end)) {
    out_.PutAll(parts[0]->first, parts[as]->first - 1);
    out_.Break(indent + 2 * kIndent);
    out_.PutAll(parts[as]->first, head_end);
  } else {
    out_.PutAll(parts[0]->first, head_end);
  }
  if (block) Block(parts, brace, parts.size() - 1, indent);
}

// The expression starts a line of its own: it is what changes.
void Layout::FunctionDecl(const Nodes& parts, int indent) {
  const size_t equal = Find(parts, 0, "=");
  const Node& body = *parts[equal + 1];
  Parts(parts, 0, equal + 1, indent + kIndent, parts[equal]->last);
  out_.Break(indent + kIndent);
  Print(body, indent + 2 * kIndent, body.last + 1);
  out_.Put(body.last + 1);
}

void Layout::AlertDecl(const Nodes& parts, int indent) {
  const size_t brace = Find(parts, 0, "{");
  const size_t semicolon = Find(parts, brace, ";");
  out_.PutAll(parts[0]->first, parts[brace]->last);
  out_.BreakItem(indent + kIndent, true);
  out_.SetHang(indent + 2 * kIndent);
  Parts(parts, brace + 1, semicolon + 1, indent + 2 * kIndent, parts[semicolon]->last);
  for (size_t i = semicolon + 1; i + 1 < parts.size(); ++i) {
    out_.BreakItem(indent + kIndent, false);
    Item(*parts[i], indent + kIndent);
  }
  out_.BreakItem(indent, false);
  out_.Put(parts.back()->last);
}

void Layout::TestDecl(const Nodes& parts, int indent) {
  const size_t brace = Find(parts, 0, "{");
  out_.PutAll(parts[0]->first, parts[brace]->last);
  for (size_t i = brace + 1; i + 1 < parts.size(); ++i) {
    out_.BreakItem(indent + kIndent, i == brace + 1);
    if (!parts[i]->is_token) {
      Item(*parts[i], indent + kIndent);
      continue;
    }
    const size_t close = Find(parts, i, "}");  // of `given {` or `expect {`
    out_.SetHang(indent + 2 * kIndent);
    out_.PutAll(parts[i]->first, parts[i + 1]->first);
    Block(parts, i + 1, close, indent + kIndent);
    i = close;
  }
  out_.BreakItem(indent, false);
  out_.Put(parts.back()->last);
}

void Layout::OnClause(const Nodes& parts, int indent) {
  const int hang = indent + kIndent;
  const Node& action = *parts[parts.size() - 2];
  const size_t when = Find(parts, 0, "when");
  const bool conditional = when < parts.size();
  const size_t events_end = conditional ? when : parts.size() - 2;
  out_.Put(parts[0]->first);
  const size_t last_event = parts[events_end - 1]->last;
  const bool open = conditional || !Fits(parts[1]->first, last_event, last_event);
  LineOrLines(parts, 1, events_end, last_event, hang);
  if (conditional) {
    out_.Break(hang);
    out_.Put(parts[when]->first);
    Print(*parts[when + 1], hang + kIndent, parts[when + 1]->last);
  }
  if (open || !Fits(action, action.last + 1)) out_.Break(hang);
  Print(action, hang + kIndent, action.last + 1);
  out_.Put(action.last + 1);
}

// insert into t (…) values (…), (…);
void Layout::InsertRows(const Nodes& parts, int indent) {
  const size_t values = Find(parts, 0, "values");
  Parts(parts, 0, values, indent + kIndent, parts[values]->first - 1);
  out_.Break(indent + kIndent);
  out_.Put(parts[values]->first);
  LineOrLines(parts, values + 1, parts.size() - 1, parts.back()->last, indent + 2 * kIndent);
  out_.Put(parts.back()->last);
}

// update t set a = 1, b = 2 where …;   delete from t where …;
void Layout::ChangeRows(const Nodes& parts, int indent) {
  const int hang = indent + kIndent;
  const size_t where = Find(parts, 0, "where");
  const size_t set = Find(parts, 0, "set");
  out_.PutAll(parts[0]->first, parts[set < where ? set : where]->first - 1);
  if (set < where) {
    out_.Break(hang);
    out_.Put(parts[set]->first);
    LineOrLines(parts, set + 1, where, parts[where]->first - 1, hang + kIndent);
  }
  out_.Break(hang);
  Parts(parts, where, parts.size(), hang + kIndent, parts.back()->last);
}

// `*` with its changes, one to a line, or an expression with its name.
void Layout::SelectItem(const Nodes& parts, int hang, size_t until) {
  if (!IsToken(*parts[0], "*")) return Parts(parts, 0, parts.size(), hang, until);
  out_.Put(parts[0]->first);
  for (size_t i = 1; i < parts.size();) {
    const bool except = IsToken(*parts[i], "except");
    const size_t end = except ? i + 2 : Find(parts, i, ")") + 1;
    if (i > 1) out_.Break(hang);
    Parts(parts, i, end, hang, end == parts.size() ? until : parts[end - 1]->last);
    i = end;
  }
}

}  // namespace cdc::format
