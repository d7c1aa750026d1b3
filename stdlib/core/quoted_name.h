#pragma once

#include <string>
#include <string_view>

namespace cdc {

// A name in backquotes, as SQL and `.pipe` programs write it: those inside are doubled.
inline std::string InBackquotes(std::string_view name) {
  std::string quoted = "`";
  for (const char c : name) {
    if (c == '`') quoted += c;
    quoted += c;
  }
  return quoted + "`";
}

}  // namespace cdc
