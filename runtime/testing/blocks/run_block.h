#pragma once

// Runs one test block: in process, without a socket, through the operators and encoders that `run` uses.

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "compiler/plan/test_case.h"
#include "runtime/sources/schema/tracker.h"
#include "runtime/testing/blocks/compare.h"

namespace cdc::testing {

struct BlockOutcome {
  bool passed = false;
  std::vector<std::string> problems;  // sentences: what could not run, what failed
  std::vector<ComparedTopic> topics;  // those whose records are others than expected
};

// Reads each schema snapshot once.
class BlockRunner {
 public:
  // `folder`: of the program's file.
  BlockOutcome Run(const plan::Plan& plan, const plan::TestCase& test, const std::string& folder);

 private:
  struct Snapshot {
    sources::SchemaTracker tables;
    ddl::Dialect dialect;
  };
  Result<const Snapshot*> SnapshotOf(const plan::Plan& plan, const plan::Resource& source);

  std::map<std::pair<std::string, std::string>, Snapshot> snapshots_;  // by schema directory and source
};

}  // namespace cdc::testing
