#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace cdc {

// The item of a table in saved state, one per table: `shop.orders`. A name with a dot or a backquote stands in
// backquotes, as in SQL: table `b.c` of `a` is a.`b.c`, table `c` of `a.b` is `a.b`.c.
std::string TableItem(const std::string& database, const std::string& table);
// Database and table of an item; nothing if it is none of a table.
std::optional<std::pair<std::string, std::string>> TableOfItem(std::string_view item);

}  // namespace cdc
