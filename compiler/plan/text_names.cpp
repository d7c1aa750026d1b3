#include "compiler/plan/text_names.h"

#include <algorithm>
#include <cctype>

#include "compiler/plan/text.h"
#include "stdlib/core/quoted_name.h"
#include "stdlib/regex/pattern.h"

namespace cdc::plan {
namespace {

bool IsPlainName(const std::string& name) {
  auto letter = [](unsigned char c) { return std::isalnum(c) || c == '_' || c >= 0x80; };
  return !name.empty() && !std::isdigit(static_cast<unsigned char>(name[0])) &&
         std::all_of(name.begin(), name.end(), [&](char c) { return letter(static_cast<unsigned char>(c)); });
}

void AddGroups(const NamePattern& pattern, const std::string& name, Names* names) {
  if (pattern.kind != NamePattern::Kind::kRegex) return;
  Result<regex::Pattern> compiled = regex::Pattern::Compile(pattern.text);
  std::vector<std::string_view> groups;
  if (!compiled.ok() || !compiled->Matches(name, &groups)) return;
  for (size_t i = 0; i < groups.size(); ++i) names->groups[compiled->group_names()[i]] = groups[i];
}

// The names after `as`.
Names Targets(const TableRule& rule, const Names& source) {
  Names names = source;
  if (rule.target_database) names.database = Filled(*rule.target_database, source);
  if (rule.target_table) names.table = Filled(*rule.target_table, source);
  return names;
}

bool LoadsFirst(const Plan& plan, const Pipe& pipe) {
  for (const Resource& source : plan.sources) {
    if (std::find(pipe.sources.begin(), pipe.sources.end(), source.name) == pipe.sources.end()) continue;
    if (source.settings.Find("snapshot") != nullptr && !source.settings.Is("snapshot", "none")) return true;
  }
  return false;
}

}  // namespace

std::string QuotedName(const std::string& name) {
  if (IsPlainName(name)) return name;
  return InBackquotes(name);
}

bool HasOp(const Template& value) {
  return std::any_of(value.parts.begin(), value.parts.end(),
                     [](const TemplatePart& part) { return part.kind == TemplatePart::Kind::kOp; });
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
        text += names.op;
        break;
      case TemplatePart::Kind::kSource:
        text += names.source;
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

void AddFilled(const Template& value, Names names, const std::vector<std::string>& ops, std::vector<std::string>* out) {
  const size_t count = HasOp(value) ? ops.size() : 1;
  for (size_t i = 0; i < count; ++i) {
    if (HasOp(value)) names.op = ops[i];
    std::string text = Filled(value, names);
    if (std::find(out->begin(), out->end(), text) == out->end()) out->push_back(std::move(text));
  }
}

Names NamesOf(const TableRule& rule, const Schema& table, const std::string& source) {
  Names names{.database = table.database, .table = table.table, .source = source};
  AddGroups(rule.database, table.database, &names);
  AddGroups(rule.table, table.table, &names);
  return Targets(rule, names);
}

Names NamesOf(const TableRule& rule) {
  Names source;
  if (rule.database.kind == NamePattern::Kind::kExact) source.database = rule.database.text;
  if (rule.table.kind == NamePattern::Kind::kExact) source.table = rule.table.text;
  return Targets(rule, source);
}

std::vector<std::string> RowOps(const Plan& plan, const Pipe& pipe) {
  std::vector<std::string> ops = {"insert", "update", "delete"};
  if (LoadsFirst(plan, pipe)) ops.insert(ops.begin(), "snapshot");
  return ops;
}

std::string Join(const std::vector<std::string>& items, const char* between) {
  std::string text;
  for (const std::string& item : items) text += (text.empty() ? "" : between) + item;
  return text;
}

std::string LineOf(const Plan& plan, const expr::Origin& origin) {
  std::string where = Where(plan, origin);
  return where.substr(0, where.rfind(':'));
}

std::string TemplateText(const Template& value) { return Filled(value, Names()); }

std::string PatternText(const NamePattern& pattern) {
  if (pattern.kind == NamePattern::Kind::kAny) return "*";
  if (pattern.kind == NamePattern::Kind::kRegex) return "r'" + pattern.text + "'";
  return QuotedName(pattern.text);
}

}  // namespace cdc::plan
