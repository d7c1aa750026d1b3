#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/plan/plan.h"
#include "runtime/bind/problems.h"
#include "runtime/record/change_batch.h"
#include "stdlib/core/arena.h"
#include "stdlib/core/schema.h"

namespace cdc::operators {

// `partition …` of one table.
//
//   by key           murmur2 of the key bytes, or of what the key would be
//   by hash, by primary key   canonical text of the columns (core/value_text.h), joined by 0x00
//   by table, by database     `database.table`, `database`, as after `as`
//   using murmur2    (hash & 0x7fffffff) mod n, as Kafka's Java client
//   using crc32      hash mod n, as librdkafka's `consistent`
//   using java       Canal's: database.hashCode() XOR the columns' hashCode(); by table the table's name alone
class Partitioner {
 public:
  enum class Kind : uint8_t { kConstant, kHashed, kKeyBytes, kOutputColumns, kSourceColumns };

  // `output` are the columns after `select`, `key` positions among them. Mistakes go to `problems`: PIPE101, PIPE125.
  static Partitioner Make(const plan::PartitionRule& rule, const std::string& database, const std::string& table,
                          const Schema& schema, const std::vector<Column>& output, const std::vector<int>& key,
                          bind::Problems* problems);

  // The partition of DDL records and of rows `by table`.
  int32_t OfTable(int32_t partitions) const;

  Kind kind() const { return kind_; }
  bool needs_key_bytes() const { return kind_ == Kind::kKeyBytes; }
  // Output or source positions that decide; a change of one moves the row.
  const std::vector<int>& columns() const { return columns_; }

  // Requires: partitions > 0. `output` and `source` are the row's images. Errors: kConfig, a fixed partition that the
  // topic does not have.
  Result<int32_t> Of(std::string_view key_bytes, const Value* output, const Value* source, int32_t partitions,
                     Arena* scratch) const;

 private:
  int32_t HashColumns(const Value* values, int32_t partitions, Arena* scratch) const;
  int32_t Place(std::string_view bytes, int32_t partitions) const;

  Kind kind_ = Kind::kKeyBytes;
  plan::PartitionRule::Hash hash_ = plan::PartitionRule::Hash::kMurmur2;
  int32_t fixed_ = 0;
  bool by_table_ = false;
  std::string database_;
  std::string table_;
  std::string text_;  // kHashed: what is hashed
  std::vector<int> columns_;
  std::vector<Type> types_;  // parallel to columns_
};

}  // namespace cdc::operators
