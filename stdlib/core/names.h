#pragma once

#include <string>
#include <string_view>

namespace cdc {

// Lower case of what is ASCII in a text.
std::string LowerAscii(std::string_view text);

// Lower case of a name, character by character, as the server folds column names.
std::string FoldName(std::string_view name);

// Whether two column names are the same name to the server.
bool SameName(std::string_view a, std::string_view b);

// Whether a database is the server's own: `mysql`, `sys` and the two schemas.
bool IsServersDatabase(std::string_view name);

}  // namespace cdc
