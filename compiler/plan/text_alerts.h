#pragma once

#include <string>

#include "compiler/plan/plan.h"

namespace cdc::plan {

// The alerts of a program, each with its condition and whom it tells; empty if there are none.
std::string AlertsText(const Plan& plan);

}  // namespace cdc::plan
