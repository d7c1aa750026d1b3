#pragma once

// The outcome of test blocks, for people and for programs.

#include <string>
#include <vector>

#include "runtime/testing/blocks/run_block.h"

namespace cdc::driver {

struct TestResult {
  std::string title;
  std::string where;  // orders.pipe:72:6
  testing::BlockOutcome outcome;
};

struct TestedFile {
  std::string path;
  std::vector<TestResult> results;
  std::string errors;  // why the program cannot be tested; empty if it can
};

struct TestReport {
  std::vector<TestedFile> files;
  size_t Count(bool passed) const;
  size_t broken_files() const;
};

// Lines of at most 120 columns: what passed in one line each, unless `quiet`; for what failed the expected and the
// actual records side by side; a summary. Errors of programs stand on standard error, and are only counted here.
std::string RenderForPeople(const TestReport& report, bool quiet, bool color);

// One document each, with a line end: {"version":1,"tests":[…],"errors":[…],"summary":{…}}; JUnit's XML, a suite per
// file.
std::string RenderAsJson(const TestReport& report);
std::string RenderAsJunit(const TestReport& report);

}  // namespace cdc::driver
