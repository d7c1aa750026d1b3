#pragma once

// The tables that a pipe captures, as the stream and the first load meet them: asks the Capture once per table name
// and binds once per schema.

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "runtime/record/change_batch.h"
#include "stdlib/core/result.h"

namespace cdc::binlog {

class CapturedTables {
 public:
  explicit CapturedTables(Capture* capture) : capture_(capture) {}

  using Name = std::pair<std::string, std::string>;  // database, table

  bool Wants(const std::string& database, const std::string& table);
  bool WantsSnapshot(const std::string& database, const std::string& table) {
    const Name name = KnownAs({database, table});
    return capture_->WantsSnapshot(name.first, name.second);
  }

  // A rename was followed: rules know the table by the name it had. One that has a rule of its own needs nobody's.
  void Follow(const Name& table, const Name& known_as);
  // The table is gone, or the name it was known by has another table.
  void Unfollow(const Name& table);
  // The name that the rules know a table by.
  Name KnownAs(const Name& table) const;
  // The table that was followed to another name than this; nothing if there is none.
  std::optional<Name> FollowedFrom(const Name& known_as) const;

  // What the rules say; see Capture.
  Result<DdlAnswer> Answer(const DdlEvent& ddl, const Group& group) { return capture_->Answer(ddl, group); }
  bool Names(const Name& table) { return capture_->Names(table.first, table.second); }
  Status JudgeDdlFailure(const DdlFailure& failure, Error error) {
    return capture_->JudgeDdlFailure(failure, std::move(error));
  }

  // The newest bound version; null if the table has not been met.
  std::shared_ptr<const TableVersion> Current(const std::string& database, const std::string& table) const;

  // The table with this schema: the current version if nothing differs, else a new one, bound by the Capture.
  // Columns of the default key count as used.
  // `version` is the tracked version, 0 if there is none: then it is one more than the last.
  // Errors: kConfig, the program does not fit the columns.
  Result<std::shared_ptr<const TableVersion>> Bind(const std::string& database, const std::string& table,
                                                   const Schema& schema, uint32_t version = 0);

  // Whether the program fits a table with this schema; nothing is bound. Errors: as Bind.
  Status Fits(const std::string& database, const std::string& table, const Schema& schema);

  // Tables that have been bound; those dropped later count. Any thread.
  uint64_t count() const { return count_; }

  // Forgets all versions: the next Bind of each table asks the Capture again. For a Rewind.
  void Clear() {
    tables_.clear();
    followed_.clear();
    count_ = 0;
  }

 private:
  struct Entry {
    bool wanted = false;
    std::shared_ptr<const TableVersion> current;
  };
  Capture* capture_;
  std::map<Name, Entry> tables_;
  std::map<Name, Name> followed_;  // name now -> name that rules know
  std::atomic<uint64_t> count_{0};
};

// A sequence of MariaDB is logged as a table of eight columns. It is tracked like one and never captured.
bool IsSequence(const Schema& schema);

// Whether rows of the two look and are read alike.
bool SameSchema(const Schema& a, const Schema& b);

}  // namespace cdc::binlog
