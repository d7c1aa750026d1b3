#include "compiler/plan/text_rules.h"

#include <array>
#include <string_view>

#include "compiler/plan/text.h"
#include "stdlib/expr/expr.h"

namespace cdc::plan {
namespace {

std::string AsText(PublishAs as) {
  static constexpr std::array<const char*, 4> kWords = {"", " as insert", " as update", " as delete"};
  return kWords[static_cast<size_t>(as)];
}

// As the language writes them: `update of (a, b)`, `error (transform, encode)`, `error` for all kinds that rows have.
std::string EventsText(const OnRule& rule) {
  constexpr std::string_view kError = "error ";
  constexpr size_t kErrorKinds = 5;
  static const std::vector<std::string> kOfRows = {"transform", "encode", "oversize"};
  std::vector<std::string> events;
  std::vector<std::string> errors;
  for (const std::string& event : rule.events) {
    if (event.rfind(kError, 0) == 0) {
      errors.push_back(event.substr(kError.size()));
    } else {
      events.push_back(event == "update of columns" ? "update of (" + Join(rule.of, ", ") + ")" : event);
    }
  }
  if (!errors.empty())
    events.push_back(errors == kOfRows || errors.size() == kErrorKinds ? "error"
                                                                       : "error (" + Join(errors, ", ") + ")");
  return Join(events, ", ");
}

std::string ItemText(const SelectItem& item) {
  if (!item.star) {
    const bool same = item.value.kind == expr::ExprKind::kColumn && item.value.name == item.name && !item.as_type;
    if (same) return expr::ToText(item.value);
    return expr::ToText(item.value) + " as " + QuotedName(item.name) +
           (item.as_type ? " " + TypeText(*item.as_type) + (item.as_type->nullable ? "" : " not null") : "");
  }
  std::string text = "*";
  std::vector<std::string> names;
  auto list = [&](const char* word) {
    if (!names.empty()) text += std::string(" ") + word + " (" + Join(names, ", ") + ")";
    names.clear();
  };
  for (const std::string& name : item.except) names.push_back(QuotedName(name));
  list("except");
  for (const auto& [from, to] : item.rename) names.push_back(QuotedName(from) + " as " + QuotedName(to));
  list("rename");
  for (const auto& [value, name] : item.replace) names.push_back(expr::ToText(value) + " as " + QuotedName(name));
  list("replace");
  return text;
}

}  // namespace

std::vector<std::string> TopicsOf(const TopicRule& rule, const Names& names, const std::vector<std::string>& ops) {
  std::vector<std::string> topics;
  for (const TopicRule::Arm& arm : rule.arms) AddFilled(arm.topic, names, ops, &topics);
  AddFilled(rule.otherwise, names, ops, &topics);
  return topics;
}

std::string TopicText(const TopicRule& rule, const Names& names) {
  if (rule.arms.empty()) return Filled(rule.otherwise, names);
  std::string text = "case";
  for (const TopicRule::Arm& arm : rule.arms) {
    text += " when " + expr::ToText(arm.when) + " then " + Filled(arm.topic, names);
  }
  return text + " else " + Filled(rule.otherwise, names) + " end";
}

std::string KeyText(const KeyRule& key, const Schema* schema) {
  if (key.kind == KeyRule::Kind::kNone) return "none";
  if (key.kind == KeyRule::Kind::kColumns) return Join(key.columns, ", ");
  if (schema == nullptr) return key.kind == KeyRule::Kind::kPrimary ? "primary key" : "default";
  std::vector<int> primary = schema->PrimaryKey();
  std::vector<int> columns = key.kind == KeyRule::Kind::kPrimary ? primary : schema->DefaultKey();
  if (columns.empty()) return "none";
  std::vector<std::string> names;
  for (int column : columns) names.push_back(schema->columns[static_cast<size_t>(column)].name);
  return (columns == primary ? "primary key (" : "unique key (") + Join(names, ", ") + ")";
}

std::string PartitionText(const PartitionRule& partition, const std::string& key) {
  static constexpr std::array<const char*, 3> kHashes = {"", " using crc32", " using java"};
  std::string hash = kHashes[static_cast<size_t>(partition.hash)];
  std::string otherwise = partition.else_fixed   ? " else " + std::to_string(*partition.else_fixed)
                          : partition.else_table ? " else table"
                                                 : "";
  switch (partition.kind) {
    case PartitionRule::Kind::kFixed:
      return std::to_string(partition.fixed);
    case PartitionRule::Kind::kTable:
      return "table" + hash;
    case PartitionRule::Kind::kDatabase:
      return "database" + hash;
    case PartitionRule::Kind::kKey:
      if (partition.else_table) return key == "none" ? "table" : "key" + hash;
      return "key" + hash + otherwise;
    case PartitionRule::Kind::kPrimaryKey:
      return "primary key" + hash + otherwise;
    case PartitionRule::Kind::kHash:
      return "hash(" + Join(partition.columns, ", ") + ")" + hash + otherwise;
  }
  return "";
}

std::string SelectText(const std::vector<SelectItem>& select) {
  std::vector<std::string> items;
  for (const SelectItem& item : select) items.push_back(ItemText(item));
  return items.empty() ? "*" : Join(items, ", ");
}

std::string OnText(const OnRule& rule) {
  static constexpr std::array<const char*, 9> kActions = {"publish",    "tombstone", "skip",  "fail",      "pause",
                                                          "resnapshot", "follow",    "retry", "quarantine"};
  std::string text = "on " + EventsText(rule);
  if (rule.when) text += " when " + expr::ToText(*rule.when);
  text += std::string(" ") + kActions[static_cast<size_t>(rule.action)] + AsText(rule.publish_as);
  if (rule.and_tombstone) text += " and tombstone";
  if (rule.to) text += " to \"" + TemplateText(*rule.to) + "\"";
  if (!rule.text.empty()) text += " '" + rule.text + "'";
  return text;
}

}  // namespace cdc::plan
