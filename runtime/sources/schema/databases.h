#pragma once

#include <map>
#include <optional>
#include <string>

#include "runtime/record/state_record.h"
#include "stdlib/ddl/ddl.h"

namespace cdc::sources {

// What tables of a database have that name no charset.
struct CharsetDefault {
  std::string charset;
  std::string collation;
  bool operator==(const CharsetDefault&) const = default;
};

// The default charsets of databases at the place in the log that is being read: a CREATE TABLE in the log does not say
// which charset its columns got from its database.
class DatabaseDefaults {
 public:
  void Clear() { databases_.clear(); }
  void Set(const std::string& database, CharsetDefault defaults) { databases_[database] = std::move(defaults); }
  // Null: not known.
  const CharsetDefault* Find(const std::string& database) const;

  // Follows CREATE, ALTER and DROP DATABASE; `dialect` has the statement's server defaults. What changed, as a record.
  std::optional<StateRecord> Apply(const ddl::Statement& statement, const ddl::Dialect& dialect);

  // State of kind `schema`, item `database/`.
  StateRecord Record(const std::string& database) const;

 private:
  std::map<std::string, CharsetDefault> databases_;
};

}  // namespace cdc::sources
