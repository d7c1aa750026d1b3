#pragma once

#include <string>

namespace cdc::testing {

// A log of MySQL's that no shop would write, always the same: 500 transactions of one row, one of 2,500 rows, then
// 100 of some rows of several tables each. Inserts, updates and deletes of bench.sbtest1, bench.orders and bench.links.
std::string MixedLog();
constexpr size_t kMixedLogRows = 500 + 2'500 + 100 * 15;

}  // namespace cdc::testing
