#pragma once

#include "compiler/plan/plan.h"

namespace cdc::lower {

// The secrets that expressions of the pipes read, out of those that are declared.
catalog::Settings UsedSecrets(const std::vector<plan::Pipe>& pipes, const catalog::Settings& declared);

}  // namespace cdc::lower
