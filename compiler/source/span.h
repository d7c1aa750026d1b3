#pragma once

#include <cstdint>

namespace cdc::source {

// A range of bytes [begin, end) of one file. The same content as expr::Origin.
struct Span {
  uint32_t file = 0;
  uint32_t begin = 0;
  uint32_t end = 0;

  bool operator==(const Span&) const = default;
};

// The smallest span that covers both. Requires: one file.
inline Span Cover(Span a, Span b) {
  return {a.file, a.begin < b.begin ? a.begin : b.begin, a.end > b.end ? a.end : b.end};
}

}  // namespace cdc::source
