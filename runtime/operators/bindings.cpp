#include "runtime/operators/bindings.h"

#include <map>
#include <utility>

#include "runtime/operators/ddl.h"
#include "runtime/operators/read_columns.h"
#include "runtime/operators/sensitive.h"
#include "stdlib/core/check.h"
#include "stdlib/core/merged_schema.h"

namespace cdc::operators {
namespace {

// What records of a table look like: names, types and key are what `merge strict` compares.
Schema RecordsOf(const TableVersion& table, const formats::OutputShape& shape) {
  Schema records;
  records.database = table.database;
  records.table = table.table;
  for (const Column& column : shape.columns) {
    records.columns.emplace_back().name = column.name;
    records.columns.back().type = column.type;
  }
  Index key{"PRIMARY", {}, true, false};
  for (const int column : shape.key) key.columns.push_back(shape.columns[static_cast<size_t>(column)].name);
  if (!key.columns.empty()) records.indexes.push_back(std::move(key));
  return records;
}

// A column that the source leaves out would go out as NULL.
void CheckDecoded(const TableVersion& table, const BoundTable& bound) {
  for (size_t i = 0; i < bound.used.size(); ++i) {
    const int at = bound.widening ? bound.widening->sources()[i] : static_cast<int>(i);
    CHECK(!bound.used[i] || at < 0 || table.used[static_cast<size_t>(at)]);
  }
}

// The logical table of a version that is one with others; null: it stands for itself.
MergedTable* MergedOf(const std::shared_ptr<const TableVersion>& version) {
  const Binding* binding = version == nullptr ? nullptr : BindingOf(*version);
  return binding == nullptr ? nullptr : binding->merged;
}

bool SameName(const TableVersion& a, const TableVersion& b) { return a.database == b.database && a.table == b.table; }

// A logical table in the place of one of its parts.
std::shared_ptr<const TableVersion> Logical(const std::shared_ptr<const TableVersion>& part,
                                            const std::shared_ptr<const MergedColumns>& columns) {
  if (columns == nullptr) return nullptr;
  auto made = std::make_shared<TableVersion>();
  made->database = columns->schema.database;
  made->table = columns->schema.table;
  made->schema = columns->schema;
  if (part != nullptr) {
    made->version = part->version;
    made->binding = part->binding;
  }
  return made;
}

}  // namespace

const Binding* BindingOf(const TableVersion& table) { return static_cast<const Binding*>(table.binding.get()); }

bool MergedChange::ShowsInRecords() const {
  if (before == nullptr || after == nullptr) return before != after;
  return !SameRecordColumns(before->schema, after->schema);
}

Bindings::Bindings(const BindingContext& context, const plan::Owners& owners,
                   const std::vector<std::unique_ptr<formats::Format>>& formats, std::shared_ptr<MergedTables> merged)
    : context_(context),
      owners_(owners),
      formats_(formats),
      merged_(merged != nullptr ? std::move(merged) : std::make_shared<MergedTables>()) {}

TopicNames Bindings::Names(size_t owner, const TableVersion& table) const {
  const auto rule = static_cast<int>(owner);
  const bool followed = !table.rule_table.empty();
  const std::string& database = followed ? table.rule_database : table.database;
  const std::string& name = followed ? table.rule_table : table.table;
  return NamesOf(context_.pipe->tables[owner], database, name, owners_.MatchNames(rule),
                 owners_.MatchValues(rule, database, name));
}

Result<std::unique_ptr<BoundTable>> Bindings::Bound(size_t owner, const TableVersion& table,
                                                    const MergedColumns* merged) const {
  return BindTable(context_, context_.pipe->tables[owner], *formats_[owner], table, Names(owner, table),
                   owners_.MatchNames(static_cast<int>(owner)), merged);
}

Status Bindings::Bind(int owner, TableVersion* table) {
  Binding binding;
  binding.owner = static_cast<size_t>(owner);
  const plan::TableRule& rule = context_.pipe->tables[binding.owner];
  if (rule.merge != plan::MergeMode::kNone) {
    const TopicNames names = Names(binding.owner, *table);
    binding.merged = merged_->Find(binding.owner, rule.merge, names.database, names.table);
  }
  if (rule.merge == plan::MergeMode::kWiden) {
    table->used = ReadColumns(rule, table->schema);
  } else {
    ASSIGN_OR_RETURN(binding.table, Bound(binding.owner, *table, nullptr));
    table->used = binding.table->used;
  }
  table->captured = true;
  table->binding = std::make_shared<const Binding>(std::move(binding));
  return OkStatus();
}

MergedPart Bindings::PartOf(const TableVersion& table) const {
  return {table.database, table.table, context_.source_name};
}

Result<std::shared_ptr<const Schema>> Bindings::ColumnsOf(const TableVersion& table) const {
  const Binding& binding = *BindingOf(table);
  if (ModeOf(binding) == plan::MergeMode::kStrict) {
    return std::make_shared<const Schema>(RecordsOf(table, binding.table->shape));
  }
  if (context_.plan->sensitive.empty()) return std::make_shared<const Schema>(table.schema);
  ASSIGN_OR_RETURN(Schema marked, MarkSensitive(*context_.plan, table.database, table.table, Schema(table.schema)));
  return std::make_shared<const Schema>(std::move(marked));
}

Status Bindings::SetMerged(const std::vector<std::shared_ptr<const TableVersion>>& tables) {
  std::map<MergedTable*, std::map<MergedPart, std::shared_ptr<const Schema>>> parts;
  for (const auto& table : tables) {
    ASSIGN_OR_RETURN(auto columns, ColumnsOf(*table));
    parts[BindingOf(*table)->merged][PartOf(*table)] = std::move(columns);
  }
  // First all columns, then what is made of them: each table is bound once.
  for (MergedTable* table : merged_->All()) {
    RETURN_IF_ERROR(table->Replace(context_.source_name, std::move(parts[table])));
  }
  for (const auto& table : tables) RETURN_IF_ERROR(Enter(*table));
  return OkStatus();
}

Status Bindings::Enter(const TableVersion& table) {
  const Binding& binding = *BindingOf(table);
  ASSIGN_OR_RETURN(const auto own, ColumnsOf(table));
  RETURN_IF_ERROR(binding.merged->Join(PartOf(table), *own));
  const uint64_t seen = binding.merged->changes();
  auto columns = binding.merged->columns();
  if (ModeOf(binding) == plan::MergeMode::kWiden && columns != binding.columns) {
    ASSIGN_OR_RETURN(auto bound, Bound(binding.owner, table, columns.get()));
    CheckDecoded(table, *bound);
    binding.table = std::move(bound);
    binding.columns = std::move(columns);
  }
  binding.seen = seen;
  return OkStatus();
}

Result<MergedChange> Bindings::Change(const DdlEvent& ddl) {
  if (ddl.table.empty() && HasLabel(ddl, "drop database")) {
    for (MergedTable* table : merged_->All()) table->LeaveDatabase(context_.source_name, ddl.database);
  }
  MergedTable* left = MergedOf(ddl.before);
  MergedTable* joined = MergedOf(ddl.after);
  MergedChange change;
  change.table = joined != nullptr ? joined : left;
  if (change.table == nullptr) return change;
  change.before = change.table->columns();
  const bool stays = left == joined && SameName(*ddl.before, *ddl.after);
  if (left != nullptr && !stays) left->Leave(PartOf(*ddl.before));
  if (joined != nullptr) RETURN_IF_ERROR(Enter(*ddl.after));
  change.after = change.table->columns();
  return change;
}

std::optional<DdlEvent> Bindings::AsLogical(const DdlEvent& ddl, const MergedChange& change) const {
  const bool empties_all = HasLabel(ddl, "truncate table") && change.table->parts() == 1;
  if (!change.ShowsInRecords() && !empties_all) return std::nullopt;
  const std::shared_ptr<const TableVersion>& part = ddl.after != nullptr ? ddl.after : ddl.before;
  if (ModeOf(*BindingOf(*part)) == plan::MergeMode::kStrict) return ddl;
  DdlEvent logical = ddl;
  logical.before = Logical(ddl.before, change.before);
  logical.after = Logical(ddl.after, change.after);
  // A table that comes or goes alters what is there with others.
  const bool alters = logical.before != nullptr && logical.after != nullptr && !empties_all;
  if (alters) logical.canal_type = "ALTER";
  return logical;
}

}  // namespace cdc::operators
