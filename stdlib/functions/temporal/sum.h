#pragma once

// What addtime and subtime share.

#include "stdlib/functions/temporal/moment.h"

namespace cdc::functions {

Binding BindTimeSum(std::string_view function, const std::vector<Argument>& args, Code code);
// `value` of the call's type, moved by microseconds.
Value TimeSum(const CallSite& site, const Value& value, int64_t micros);

}  // namespace cdc::functions
