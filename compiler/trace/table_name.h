#pragma once

#include <string>

#include "stdlib/core/result.h"

namespace cdc::trace {

// A table as somebody asks for it: `shop.orders`, `` `shop`.`a.b` ``, or `orders` in whatever database.
struct TableName {
  std::string database;  // empty: any
  std::string table;
};

// Errors: kUsage, the text is no name.
Result<TableName> ReadTableName(const std::string& text);

}  // namespace cdc::trace
