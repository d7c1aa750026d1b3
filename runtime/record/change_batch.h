#pragma once

// What a source hands to the transform: whole transactions' rows in log order, owned by the batch.
//
// Lifetime: a row's values point into the batch's arena or into one of its blocks (the log bytes themselves); they
// are valid until Reset() or destruction. Batches come from a pool and return to it.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "runtime/record/position.h"
#include "runtime/record/state_record.h"
#include "stdlib/core/arena.h"
#include "stdlib/core/schema.h"
#include "stdlib/core/value.h"

namespace cdc {

// One table under one schema. Made by a source; `binding` is what the Capture returned for it.
struct TableVersion {
  std::string database;
  std::string table;
  uint32_t version = 1;  // grows with every DDL of the table
  Schema schema;
  std::vector<bool> used;  // columns the plan reads; others may be left undecoded (kAbsent)
  bool captured = false;
  std::shared_ptr<const void> binding;  // engine's own; opaque to sources
  // The name that the rules know it by: other than its own where a rename was followed.
  std::string rule_database = {};
  std::string rule_table = {};
};

struct DdlEvent;
struct Group;

// What the rules say about a schema change, as far as the source has to act.
struct DdlAnswer {
  bool loads = false;    // `resnapshot`: the table is loaded anew from this place on
  bool follows = false;  // `follow`: the table stays captured under a name that no rule has
};

// A schema change that the source cannot follow.
struct DdlFailure {
  std::string database;  // of the table that it is about
  std::string table;     // empty: the statement is not understood, so nobody knows
  std::string statement;
  const Group* group = nullptr;
  bool may_skip = false;  // the log itself tells the columns of the rows to come
};

// What the plan wants from a source's tables. Called by the source thread, once per table version.
class Capture {
 public:
  virtual ~Capture() = default;
  // Fast answer by name, before the schema is known.
  virtual bool Wants(const std::string& database, const std::string& table) = 0;
  // Whether the first load reads this table (an unconditional `on snapshot skip` says no).
  virtual bool WantsSnapshot(const std::string& database, const std::string& table) = 0;
  // Whether some rule has a table of this name, be it to leave it out.
  virtual bool Names(const std::string& database, const std::string& table) { return Wants(database, table); }
  // Judges a schema change in its place. `ddl.after` may be missing as yet.
  // Errors: kRuleStop, kRulePause, a rule stops the pipe in front of it; kRow, kConfig, a condition fails.
  virtual Result<DdlAnswer> Answer(const DdlEvent&, const Group&) { return DdlAnswer(); }
  // The `on error (ddl)` rule's word on a schema change that cannot be followed: the error itself, with the rule's
  // words or as kRulePause; OK, where it may be skipped: the source goes on behind it.
  virtual Status JudgeDdlFailure(const DdlFailure&, Error error) { return error; }
  // Fills captured, used and binding from database, table, version and schema.
  // Errors: kConfig, the program does not fit the columns; the message holds the located diagnostics.
  virtual Status Bind(TableVersion* table) = 0;
  // Whether the table is one with others: its columns are wanted before the first row of any of them.
  virtual bool IsMerged(const std::string& database, const std::string& table) {
    static_cast<void>(database), static_cast<void>(table);
    return false;
  }
  // The tables of that kind that a source has as it opens, bound; those that are not among them are not there (any
  // more). Errors: kConfig, they cannot be one.
  virtual Status SetMerged(const std::vector<std::shared_ptr<const TableVersion>>& tables) {
    static_cast<void>(tables);
    return OkStatus();
  }
  // Every table that the source has now was offered to Wants and, if wanted, bound. Not called by a source that meets
  // its tables as it reads.
  virtual void AllTablesBound() {}
};

enum class Op : uint8_t { kInsert, kUpdate, kDelete, kSnapshot };

// One transaction (or chunk of a first load) that rows of a batch belong to.
struct Group {
  std::string gtid;            // "uuid:23", "0-1-42", empty without GTID or for a first load
  std::string txid;            // GTID, else "file:offset" of the group's start
  std::string file;            // log file
  uint64_t offset = 0;         // start of the group
  int64_t commit_time_us = 0;  // microseconds since 1970 UTC; MySQL's commit timestamp, else the event time
  uint32_t event_time_s = 0;   // header time of the group's rows events, seconds since 1970 UTC
  uint32_t server_id = 0;
  uint64_t thread_id = 0;  // connection at the source; 0 if unknown
};

struct RowChange {
  const TableVersion* table = nullptr;
  const Value* before = nullptr;  // one per schema column; null for insert and snapshot
  const Value* after = nullptr;   // null for delete
  uint32_t group = 0;             // index into ChangeBatch::groups
  uint32_t row_in_event = 0;
  uint64_t event_offset = 0;   // start of the rows event in the log file
  uint64_t ordinal = 0;        // n-th row of the transaction, from 0, counting captured tables
  uint64_t table_ordinal = 0;  // n-th row of its table in the transaction, from 0
  uint32_t event_time_s = 0;   // header time of this rows event, seconds
  Op op = Op::kInsert;
  bool last_in_group = false;  // last captured row of its transaction
};

// A schema change, judged by the pipe's DDL rules.
struct DdlEvent {
  int32_t group = -1;     // index into ChangeBatch::groups: the statement's transaction; -1: not known
  std::string database;   // of the statement
  std::string table;      // empty if it has none
  std::string statement;  // UTF-8; passwords never appear (user DDL is not reported)
  // One label list per part, most specific first: {"add column","alter table","ddl"}.
  std::vector<std::vector<std::string>> parts;
  std::string canal_type;                      // CREATE, ALTER, ERASE, TRUNCATE, RENAME, CINDEX, DINDEX, QUERY
  std::shared_ptr<const TableVersion> before;  // null if the table did not exist or is not captured
  std::shared_ptr<const TableVersion> after;   // null if it no longer exists
};

class ChangeBatch {
 public:
  std::vector<RowChange> rows;
  std::vector<Group> groups;
  // A DDL closes its batch: it comes after all rows above.
  std::optional<DdlEvent> ddl;
  // Chunk-done, schema versions: saved in the same transaction as the rows.
  std::vector<StateRecord> state;
  // Where to resume once everything above is committed.
  Position end;
  // Keeps table versions named by rows alive.
  std::vector<std::shared_ptr<const TableVersion>> tables;
  // Log bytes that values point into.
  std::vector<std::shared_ptr<const void>> blocks;
  Arena arena;
  size_t block_bytes = 0;  // bytes of `blocks` that this batch accounts for

  // First load and streaming progress, for humans.
  bool caught_up = false;  // the source has delivered everything up to its position at start
  bool idle = false;       // nothing more is waiting at the source

  size_t bytes() const { return arena.bytes_reserved() + block_bytes + rows.size() * sizeof(RowChange); }
  // Memory that stays with the batch when it is empty.
  size_t capacity_bytes() const { return arena.bytes_reserved() + rows.capacity() * sizeof(RowChange); }
  void Reset();
};

}  // namespace cdc
