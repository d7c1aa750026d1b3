#pragma once

#include <functional>
#include <map>
#include <string>

#include "compiler/compile/compile.h"
#include "compiler/sema/check.h"

namespace cdc::compile {

// Fills `compiled->tests`; `complete` adds to a plan what does not come from the program. What is wrong only with a
// test's own parameters goes to the diagnostics, a parameter without any value to usage_error.
// Requires: the program has no errors.
void CompileTests(const sema::Input& input, const std::map<std::string, std::string>& params,
                  const std::function<void(plan::Plan*)>& complete, Compiled* compiled);

}  // namespace cdc::compile
