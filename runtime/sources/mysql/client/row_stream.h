#pragma once

// Rows of a SELECT one by one, in the binary protocol: exact numbers, text as the column stores it.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/sources/mysql/client/connection.h"
#include "stdlib/core/result.h"

namespace cdc::mysql {

enum class FieldKind : uint8_t { kInt, kUint, kFloat, kDouble, kText };

class RowStream {
 public:
  // Prepares and executes `sql`; `fields` says how each result column is read.
  // Requires: nothing else is done with `connection` while the stream lives.
  static Result<std::unique_ptr<RowStream>> Open(Connection* connection, const std::string& sql,
                                                 std::vector<FieldKind> fields);
  virtual ~RowStream() = default;

  // Goes to the next row; false at the end. Errors: as Connection::Query.
  virtual Result<bool> Next() = 0;
  virtual bool IsNull(size_t column) const = 0;
  virtual int64_t Int(size_t column) const = 0;            // kInt; kUint as its bits
  virtual double Real(size_t column) const = 0;            // kFloat, kDouble
  virtual std::string_view Text(size_t column) const = 0;  // kText. Lifetime: until the next Next()
};

}  // namespace cdc::mysql
