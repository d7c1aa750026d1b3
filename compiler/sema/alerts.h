#pragma once

// `alert` declarations: metrics of pipes and sources compared with constants, and whom to tell.

#include <vector>

#include "compiler/sema/expand.h"

namespace cdc::sema {

// The alerts without mistakes. PIPE103, 104, 105, 106, 116, 132.
std::vector<Alert> CheckAlerts(const Names& names, Expander* expander);

}  // namespace cdc::sema
