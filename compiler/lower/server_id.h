#pragma once

#include <cstdint>
#include <string_view>

namespace cdc::lower {

// The replica id of a source that names none: 2^30 + hash(program, source) mod 2^30. The same on every
// machine and in every release: FNV-1a over `program`, a zero byte, `source`.
inline int64_t DefaultServerId(std::string_view program, std::string_view source) {
  uint64_t hash = 14695981039346656037ull;
  auto add = [&](unsigned char byte) { hash = (hash ^ byte) * 1099511628211ull; };
  for (char c : program) add(static_cast<unsigned char>(c));
  add(0);
  for (char c : source) add(static_cast<unsigned char>(c));
  constexpr int64_t kBase = int64_t{1} << 30;
  return kBase + static_cast<int64_t>(hash % kBase);
}

}  // namespace cdc::lower
