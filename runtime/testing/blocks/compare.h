#pragma once

// What a test expects beside what came. Values are compared as the language compares them, `<=>`, before encoding: so
// 12.5 is 12.50, and a label of an enum is a text.

#include <string>
#include <vector>

#include "compiler/plan/test_case.h"
#include "runtime/bind/secret_values.h"
#include "runtime/testing/blocks/record_log.h"

namespace cdc::testing {

// One line of two texts side by side; the same thing on both sides, or not.
struct ComparedLine {
  std::string expected;  // empty: nothing expected here
  std::string actual;    // empty: nothing came
  bool same = false;
};

struct ComparedTopic {
  std::string topic;
  std::vector<ComparedLine> lines;
  bool as_expected = false;
};

// Per topic, in order of its first mention, then of its first record. Records that nobody expects count only where
// `nothing else` is said.
std::vector<ComparedTopic> CompareRecords(const plan::Plan& plan, const plan::TestCase& test,
                                          const std::vector<KeptRecord>& records, const bind::SecretValues& secrets);

// What is wrong with the failures: one sentence each, none if they are the ones expected.
std::vector<std::string> CompareFailures(const plan::Plan& plan, const plan::TestCase& test,
                                         const std::vector<SeenFailure>& failures);

}  // namespace cdc::testing
