#pragma once

#include "compiler/plan/plan.h"
#include "compiler/plan/test_case.h"
#include "compiler/sema/check.h"
#include "compiler/source/source_text.h"

namespace cdc::lower {

// Turns a checked program into a plan: names stay names, nothing is left to inherit, and the rules that are
// built in stand behind the written ones. Requires: Check() reported no error.
plan::Plan Lower(const sema::Checked& checked, const source::SourceFiles& files);

// A test block of it, as data. Requires: as Lower, and every parameter has a value.
plan::TestCase LowerTest(const sema::Test& test);

}  // namespace cdc::lower
