#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "runtime/sinks/sink.h"
#include "runtime/testing/faults.h"

namespace cdc::testing {

enum class CommitFault {
  kNotCommitted,  // a failing commit aborts
  kInDoubt,       // a failing commit was carried out, only the answer is lost
};

// A transactional sink in memory: what survives is what was committed. Lives over many runs, as a broker does.
class ScriptedSink : public Sink {
 public:
  // The values of committed records, in order. Requires: no run is under way.
  virtual const std::vector<std::string>& committed() const = 0;
  virtual uint64_t commits() const = 0;

  static std::unique_ptr<ScriptedSink> Make(Faults* faults, CommitFault commit_fault);
};

}  // namespace cdc::testing
