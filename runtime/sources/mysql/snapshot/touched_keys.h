#pragma once

// The keys of a table being loaded that the stream has touched, each with its last transaction and its newest row
// (ENGINE §5, 5). Keys are compared by their values' bytes, as log and SELECT both give them.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "runtime/record/change_batch.h"
#include "runtime/sources/mysql/snapshot/chunk.h"

namespace cdc::sources {

class TouchedKeys {
 public:
  // One transaction that touched keys: where it begins, and its GTID on MySQL.
  struct Transaction {
    LogPlace start;
    binlog::GtidSet gtid;
  };
  struct Touch {
    std::shared_ptr<const Transaction> transaction;
    bool deleted = false;
    std::vector<Value> row;        // newest after image, unless deleted
    std::unique_ptr<char[]> text;  // what `row` points into
  };

  explicit TouchedKeys(std::vector<int> key) : key_(std::move(key)) {}

  // Remembers both images' keys. Requires: the images hold all key columns.
  void Add(const RowChange& change, size_t columns, const std::shared_ptr<const Transaction>& transaction);
  // Null: never touched.
  const Touch* Find(const Value* row) const;
  // Forgets what `contained` says lies in a window's low mark.
  void Forget(const std::function<bool(const Transaction&)>& contained);
  size_t bytes() const { return bytes_; }

 private:
  static void AppendKey(const Value& value, std::string* out);
  const std::string& KeyOf(const Value* row) const;
  void Set(const Value* row, bool deleted, size_t columns, const std::shared_ptr<const Transaction>& transaction);

  const std::vector<int> key_;
  std::unordered_map<std::string, Touch> touches_;
  size_t bytes_ = 0;
  mutable std::string key_text_;
};

}  // namespace cdc::sources
