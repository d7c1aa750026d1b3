#pragma once

#include <cstdint>
#include <memory>

#include "runtime/operators/transform.h"

namespace cdc::testing {

// Turns every row of a scripted source into one record "transaction.row".
// `fail_at_transaction`: the row error of a pipe whose `on error` says fail, or another one; UINT64_MAX for none.
std::unique_ptr<operators::Transform> MakeScriptedTransform(uint64_t fail_at_transaction = UINT64_MAX,
                                                            ErrorCode code = ErrorCode::kRow);

}  // namespace cdc::testing
