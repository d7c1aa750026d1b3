#pragma once

#include <functional>
#include <memory>

#include "runtime/engine/pipe_runner.h"

namespace cdc::engine {

struct PipeParts {
  Source* source = nullptr;
  Sink* sink = nullptr;
  operators::Transform* transform = nullptr;
  const Clock* clock = nullptr;
  PipeStatus* status = nullptr;
  std::function<void(PipeState)> enter;  // threads: the lane's
};

// One stretch of a pipe's life between two rewinds: the three threads and their queues.
//
// A failure of the source or of a row ends it in order: what was read before is transformed, written and committed
// first; but where a transaction of the sink already holds rows of the very group that failed, all of that transaction
// is dropped and comes again. A failure of the sink ends it at once: everything not committed is dropped.
class Generation {
 public:
  // `committed`: where the sink stands; empty if nothing is committed yet.
  static std::unique_ptr<Generation> Make(const RunnerSettings& settings, const PipeParts& parts,
                                          const Position& committed);
  virtual ~Generation() = default;
  // Requires: sink and source are open.
  virtual Status Run() = 0;
  virtual void Stop() = 0;     // threads: any
  virtual void Abandon() = 0;  // threads: any
};

}  // namespace cdc::engine
