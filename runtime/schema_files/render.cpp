#include "runtime/schema_files/render.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>

#include "stdlib/core/file_names.h"
#include "stdlib/core/unified_diff.h"

namespace cdc::schema_files {
namespace {

using Json = nlohmann::ordered_json;

// A line of a definition by itself: without its indent and its comma.
std::string_view Bare(std::string_view line) {
  line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
  if (line.ends_with(',')) line.remove_suffix(1);
  return line;
}

// One part of a definition that differs: a column by its name, anything else by its text.
struct PartChange {
  std::string name;  // of a column; else empty
  std::string before, after;
};

std::vector<std::string_view> PartsOf(std::string_view text) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const size_t end = text.find('\n');
    parts.push_back(Bare(text.substr(0, end)));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return parts;
}

// "`v` int": the name of the column that a part defines; empty if it defines none.
std::string_view ColumnOf(std::string_view part) {
  if (!part.starts_with('`')) return "";
  size_t end = 1;
  while (end < part.size() && (part[end] != '`' || part.substr(end, 2) == "``")) end += part[end] == '`' ? 2 : 1;
  return part.substr(0, std::min(end + 1, part.size()));
}

std::string DefinitionOf(std::string_view part, std::string_view column) {
  part.remove_prefix(column.size());
  return std::string(Bare(part));
}

std::string_view FindColumn(const std::vector<std::string_view>& parts, std::string_view column) {
  for (const std::string_view part : parts) {
    if (ColumnOf(part) == column) return part;
  }
  return "";
}

bool Has(const std::vector<std::string_view>& parts, std::string_view part) {
  return std::find(parts.begin(), parts.end(), part) != parts.end();
}

std::vector<PartChange> PartChanges(const TableChange& table) {
  const std::vector<std::string_view> before = PartsOf(table.before), after = PartsOf(table.after);
  std::vector<PartChange> changes;
  for (const std::string_view part : before) {
    if (Has(after, part)) continue;
    const std::string_view column = ColumnOf(part);
    const std::string_view now = column.empty() ? "" : FindColumn(after, column);
    if (column.empty()) {
      changes.push_back({"", std::string(part), ""});
    } else {
      changes.push_back(
          {std::string(column), DefinitionOf(part, column), now.empty() ? "" : DefinitionOf(now, column)});
    }
  }
  for (const std::string_view part : after) {
    const std::string_view column = ColumnOf(part);
    if (Has(before, part) || (!column.empty() && !FindColumn(before, column).empty())) continue;
    changes.push_back({std::string(column), "", column.empty() ? std::string(part) : DefinitionOf(part, column)});
  }
  if (changes.empty()) changes.push_back({"", "", "the same columns and keys in another order"});
  return changes;
}

const char* MarkOf(std::string_view before, std::string_view after) {
  return before.empty() ? "+" : after.empty() ? "-" : "~";
}

const char* WordOf(std::string_view before, std::string_view after) {
  return before.empty() ? "added" : after.empty() ? "removed" : "changed";
}

std::string ChangeText(const std::string& before, const std::string& after) {
  return before.empty() ? after : after.empty() ? before : before + " -> " + after;
}

// Of `_server.json`: one member per line.
std::string FactsText(const std::map<std::string, FactChange>& facts, std::string FactChange::*side) {
  std::string text;
  for (const auto& [name, change] : facts) {
    if (!(change.*side).empty()) text += "  \"" + name + "\": " + change.*side + "\n";
  }
  return text;
}

Json TableAsJson(const SourceDrift& source, const TableName& name, const TableChange& table) {
  Json out = {{"source", source.source},
              {"database", name.first},
              {"table", name.second},
              {"change", WordOf(table.before, table.after)}};
  if (table.before.empty() || table.after.empty()) return out;
  Json parts = Json::array();
  for (const PartChange& part : PartChanges(table)) {
    Json each = {{"change", WordOf(part.before, part.after)}};
    if (!part.name.empty()) each["column"] = part.name.substr(1, part.name.size() - 2);
    if (!part.before.empty()) each["snapshot"] = part.before;
    if (!part.after.empty()) each["server"] = part.after;
    parts.push_back(std::move(each));
  }
  out["parts"] = std::move(parts);
  return out;
}

}  // namespace

std::string CountsOf(const Drift& drift) {
  size_t added = 0, changed = 0, removed = 0;
  for (const auto& [name, table] : drift.tables) {
    ++(table.before.empty() ? added : table.after.empty() ? removed : changed);
  }
  std::string text;
  for (const auto& [count, word] : {std::pair(added, " added"), {changed, " changed"}, {removed, " removed"}}) {
    if (count > 0) text += (text.empty() ? "" : ", ") + std::to_string(count) + word;
  }
  return text;
}

std::string RenderChanges(const Drift& drift, bool lines) {
  std::string out;
  for (const auto& [name, table] : drift.tables) {
    out += std::string("  ") + MarkOf(table.before, table.after) + " " + name.first + "." + name.second + "\n";
    if (!lines || table.before.empty() || table.after.empty()) continue;
    for (const PartChange& part : PartChanges(table)) {
      out += std::string("      ") + MarkOf(part.before, part.after) + " " + part.name +
             (part.name.empty() ? "" : " ") + ChangeText(part.before, part.after) + "\n";
    }
  }
  for (const auto& [name, fact] : drift.facts) {
    out += std::string("  ") + MarkOf(fact.before, fact.after) + " server: " + name + " " +
           ChangeText(fact.before, fact.after) + "\n";
  }
  return out;
}

namespace {

// A file written by hand may end without one, which is no difference.
std::string WithLineEnd(const std::string& text) { return text.empty() || text.back() == '\n' ? text : text + "\n"; }

}  // namespace

std::string RenderUnified(const SourceDrift& source) {
  std::string out;
  const std::string facts_file = source.shown + "/_server.json";
  out += UnifiedDiff(facts_file, FactsText(source.drift.facts, &FactChange::before), "server: " + facts_file,
                     FactsText(source.drift.facts, &FactChange::after));
  for (const auto& [name, table] : source.drift.tables) {
    const std::string file = source.shown + "/" + FileNameOf(name.first) + "/" + FileNameOf(name.second) + ".sql";
    out += UnifiedDiff(table.before.empty() ? "/dev/null" : file, WithLineEnd(table.before),
                       table.after.empty() ? "/dev/null" : "server: " + file, WithLineEnd(table.after));
  }
  return out;
}

std::string RenderJson(const std::vector<SourceDrift>& drifts, const std::string& version) {
  Json tables = Json::array(), facts = Json::array();
  size_t changed = 0;
  for (const SourceDrift& source : drifts) {
    changed += source.drift.empty() ? 0 : 1;
    for (const auto& [name, table] : source.drift.tables) tables.push_back(TableAsJson(source, name, table));
    for (const auto& [name, fact] : source.drift.facts) {
      Json each = {{"source", source.source}, {"name", name}};
      if (!fact.before.empty()) each["snapshot"] = Json::parse(fact.before, nullptr, false);
      if (!fact.after.empty()) each["server"] = Json::parse(fact.after, nullptr, false);
      facts.push_back(std::move(each));
    }
  }
  Json out = {{"version", 1}, {"tool", {{"name", "piperun"}, {"version", version}}}};
  out["summary"] = {{"sources", drifts.size()}, {"drifted", changed}, {"tables", tables.size()}};
  out["drift"] = std::move(tables);
  out["server"] = std::move(facts);
  return out.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace cdc::schema_files
