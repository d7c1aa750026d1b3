#pragma once

// Which tables of a first load are done, under way and waiting, and what the DDL of the log does to that. No I/O.
//
// A table that the log creates or empties is done: everything it will ever show is in the log. A table that a rename
// brings in from outside the pipe is not: it is loaded, unless it takes the place of one that was (the swap of an
// online schema change).

#include <cstddef>
#include <deque>
#include <functional>
#include <list>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "runtime/record/change_batch.h"
#include "runtime/sources/mysql/snapshot/table_progress.h"

namespace cdc::sources {

class LoadList {
 public:
  using Name = std::pair<std::string, std::string>;  // database, table
  struct Table {
    Name name;
    TableProgress progress;
    bool late = false;  // it came behind the start: nobody has looked at its engine
  };
  // Whether the pipe loads a table of this name.
  using Wants = std::function<bool(const std::string& database, const std::string& table)>;

  void Add(Table table);

  // The tables under way, in the order in which they were taken. A pointer to one is valid until it is done or a DDL
  // ends it.
  std::list<Table>* active() { return &active_; }
  // Null: the table is not under way.
  Table* Active(const Name& name);
  // Takes the next waiting table. Null: none waits.
  Table* Next();
  // A table under way is done.
  void Finish(const Name& name);

  // Follows a schema change; changed records of kind `snapshot` are added to `state`. Returns those tables that were
  // under way of which what was read no longer counts; they may no longer be under way.
  std::vector<Name> OnDdl(const DdlEvent& ddl, const Wants& wants, std::vector<StateRecord>* state);

  // A rule has the table loaded anew from here on, by a record in `state`. It waits, also if it was under way.
  void Reload(const Name& name, std::vector<StateRecord>* state);

  // Takes out, and returns, what waits or is under way and is not captured any more.
  std::vector<Name> Drop(const Wants& captured, std::vector<StateRecord>* state);

  // The table is under way or waiting.
  bool Open(const Name& name) const;
  bool empty() const { return active_.empty() && waiting_.empty(); }
  size_t waiting() const { return waiting_.size(); }
  size_t total() const { return waiting_.size() + done_.size() + active_.size(); }
  size_t done() const { return done_.size(); }

 private:
  void Remove(const Name& name);
  void SetDone(const Name& name, std::vector<StateRecord>* state);
  void Forget(const Name& name, std::vector<StateRecord>* state);
  // `by_rule`: what is loaded anew was asked for by a rule.
  void LoadAnew(const Name& name, bool by_rule, const Wants& wants, std::vector<StateRecord>* state);
  bool IsByRule(const Name& name) const;
  void OnRename(const std::optional<Name>& from, const std::optional<Name>& to, const Wants& wants,
                std::vector<StateRecord>* state);
  void OnDropDatabase(const std::string& database, std::vector<StateRecord>* state);

  std::deque<Table> waiting_;
  std::list<Table> active_;
  std::set<Name> done_;
  std::map<Name, TableProgress> renamed_away_;  // to a name outside the pipe: `done` and `by_rule` then
};

}  // namespace cdc::sources
