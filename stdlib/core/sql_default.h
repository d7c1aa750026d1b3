#pragma once

// The text behind DEFAULT, as SHOW CREATE TABLE prints it.

#include <optional>
#include <string>

namespace cdc {

// The text of a literal: quotes and escapes removed. Nothing if it is no literal.
std::optional<std::string> DefaultLiteral(const std::string& sql);

// Whether it is the time of the moment: CURRENT_TIMESTAMP(3), now().
bool DefaultIsNow(const std::string& sql);

}  // namespace cdc
