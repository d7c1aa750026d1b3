#pragma once

#include <string>
#include <string_view>

namespace cdc::doc {

// The COMMENT of a table in the text of SHOW CREATE TABLE; empty if it has none.
std::string TableComment(std::string_view create_table);

}  // namespace cdc::doc
