// Diffs are applied to a small tree whose scalars stay text, so that numbers keep every digit.

#include <algorithm>
#include <charconv>
#include <memory>
#include <utility>

#include "runtime/sources/mysql/binlog/bytes.h"
#include "runtime/sources/mysql/binlog/json_binary.h"
#include "stdlib/core/arena.h"
#include "stdlib/core/json_text.h"

namespace cdc::binlog {
namespace {

struct Child;

struct Node {
  JsonKind kind = JsonKind::kNull;
  std::string scalar;  // as text
  std::vector<Child> children;
};

struct Child {
  std::string key;  // unquoted; empty in arrays
  Node node;
};

Node Parse(std::string_view text) {
  Node node;
  node.kind = KindOfJson(text);
  if (node.kind != JsonKind::kObject && node.kind != JsonKind::kArray) {
    node.scalar = text;
    return node;
  }
  Arena scratch;
  JsonReader reader(text);
  while (reader.Next()) {
    std::string key = node.kind == JsonKind::kObject ? std::string(JsonUnquote(reader.key(), &scratch)) : std::string();
    node.children.push_back({std::move(key), Parse(reader.value())});
  }
  return node;
}

void Print(const Node& node, OutBuffer* out) {
  if (node.kind != JsonKind::kObject && node.kind != JsonKind::kArray) {
    out->Append(node.scalar);
    return;
  }
  const bool object = node.kind == JsonKind::kObject;
  out->Append(object ? '{' : '[');
  bool first = true;
  for (const auto& [key, child] : node.children) {
    if (!first) out->Append(", ");
    first = false;
    if (object) {
      AppendJsonString(key, out);
      out->Append(": ");
    }
    Print(child, out);
  }
  out->Append(object ? '}' : ']');
}

// MySQL keeps members by length of the key, then by its bytes.
bool KeyBefore(const std::string& a, const std::string& b) {
  return a.size() != b.size() ? a.size() < b.size() : a < b;
}

struct Leg {
  bool member = false;
  std::string key;
  size_t index = 0;
};

bool TakeKey(std::string_view* path, std::string* key) {
  if (path->empty()) return false;
  if (path->front() != '"') {
    const size_t end = std::min(path->find_first_of(".["), path->size());
    *key = path->substr(0, end);
    path->remove_prefix(end);
    return !key->empty();
  }
  size_t end = 1;
  while (end < path->size() && (*path)[end] != '"') end += (*path)[end] == '\\' ? 2 : 1;
  if (end >= path->size()) return false;
  const std::string_view quoted = path->substr(0, end + 1);
  if (!IsJson(quoted)) return false;
  Arena scratch;
  *key = JsonUnquote(quoted, &scratch);
  path->remove_prefix(end + 1);
  return true;
}

bool ParsePath(std::string_view path, std::vector<Leg>* legs) {
  if (path.empty() || path.front() != '$') return false;
  path.remove_prefix(1);
  while (!path.empty()) {
    Leg leg;
    const char kind = path.front();
    path.remove_prefix(1);
    if (kind == '.') {
      leg.member = true;
      if (!TakeKey(&path, &leg.key)) return false;
    } else if (kind == '[') {
      const auto read = std::from_chars(path.data(), path.data() + path.size(), leg.index);
      path.remove_prefix(static_cast<size_t>(read.ptr - path.data()));
      if (read.ec != std::errc() || path.empty() || path.front() != ']') return false;
      path.remove_prefix(1);
    } else {
      return false;
    }
    legs->push_back(std::move(leg));
  }
  return true;
}

using Children = std::vector<Child>;

// The child that a leg names, or the end.
Children::iterator Find(Node* node, const Leg& leg) {
  Children& children = node->children;
  if (leg.member != (node->kind == JsonKind::kObject)) return children.end();
  if (!leg.member) {
    if (node->kind != JsonKind::kArray || leg.index >= children.size()) return children.end();
    return children.begin() + static_cast<std::ptrdiff_t>(leg.index);
  }
  return std::find_if(children.begin(), children.end(), [&](const auto& child) { return child.key == leg.key; });
}

bool Insert(Node* parent, const Leg& leg, Node value) {
  Children& children = parent->children;
  if (leg.member) {
    if (parent->kind != JsonKind::kObject) return false;
    const auto at = std::find_if(children.begin(), children.end(),
                                 [&](const auto& child) { return !KeyBefore(child.key, leg.key); });
    if (at != children.end() && at->key == leg.key) return false;
    children.insert(at, {leg.key, std::move(value)});
    return true;
  }
  if (parent->kind != JsonKind::kArray) return false;
  const size_t index = std::min(leg.index, children.size());
  children.insert(children.begin() + static_cast<std::ptrdiff_t>(index), {std::string(), std::move(value)});
  return true;
}

bool ApplyOne(const JsonDiff& diff, Node* root) {
  std::vector<Leg> legs;
  if (!ParsePath(diff.path, &legs)) return false;
  Node value;
  if (diff.op != JsonDiff::Op::kRemove) {
    OutBuffer text;
    if (!AppendJsonText(diff.value, &text)) return false;
    value = Parse(text.view());
  }
  if (legs.empty()) {
    if (diff.op != JsonDiff::Op::kReplace) return false;
    *root = std::move(value);
    return true;
  }
  Node* parent = root;
  for (size_t i = 0; i + 1 < legs.size(); ++i) {
    const auto child = Find(parent, legs[i]);
    if (child == parent->children.end()) return false;
    parent = &child->node;
  }
  if (diff.op == JsonDiff::Op::kInsert) return Insert(parent, legs.back(), std::move(value));
  const auto child = Find(parent, legs.back());
  if (child == parent->children.end()) return false;
  if (diff.op == JsonDiff::Op::kRemove) {
    parent->children.erase(child);
  } else {
    child->node = std::move(value);
  }
  return true;
}

}  // namespace

Result<std::vector<JsonDiff>> ParseJsonDiffs(std::string_view bytes) {
  ByteReader in(bytes);
  std::vector<JsonDiff> diffs;
  while (in.ok() && in.left() > 0) {
    JsonDiff diff;
    const uint8_t op = in.Byte();
    if (op > 2)
      return Error(ErrorCode::kCorruptInput, "a partial JSON update has the unknown step " + std::to_string(op));
    diff.op = static_cast<JsonDiff::Op>(op);
    diff.path = in.LenencBytes();
    if (diff.op != JsonDiff::Op::kRemove) diff.value = in.LenencBytes();
    diffs.push_back(diff);
  }
  if (!in.ok()) return Error(ErrorCode::kCorruptInput, "a partial JSON update is cut off");
  return diffs;
}

Result<std::string> ApplyJsonDiffs(std::string_view before, const std::vector<JsonDiff>& diffs) {
  Node root = Parse(before);
  for (const JsonDiff& diff : diffs) {
    if (!ApplyOne(diff, &root)) {
      return Error(ErrorCode::kCorruptInput, "a partial JSON update does not fit the document: step " +
                                                 std::to_string(static_cast<int>(diff.op)) + " at `" +
                                                 std::string(diff.path.substr(0, 200)) + "`");
    }
  }
  OutBuffer out;
  Print(root, &out);
  return std::string(out.view());
}

}  // namespace cdc::binlog
