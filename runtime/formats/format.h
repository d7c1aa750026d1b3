#pragma once

// A message format turns rows into record keys and values. A Format is made once per pipe and table rule from its
// settings; it is bound to each table version, and the Encoder that results knows every column by position.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "runtime/record/change_batch.h"
#include "runtime/record/schema_registry.h"
#include "stdlib/catalog/settings.h"
#include "stdlib/core/out_buffer.h"
#include "stdlib/core/result.h"
#include "stdlib/core/schema.h"

namespace cdc::formats {

// One output table: columns after `select`, names after `as`.
struct OutputShape {
  std::string database;  // logical, after `as`
  std::string table;
  std::string source_database;  // physical
  std::string source_table;
  std::string topic;  // empty if it varies by row
  std::string pipe;
  std::string source_name;               // the source's declared name
  std::vector<Column> columns;           // output names and types
  std::vector<int> key;                  // positions in `columns`; empty: no key
  bool key_is_explicit = false;          // a `key` clause was written
  std::vector<std::string> primary_key;  // output names of the source's primary key columns that are published
};

// A row as it goes out. Values are indexed as OutputShape::columns.
struct OutputRow {
  Op op = Op::kInsert;            // what is published: snapshot rows are kSnapshot
  const Value* before = nullptr;  // update, delete
  const Value* after = nullptr;   // insert, update, snapshot
  const Group* group = nullptr;
  const RowChange* change = nullptr;
  // Place of the change in the log: number of the log file * 2^32 + start of its rows event. Grows with the log, is the
  // same for the rows of one event, and in every replay.
  uint64_t sequence = 0;
  // The halves of a split key change (LANGUAGE §2, 5).
  bool key_changed_delete = false, key_changed_insert = false;
  const Value* other_half = nullptr;  // after of the insert for the delete, before of the delete for the insert
};

class Encoder {
 public:
  virtual ~Encoder() = default;
  // Whether records have keys. If not, EncodeKey's bytes serve `partition by key` only.
  virtual bool WritesKeys() const = 0;
  // Appends the key of `row` (from after, or before for a delete). Requires: the shape has key columns.
  virtual Status EncodeKey(const OutputRow& row, OutBuffer* out) = 0;
  // Appends the value. Errors: kRow, a value that the format cannot hold, naming column and repair.
  virtual Status EncodeValue(const OutputRow& row, OutBuffer* out) = 0;
  // Appends format-defined headers in Message's layout; most formats have none.
  virtual Status EncodeHeaders(const OutputRow& row, OutBuffer* out);
  // Whether SelectTopic must be called before the records of a row, with the topic that they go to; `index` names it as
  // in Message. Errors of SelectTopic: as SchemaRegistry::IdOf.
  virtual bool DependsOnTopic() const { return false; }
  virtual Status SelectTopic(uint32_t index, const std::string& topic);
};

class Format {
 public:
  virtual ~Format() = default;
  // Errors: kConfig, PIPE114: a column this format has no rule for; as SchemaRegistry::IdOf.
  virtual Result<std::unique_ptr<Encoder>> Bind(const OutputShape& shape) const = 0;
  // Appends the record of a DDL event; false: the format has none. `shape` has the table's names and the record's
  // topic; its columns only if rows of the table were bound before.
  virtual Result<bool> EncodeDdl(const DdlEvent& ddl, const Group& group, const OutputShape& shape, uint64_t sequence,
                                 OutBuffer* key, bool* has_key, OutBuffer* value) const = 0;
};

// Makes the named format. Errors: kConfig, unknown name (the compiler refuses it earlier).
// `source_name` is the name that `name` settings default to; `registries` are those of the plan.
Result<std::unique_ptr<Format>> MakeFormat(const std::string& name, const catalog::Settings& settings,
                                           const std::string& source_name, const SchemaRegistries& registries = {});

}  // namespace cdc::formats
