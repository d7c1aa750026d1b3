#include "runtime/operators/merged_tables.h"

#include <algorithm>

#include "stdlib/core/merged_schema.h"

namespace cdc::operators {
namespace {

std::string NameOf(const Schema& table) { return table.database + "." + table.table; }

std::string WhyNot(const MergedSchema& merged, const MergeConflict& conflict) {
  const std::string& column = merged.schema.columns[conflict.column].name;
  auto side = [&](const Schema& table) {
    return TypeText(table.columns[static_cast<size_t>(table.Find(column))].type) + " in " + NameOf(table);
  };
  return "`" + column + "` is " + side(*conflict.first) + " and " + side(*conflict.second) + ", and no type holds both";
}

bool SameSensitive(const Schema& a, const Schema& b) {
  return std::equal(a.columns.begin(), a.columns.end(), b.columns.begin(), b.columns.end(),
                    [](const Column& x, const Column& y) { return x.type.sensitive == y.type.sensitive; });
}

// Whether what is made of the one serves for the other.
bool SameTable(const Schema& a, const Schema& b) {
  return SameRecordColumns(a, b) && SameDefaults(a, b) && SameKeys(a, b) && SameSensitive(a, b);
}

// Whether a part says what it said before.
bool SameAsItWas(const Schema& a, const Schema& b) {
  return SameTable(a, b) &&
         std::equal(a.columns.begin(), a.columns.end(), b.columns.begin(), b.columns.end(),
                    [](const Column& x, const Column& y) { return x.type == y.type && x.type_text == y.type_text; });
}

// Whether it makes no difference to anybody.
bool Same(const MergedColumns& a, const MergedColumns& b) {
  return SameTable(a.schema, b.schema) && a.conflicts == b.conflicts && a.key_conflict == b.key_conflict;
}

}  // namespace

MergedTable::MergedTable(plan::MergeMode mode, std::string database, std::string table)
    : mode_(mode), database_(std::move(database)), table_(std::move(table)) {}

std::shared_ptr<const MergedColumns> MergedTable::columns() const {
  const std::lock_guard lock(mutex_);
  return columns_;
}

size_t MergedTable::parts() const {
  const std::lock_guard lock(mutex_);
  return parts_.size();
}

Status MergedTable::CheckAlike(const MergedPart& part, const Schema& columns) const {
  // Those that are there are alike: one stands for all.
  auto one = parts_.begin();
  if (one != parts_.end() && one->first == part) ++one;
  if (one == parts_.end()) return OkStatus();
  if (SameRecordColumns(*one->second, columns) && SameKeys(*one->second, columns)) return OkStatus();
  const MergedPart& other = one->first;
  const Schema& theirs = *one->second;
  auto name = [&](const MergedPart& of) {
    return (part.source == other.source ? "" : of.source + ": ") + of.database + "." + of.table;
  };
  std::string text;
  for (const std::string& line : ColumnDifferences(columns, theirs)) text += "\n  = " + line;
  if (text.empty()) text = "\n  = " + KeyDifference(columns, theirs);
  return Error(ErrorCode::kConfig, name(part) + " and " + name(other) + " are published as one table, " + database_ +
                                       "." + table_ +
                                       ", and `merge strict` wants their columns to be the same [PIPE129]" + text +
                                       "\n  = `merge widen` lets tables be altered one after the other");
}

Status MergedTable::Join(const MergedPart& part, const Schema& columns) {
  const std::lock_guard lock(mutex_);
  auto at = parts_.find(part);
  if (at != parts_.end() && SameAsItWas(columns, *at->second)) return OkStatus();
  if (mode_ == plan::MergeMode::kStrict) RETURN_IF_ERROR(CheckAlike(part, columns));
  const bool is_new = at == parts_.end();
  parts_[part] = std::make_shared<const Schema>(columns);
  // One more that has all columns as they are changes nothing.
  if (is_new && columns_ != nullptr && SameTable(columns, columns_->schema)) {
    changes_.fetch_add(1, std::memory_order_release);
    return OkStatus();
  }
  Recount();
  return OkStatus();
}

Status MergedTable::Replace(const std::string& source, std::map<MergedPart, std::shared_ptr<const Schema>> parts) {
  const std::lock_guard lock(mutex_);
  const auto before = parts_;
  std::erase_if(parts_, [&](const auto& entry) { return entry.first.source == source; });
  for (auto& [part, columns] : parts) {
    if (mode_ == plan::MergeMode::kStrict) {
      if (Status alike = CheckAlike(part, *columns); !alike.ok()) {
        parts_ = before;
        return alike;
      }
    }
    parts_[part] = std::move(columns);
  }
  Recount();
  return OkStatus();
}

template <class Gone>
void MergedTable::LeaveIf(Gone gone) {
  const std::lock_guard lock(mutex_);
  if (std::erase_if(parts_, [&](const auto& entry) { return gone(entry.first); }) > 0) Recount();
}

void MergedTable::Leave(const MergedPart& part) {
  LeaveIf([&](const MergedPart& one) { return one == part; });
}

void MergedTable::LeaveDatabase(const std::string& source, const std::string& database) {
  LeaveIf([&](const MergedPart& one) { return one.source == source && one.database == database; });
}

void MergedTable::Recount() {
  std::shared_ptr<MergedColumns> now;
  if (!parts_.empty()) {
    std::vector<const Schema*> schemas;
    for (const auto& [part, schema] : parts_) schemas.push_back(schema.get());
    MergedSchema merged = MergeSchemas(schemas);
    now = std::make_shared<MergedColumns>();
    for (const MergeConflict& conflict : merged.columns) {
      now->conflicts.emplace_back(conflict.column, WhyNot(merged, conflict));
    }
    if (merged.key) now->key_conflict = KeyDifference(*merged.key->first, *merged.key->second);
    now->schema = std::move(merged.schema);
    now->schema.database = database_;
    now->schema.table = table_;
    // Who is bound to them need not be bound again.
    if (columns_ == nullptr || !Same(*columns_, *now)) columns_ = std::move(now);
  } else {
    columns_.reset();
  }
  changes_.fetch_add(1, std::memory_order_release);
}

MergedTable* MergedTables::Find(size_t rule, plan::MergeMode mode, const std::string& database,
                                const std::string& table) {
  const std::lock_guard lock(mutex_);
  std::unique_ptr<MergedTable>& made = tables_[{rule, {database, table}}];
  if (made == nullptr) made = std::make_unique<MergedTable>(mode, database, table);
  return made.get();
}

std::vector<MergedTable*> MergedTables::All() {
  const std::lock_guard lock(mutex_);
  std::vector<MergedTable*> all;
  for (const auto& [name, table] : tables_) all.push_back(table.get());
  return all;
}

}  // namespace cdc::operators
