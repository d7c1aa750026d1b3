#include "compiler/plan/text.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <set>

#include "compiler/plan/owner.h"
#include "stdlib/regex/pattern.h"

namespace cdc::plan {
namespace {

// One table as a row's metadata: what the placeholders of its rule stand for.
struct Names {
  std::string database;  // after `as`
  std::string table;
  std::map<std::string, std::string> groups;
};

bool IsPlainName(const std::string& name) {
  auto letter = [](unsigned char c) { return std::isalnum(c) || c == '_' || c >= 0x80; };
  return !name.empty() && !std::isdigit(static_cast<unsigned char>(name[0])) &&
         std::all_of(name.begin(), name.end(), [&](char c) { return letter(static_cast<unsigned char>(c)); });
}

std::string QuotedName(const std::string& name) {
  if (IsPlainName(name)) return name;
  std::string quoted = "`";
  for (char c : name) quoted += c == '`' ? std::string("``") : std::string(1, c);
  return quoted + "`";
}

std::string Filled(const Template& value, const Names& names) {
  std::string text;
  for (const TemplatePart& part : value.parts) {
    switch (part.kind) {
      case TemplatePart::Kind::kText:
        text += part.text;
        break;
      case TemplatePart::Kind::kDatabase:
        text += names.database;
        break;
      case TemplatePart::Kind::kTable:
        text += names.table;
        break;
      case TemplatePart::Kind::kOp:
        text += "$op$";
        break;
      case TemplatePart::Kind::kMatch: {
        auto found = names.groups.find(part.text);
        text += found == names.groups.end() ? "$match." + part.text + "$" : found->second;
        break;
      }
    }
  }
  return text;
}

void AddGroups(const NamePattern& pattern, const std::string& name, Names* names) {
  if (pattern.kind != NamePattern::Kind::kRegex) return;
  Result<regex::Pattern> compiled = regex::Pattern::Compile(pattern.text);
  std::vector<std::string_view> groups;
  if (!compiled.ok() || !compiled->Matches(name, &groups)) return;
  for (size_t i = 0; i < groups.size(); ++i) names->groups[compiled->group_names()[i]] = groups[i];
}

Names NamesOf(const TableRule& rule, const Schema& table) {
  Names source{.database = table.database, .table = table.table, .groups = {}};
  AddGroups(rule.database, table.database, &source);
  AddGroups(rule.table, table.table, &source);
  Names names = source;
  if (rule.target_database) names.database = Filled(*rule.target_database, source);
  if (rule.target_table) names.table = Filled(*rule.target_table, source);
  return names;
}

std::vector<std::string> Topics(const TopicRule& rule, const Names* names) {
  std::vector<std::string> topics;
  auto add = [&](const Template& topic) {
    std::string text = names != nullptr ? Filled(topic, *names) : TemplateText(topic);
    if (std::find(topics.begin(), topics.end(), text) == topics.end()) topics.push_back(text);
  };
  for (const TopicRule::Arm& arm : rule.arms) add(arm.topic);
  add(rule.otherwise);
  return topics;
}

std::string Join(const std::vector<std::string>& items, const char* between) {
  std::string text;
  for (const std::string& item : items) text += (text.empty() ? "" : between) + item;
  return text;
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

std::string LineOf(const Plan& plan, const expr::Origin& origin) {
  std::string where = Where(plan, origin);
  return where.substr(0, where.rfind(':'));
}

using Row = std::vector<std::string>;

Row RuleRow(const Plan& plan, const TableRule& rule, const std::string& table, const Schema* schema,
            const std::vector<std::string>& topics) {
  if (rule.skip) return {table, LineOf(plan, rule.origin), "skipped"};
  std::string key = KeyText(rule.key, schema);
  return {table,
          LineOf(plan, rule.origin),
          Join(topics, " | "),
          key,
          PartitionText(rule.partition, key),
          rule.format.name,
          rule.where ? LineOf(plan, rule.where->origin) : "-"};
}

void Append(const std::vector<Row>& rows, std::string* out) {
  std::vector<size_t> widths;
  for (const Row& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (size_t i = 0; i + 1 < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  for (const Row& row : rows) {
    *out += " ";
    for (size_t i = 0; i < row.size(); ++i) {
      *out += " " + row[i];
      if (i + 1 < row.size()) out->append(widths[i] - row[i].size() + 1, ' ');
    }
    *out += "\n";
  }
}

const Row& Title() {
  static const Row* const title = new Row{"table", "owner", "topic", "key", "partition", "format", "where"};
  return *title;
}

std::string Counted(size_t count, const char* what) {
  return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

void AppendPipe(const Plan& plan, const Pipe& pipe, const KnownTables* known, std::string* out) {
  std::vector<Row> rows = {Title()};
  std::set<std::string> all_topics;
  size_t captured = 0;
  if (known == nullptr) {
    for (const TableRule& rule : pipe.tables) {
      std::vector<std::string> topics = Topics(rule.topic, nullptr);
      rows.push_back(RuleRow(plan, rule, PatternText(rule.database) + "." + PatternText(rule.table), nullptr, topics));
    }
  } else {
    for (const Schema& table : known->tables) {
      std::string name = QuotedName(table.database) + "." + QuotedName(table.table);
      Result<int> owner = FindOwner(pipe, table.database, table.table);
      if (!owner.ok() || *owner < 0) {
        rows.push_back({name, "-", "not captured"});
        continue;
      }
      const TableRule& rule = pipe.tables[static_cast<size_t>(*owner)];
      Names names = NamesOf(rule, table);
      std::vector<std::string> topics = Topics(rule.topic, &names);
      rows.push_back(RuleRow(plan, rule, name, &table, topics));
      if (rule.skip) continue;
      ++captured;
      all_topics.insert(topics.begin(), topics.end());
    }
  }
  std::string title = "pipe " + QuotedName(pipe.name) + ": " + Join(pipe.sources, ", ") + " -> " + pipe.sink;
  title.append(title.size() < 60 ? 62 - title.size() : 2, ' ');
  *out += title +
          (known == nullptr ? Counted(pipe.tables.size(), "table rule") + ", no schema snapshot"
                            : std::to_string(captured) + " of " + Counted(known->tables.size(), "table") + ", " +
                                  Counted(all_topics.size(), "topic")) +
          "\n";
  Append(rows, out);
}

}  // namespace

std::string TemplateText(const Template& value) {
  Names names{.database = "$database$", .table = "$tablename$", .groups = {}};
  return Filled(value, names);
}

std::string PatternText(const NamePattern& pattern) {
  if (pattern.kind == NamePattern::Kind::kAny) return "*";
  if (pattern.kind == NamePattern::Kind::kRegex) return "r'" + pattern.text + "'";
  return QuotedName(pattern.text);
}

std::string RenderText(const Plan& plan, const std::vector<KnownTables>& tables) {
  std::string out;
  for (const Pipe& pipe : plan.pipes) {
    const KnownTables* known = nullptr;
    for (const KnownTables& candidate : tables) {
      if (!pipe.sources.empty() && candidate.source == pipe.sources[0]) known = &candidate;
    }
    if (!out.empty()) out += "\n";
    AppendPipe(plan, pipe, known, &out);
  }
  return out;
}

}  // namespace cdc::plan
