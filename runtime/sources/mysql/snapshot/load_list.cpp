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

LoadList::Table* LoadList::Active(const Name& name) {
  const auto found =
      std::find_if(active_.begin(), active_.end(), [&](const Table& table) { return table.name == name; });
  return found == active_.end() ? nullptr : &*found;
}

LoadList::Table* LoadList::Next() {
  if (waiting_.empty()) return nullptr;
  active_.push_back(std::move(waiting_.front()));
  waiting_.pop_front();
  return &active_.back();
}

void LoadList::Finish(const Name& name) {
  done_.insert(name);
  std::erase_if(active_, [&](const Table& table) { return table.name == name; });
}

bool LoadList::Open(const Name& name) const {
  const auto named = [&](const Table& table) { return table.name == name; };
  return std::any_of(active_.begin(), active_.end(), named) || std::any_of(waiting_.begin(), waiting_.end(), named);
}

void LoadList::Remove(const Name& name) {
  const auto named = [&](const Table& table) { return table.name == name; };
  std::erase_if(active_, named);
  std::erase_if(waiting_, named);
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

bool LoadList::IsByRule(const Name& name) const {
  const auto named = [&](const Table& table) { return table.name == name && table.progress.by_rule; };
  return std::any_of(active_.begin(), active_.end(), named) || std::any_of(waiting_.begin(), waiting_.end(), named);
}

void LoadList::LoadAnew(const Name& name, bool by_rule, const Wants& wants, std::vector<StateRecord>* state) {
  if (by_rule) {
    Reload(name, state);
    return;
  }
  Forget(name, state);
  if (wants(name.first, name.second)) waiting_.push_back({name, {}, true});
}

void LoadList::Reload(const Name& name, std::vector<StateRecord>* state) {
  Remove(name);
  renamed_away_.erase(name);
  TableProgress progress;
  progress.by_rule = true;
  state->push_back(ToRecord(name.first, name.second, progress));
  waiting_.push_back({name, progress, true});
}

std::vector<LoadList::Name> LoadList::Drop(const Wants& captured, std::vector<StateRecord>* state) {
  std::vector<Name> gone;
  const auto look_at = [&](const Table& table) {
    if (!captured(table.name.first, table.name.second)) gone.push_back(table.name);
  };
  std::for_each(active_.begin(), active_.end(), look_at);
  std::for_each(waiting_.begin(), waiting_.end(), look_at);
  for (const Name& name : gone) Forget(name, state);
  return gone;
}

void LoadList::OnRename(const std::optional<Name>& from, const std::optional<Name>& to, const Wants& wants,
                        std::vector<StateRecord>* state) {
  if (from.has_value() && to.has_value()) {
    const bool done = done_.contains(*from), by_rule = IsByRule(*from);
    Forget(*from, state);
    if (done)
      SetDone(*to, state);
    else
      LoadAnew(*to, by_rule, wants, state);
    return;
  }
  if (from.has_value()) {
    // The record stays: the other half of a swap may follow.
    renamed_away_[*from] = {.done = done_.contains(*from), .by_rule = IsByRule(*from)};
    Remove(*from);
    return;
  }
  const auto before = renamed_away_.find(*to);
  const TableProgress left = before == renamed_away_.end() ? TableProgress() : before->second;
  const bool done = done_.contains(*to) || left.done;
  renamed_away_.erase(*to);
  if (done)
    done_.insert(*to);
  else
    LoadAnew(*to, left.by_rule, wants, state);
}

void LoadList::OnDropDatabase(const std::string& database, std::vector<StateRecord>* state) {
  std::set<Name> names;
  for (const Table& table : active_) names.insert(table.name);
  for (const Table& table : waiting_) names.insert(table.name);
  names.insert(done_.begin(), done_.end());
  for (const Name& name : names) {
    if (name.first == database) Forget(name, state);
  }
}

std::vector<LoadList::Name> LoadList::OnDdl(const DdlEvent& ddl, const Wants& wants, std::vector<StateRecord>* state) {
  const bool drop_database = ddl.table.empty() && HasPart(ddl, "drop database");
  const auto before = NameOf(ddl.before), after = NameOf(ddl.after);
  const Name name(ddl.database, ddl.table);
  std::vector<Name> hit;
  for (const Table& table : active_) {
    if (drop_database ? table.name.first == ddl.database
                      : table.name == name || table.name == before || table.name == after)
      hit.push_back(table.name);
  }
  if (drop_database) OnDropDatabase(ddl.database, state);
  if (ddl.table.empty()) return hit;
  if (ddl.canal_type == "CREATE" && HasPart(ddl, "create table")) {
    // IF NOT EXISTS, and it did.
    if (ddl.before != nullptr && ddl.before == ddl.after) return {};
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
