#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/plan/plan.h"

namespace cdc::diff {

// A source of a pipe before and after: places in Pipe::sources, one of them at least.
struct SourcePair {
  std::optional<size_t> before;
  std::optional<size_t> after;
};

// Those of one name belong together; of the others the first, the second … of both sides: a source with another name.
std::vector<SourcePair> PairSources(const plan::Pipe& before, const plan::Pipe& after);

}  // namespace cdc::diff
