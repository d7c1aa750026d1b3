#pragma once

// Runs one pipe: a source thread, a transform thread and a lane thread, with queues of owned batches between them
// (ENGINE §1). Whatever breaks, there is one way back: everything not committed is forgotten, the sink says what was
// committed, the source reopens there (ENGINE §3, Rewind).

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "runtime/engine/clock.h"
#include "runtime/engine/commit_pacer.h"
#include "runtime/engine/retry.h"
#include "runtime/operators/transform.h"
#include "runtime/sinks/sink.h"
#include "runtime/sources/source.h"

namespace cdc::engine {

struct RunnerSettings {
  RetrySettings source_retry;
  RetrySettings sink_retry;
  RetrySettings registry_retry;
  CommitSettings commit;
  bool until_caught_up = false;
  // Enough for what comes during a commit; more would only be out of the processor's cache when its turn comes.
  size_t source_queue_bytes = 4u << 20;
  size_t lane_queue_bytes = 8u << 20;
  // What a batch of rows becomes is handed on in parts of about this size.
  size_t part_bytes = 2u << 20;
};

enum class PipeState { kCreated, kChecking, kSnapshotting, kStreaming, kRetrying, kPaused, kFailed, kStopped };
const char* ToText(PipeState state);

// What a pipe is doing, for people and metrics. Threads: any may read.
struct PipeStatus {
  std::atomic<PipeState> state{PipeState::kCreated};
  std::atomic<uint64_t> rows_committed{0};
  std::atomic<uint64_t> records_committed{0};
  std::atomic<uint64_t> bytes_committed{0};
  std::atomic<uint64_t> commits{0};
  std::atomic<uint64_t> restarts{0};
  std::atomic<int64_t> last_commit_time_us{0};  // commit time at the source of the newest acknowledged change
  std::atomic<int64_t> lag_us{0};               // its age when it was acknowledged
};

class PipeRunner {
 public:
  // Told of each change of state, with its reason or an empty text; called from the threads of Run().
  using Report = std::function<void(PipeState state, const std::string& reason)>;

  // Source, sink, transform and clock outlive the runner.
  static std::unique_ptr<PipeRunner> Make(RunnerSettings settings, Source* source, Sink* sink,
                                          operators::Transform* transform, const Clock* clock, Report report);
  virtual ~PipeRunner() = default;

  // Runs until the source ends, Stop(), or a failure that no retry mends. A `pause` rule makes it wait for Stop(),
  // which then is a clean end; with until_caught_up it is such a failure.
  virtual Status Run() = 0;

  // Asks for a clean end: stop reading, commit what was read, return. Threads: any, also from a signal thread.
  virtual void Stop() = 0;
  // Ends a clean end that takes too long: what is not committed stays uncommitted. Threads: any.
  virtual void Abandon() = 0;

  virtual const PipeStatus& status() const = 0;
};

}  // namespace cdc::engine
