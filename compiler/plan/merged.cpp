#include "compiler/plan/merged.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "compiler/plan/owners.h"
#include "compiler/plan/text_names.h"
#include "stdlib/core/merged_schema.h"

namespace cdc::plan {
namespace {

constexpr size_t kTablesShown = 3;

std::string NameOf(const TablePart& part) {
  return (part.source.empty() ? "" : part.source + ": ") + QuotedName(part.table->database) + "." +
         QuotedName(part.table->table);
}

bool Before(const TablePart& a, const TablePart& b) {
  return std::tie(a.table->database, a.table->table, a.source) < std::tie(b.table->database, b.table->table, b.source);
}

Schema Widened(const std::vector<TablePart>& parts) {
  std::vector<const Schema*> tables;
  for (const TablePart& part : parts) tables.push_back(part.table);
  return MergeSchemas(tables).schema;
}

}  // namespace

MergedTables::MergedTables(const Pipe& pipe, const SourceTables& known) {
  auto merges = [](const TableRule& rule) { return !rule.skip && rule.merge != MergeMode::kNone; };
  if (std::none_of(pipe.tables.begin(), pipe.tables.end(), merges)) return;
  const Owners owners(pipe);
  std::map<std::pair<int, std::string>, std::vector<TablePart>> found;
  for (const KnownTables* of_source : known) {
    for (const Schema& table : of_source->tables) {
      const int owner = owners.Find(table.database, table.table);
      if (owner < 0 || !merges(pipe.tables[static_cast<size_t>(owner)])) continue;
      const Names names = NamesOf(pipe.tables[static_cast<size_t>(owner)], table, of_source->source);
      found[{owner, QuotedName(names.database) + "." + QuotedName(names.table)}].push_back(
          {&table, pipe.sources.size() > 1 ? of_source->source : ""});
    }
  }
  for (auto& [key, parts] : found) {
    const TableRule& rule = pipe.tables[static_cast<size_t>(key.first)];
    std::sort(parts.begin(), parts.end(), Before);
    for (const TablePart& part : parts) parts_[part.table] = logical_.size();
    if (rule.merge == MergeMode::kWiden && parts.size() > 1) {
      const Schema columns = Widened(parts);
      for (const TablePart& part : parts) {
        Schema& seen = widened_[part.table] = columns;
        seen.database = part.table->database;
        seen.table = part.table->table;
      }
    }
    logical_.push_back({&rule, key.second, std::move(parts)});
  }
}

const Schema& MergedTables::Seen(const Schema& table) const {
  auto found = widened_.find(&table);
  return found == widened_.end() ? table : found->second;
}

const LogicalTable* MergedTables::Find(const Schema& table) const {
  auto found = parts_.find(&table);
  return found == parts_.end() ? nullptr : &logical_[found->second];
}

std::string MergeWord(MergeMode mode) { return mode == MergeMode::kWiden ? "widen" : "strict"; }

std::string MergeText(const LogicalTable& table) {
  const size_t count = table.parts.size();
  std::string text =
      MergeWord(table.rule->merge) + ", " + std::to_string(count) + (count == 1 ? " table: " : " tables: ");
  const size_t shown = count == kTablesShown + 1 ? count : kTablesShown;
  for (size_t i = 0; i < count && i < shown; ++i) text += (i == 0 ? "" : ", ") + NameOf(table.parts[i]);
  if (count > shown) text += " and " + std::to_string(count - shown) + " more";
  return text;
}

}  // namespace cdc::plan
