#pragma once

// Test blocks (LANGUAGE §11): what they give fits the tables of the schema snapshot, and what they expect can come.
//
// Half knowledge never produces an error: without a snapshot, and behind `ddl` and `binlog`, which bring tables that
// nobody has seen, columns and types are not checked here but when the test runs.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "compiler/sema/expand.h"
#include "stdlib/expr/resolve.h"

namespace cdc::sema {

// Lifetime: everything in it outlives the check.
struct TestSurroundings {
  const Input& input;
  const ParamValues& params;
  Expander& expander;
};

// Checks a test of `pipe`, and returns it with parameters and functions replaced, and with the source of each table
// where a snapshot tells it. Nothing if it sets parameters to other values than `around.params` has: then another
// choice of parameters is its own. PIPE004, PIPE005, PIPE101 to PIPE112, PIPE115, PIPE132, PIPE134. Requires: `pipe` is
// checked.
std::optional<Test> CheckTest(const ast::TestDecl& test, const Pipe& pipe, const TestSurroundings& around);

// The parameters that a test sets, as `--param` would give them; those that it sets wrongly are left out. PIPE103,
// PIPE106, PIPE115.
std::map<std::string, std::string> TestParams(const ast::TestDecl& test, const Input& input, Expander* expander);
// The same, with nothing reported.
std::map<std::string, std::string> TestParams(const ast::TestDecl& test, const Input& input);

// The half of CheckTest() that is about `expect`. `known`: no step of the test brings tables nobody has seen.
void CheckExpected(const Pipe& pipe, const TestSurroundings& around, bool known, Test* test);

// Whether there is a snapshot of every source of the pipe.
bool KnowsTables(const Pipe& pipe);

// `meta.x` has no value where no change of a row is under way: PIPE132.
void RefuseMeta(const Expr& value, diag::Diagnostics* diagnostics);
bool HasMeta(const Expr& value);
// Resolves an expression outside any rule and reports what is wrong with it; true if nothing is.
bool ReportAlone(const Expr& value, const expr::Scope& scope, diag::Diagnostics* diagnostics);

}  // namespace cdc::sema
