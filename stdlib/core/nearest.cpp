#include "stdlib/core/nearest.h"

#include <algorithm>

#include "stdlib/core/names.h"

namespace cdc {
namespace {

constexpr size_t kLengthMax = 256;

// Optimal string alignment distance.
size_t Distance(const std::string& a, const std::string& b) {
  std::vector<size_t> before, last(b.size() + 1), row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) last[j] = j;
  before = last;
  for (size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      size_t cost = a[i - 1] == b[j - 1] ? 0 : 1;
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + cost});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before.swap(last);
    last.swap(row);
  }
  return last[b.size()];
}

}  // namespace

std::optional<std::string> Nearest(std::string_view name, const std::vector<std::string>& candidates) {
  if (name.empty() || name.size() > kLengthMax) return std::nullopt;
  std::string wanted = FoldName(name);
  size_t best = std::max<size_t>(1, (wanted.size() + 1) / 3) + 1;
  std::optional<std::string> nearest;
  for (const std::string& candidate : candidates) {
    if (candidate.size() > kLengthMax) continue;
    size_t distance = Distance(wanted, FoldName(candidate));
    if (distance < best) {
      best = distance;
      nearest = candidate;
    }
  }
  return nearest;
}

}  // namespace cdc
