#include "runtime/sources/mysql/snapshot/load_list.h"

#include <algorithm>

#include "runtime/record/table_item.h"

namespace cdc::sources {
namespace {

bool HasPart(const DdlEvent& ddl, std::string_view label) {
  return std::any_of(ddl.parts.begin(), ddl.parts.end(),
                     [&](const auto& labels) { return !labels.empty() && labels.front() == label; });
}

std::optional<LoadList::Name> NameOf(const std::shared_ptr<const TableVersion>& table) {
  if (table == nullptr) return std::nullopt;
  return LoadList::Name(table->database, table->table);
}

StateRecord Deletion(const LoadList::Name& name) { return {"snapshot", TableItem(name.first, name.second), ""}; }

}  // namespace

void LoadList::Add(Table table) {
  if (table.progress.done) {
    done_.insert(std::move(table.name));
  } else {
    waiting_.push_back(std::move(table));
  }
}

bool LoadList::Next() {
  if (waiting_.empty()) return false;
  active_ = std::move(waiting_.front());
  waiting_.pop_front();
  return true;
}

void LoadList::Finish() {
  done_.insert(active_->name);
  active_.reset();
}

bool LoadList::Open(const Name& name) const {
  return (active_.has_value() && active_->name == name) ||
         std::any_of(waiting_.begin(), waiting_.end(), [&](const Table& table) { return table.name == name; });
}

void LoadList::Remove(const Name& name) {
  if (active_.has_value() && active_->name == name) active_.reset();
  std::erase_if(waiting_, [&](const Table& table) { return table.name == name; });
  done_.erase(name);
}

void LoadList::SetDone(const Name& name, std::vector<StateRecord>* state) {
  if (done_.contains(name)) return;
  Remove(name);
  done_.insert(name);
  TableProgress progress;
  progress.done = true;
  state->push_back(ToRecord(name.first, name.second, progress));
}

void LoadList::Forget(const Name& name, std::vector<StateRecord>* state) {
  if (!Open(name) && !done_.contains(name)) return;
  Remove(name);
  state->push_back(Deletion(name));
}

void LoadList::LoadAnew(const Name& name, const Wants& wants, std::vector<StateRecord>* state) {
  Forget(name, state);
  if (wants(name.first, name.second)) waiting_.push_back({name, {}});
}

void LoadList::OnRename(const std::optional<Name>& from, const std::optional<Name>& to, const Wants& wants,
                        std::vector<StateRecord>* state) {
  if (from.has_value() && to.has_value()) {
    const bool done = done_.contains(*from);
    Forget(*from, state);
    if (done)
      SetDone(*to, state);
    else
      LoadAnew(*to, wants, state);
    return;
  }
  if (from.has_value()) {
    // The record stays: the other half of a swap may follow.
    renamed_away_[*from] = done_.contains(*from);
    Remove(*from);
    return;
  }
  const auto before = renamed_away_.find(*to);
  const bool done = done_.contains(*to) || (before != renamed_away_.end() && before->second);
  renamed_away_.erase(*to);
  if (done)
    done_.insert(*to);
  else
    LoadAnew(*to, wants, state);
}

bool LoadList::OnDropDatabase(const std::string& database, std::vector<StateRecord>* state) {
  const bool hit = active_.has_value() && active_->name.first == database;
  std::set<Name> names;
  if (active_.has_value()) names.insert(active_->name);
  for (const Table& table : waiting_) names.insert(table.name);
  names.insert(done_.begin(), done_.end());
  for (const Name& name : names) {
    if (name.first == database) Forget(name, state);
  }
  return hit;
}

bool LoadList::OnDdl(const DdlEvent& ddl, const Wants& wants, std::vector<StateRecord>* state) {
  if (ddl.table.empty()) return HasPart(ddl, "drop database") && OnDropDatabase(ddl.database, state);
  const auto before = NameOf(ddl.before), after = NameOf(ddl.after);
  const Name name(ddl.database, ddl.table);
  const auto is_active = [&](const std::optional<Name>& at) {
    return at.has_value() && active_.has_value() && active_->name == *at;
  };
  const bool hit = is_active(name) || is_active(before) || is_active(after);
  if (ddl.canal_type == "CREATE" && HasPart(ddl, "create table")) {
    // IF NOT EXISTS, and it did.
    if (ddl.before != nullptr && ddl.before == ddl.after) return false;
    if (wants(name.first, name.second)) SetDone(name, state);
  } else if (ddl.canal_type == "ERASE") {
    Forget(name, state);
  } else if (ddl.canal_type == "TRUNCATE") {
    if (Open(name)) SetDone(name, state);
  } else if (HasPart(ddl, "rename table")) {
    // With neither, a table that nobody has tracked gets this name.
    const bool brought_in = !before.has_value() && !after.has_value();
    OnRename(before, brought_in ? std::optional(name) : after, wants, state);
  }
  return hit;
}

}  // namespace cdc::sources
