#pragma once

#include <string_view>

namespace cdc::format {

// Columns that a text of one line takes: its Unicode code points, a tab is one.
inline int Columns(std::string_view text) {
  int columns = 0;
  for (char byte : text) columns += (static_cast<unsigned char>(byte) & 0xC0) != 0x80 ? 1 : 0;
  return columns;
}

}  // namespace cdc::format
