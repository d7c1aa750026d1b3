#include "compiler/diff/source_pairs.h"

#include <algorithm>

namespace cdc::diff {

std::vector<SourcePair> PairSources(const plan::Pipe& before, const plan::Pipe& after) {
  std::vector<SourcePair> pairs;
  std::vector<size_t> left;
  for (size_t i = 0; i < before.sources.size(); ++i) {
    if (std::find(after.sources.begin(), after.sources.end(), before.sources[i]) == after.sources.end()) {
      left.push_back(i);
    }
  }
  auto next = left.begin();
  for (size_t i = 0; i < after.sources.size(); ++i) {
    SourcePair& pair = pairs.emplace_back(SourcePair{std::nullopt, i});
    const auto same = std::find(before.sources.begin(), before.sources.end(), after.sources[i]);
    if (same != before.sources.end()) {
      pair.before = static_cast<size_t>(same - before.sources.begin());
    } else if (next != left.end()) {
      pair.before = *next++;
    }
  }
  for (; next != left.end(); ++next) pairs.push_back({*next, std::nullopt});
  return pairs;
}

}  // namespace cdc::diff
