#pragma once

// shop.orders: one column per type family, and the rows that the published samples of every format show.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/formats/format.h"
#include "runtime/record/change_batch.h"

namespace cdc::testing {

// Columns of shop.orders as MySQL 9.7 prints them.
Schema OrdersSchema();

// Row R1, or R2: amount 15.00, status void, opt 'x'. Texts are literals or static.
// `c_ubig` is 18446744073709551615 unless `small_ubig`, which makes it 9223372036854775807.
std::vector<Value> OrdersRow(int number, bool small_ubig);

// The transaction of the samples: binlog mysql-bin.000007 at 4711, server 223344, thread 88.
Group OrdersGroup();

// The whole table as it is, key `id`.
formats::OutputShape OrdersShape();

}  // namespace cdc::testing
