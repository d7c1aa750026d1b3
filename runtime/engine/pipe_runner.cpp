#include "runtime/engine/pipe_runner.h"

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "runtime/engine/generation.h"
#include "runtime/operators/rule_text.h"

namespace cdc::engine {
namespace {

Result<Position> CommittedPosition(const std::vector<StateRecord>& state) {
  for (const StateRecord& record : state) {
    if (record.kind == "position" && !record.value.empty()) return PositionFromJson(record.value);
  }
  return Position();
}

class Runner : public PipeRunner {
 public:
  Runner(RunnerSettings settings, Source* source, Sink* sink, operators::Transform* transform, const Clock* clock,
         Report report)
      : settings_(settings),
        parts_{source, sink, transform, clock, &status_, [this](PipeState state) { Enter(state, ""); }},
        report_(std::move(report)) {}

  Status Run() override {
    RetryPolicy retry(settings_.source_retry, settings_.sink_retry, settings_.registry_retry);
    while (true) {
      const uint64_t commits_before = status_.commits;
      Status ended = RunGeneration();
      parts_.sink->Close();
      if (ended.ok()) {
        Enter(PipeState::kStopped, "");
        return ended;
      }
      if (status_.commits > commits_before) retry.OnProgress();
      const auto decision = Decide(&retry, &ended);
      if (ended.error().code() == ErrorCode::kRulePause && !settings_.until_caught_up) {
        Enter(PipeState::kPaused, ended.error().message());
        WaitForStop();
        Enter(PipeState::kStopped, "");
        return OkStatus();
      }
      if (stopping() && decision.retry && !ran_) {
        // Nothing was read since the last commit: stopped while it could not even begin is stopped cleanly.
        Enter(PipeState::kStopped, "");
        return OkStatus();
      }
      if (!decision.retry || stopping()) {
        Error error = std::move(ended).error();
        if (decision.gave_up)
          error =
              Error(error.code(), error.message() + "; gave up after " + std::to_string(retry.failures()) + " tries");
        Enter(PipeState::kFailed, error.message());
        return error;
      }
      status_.restarts++;
      Enter(PipeState::kRetrying,
            ended.error().message() + "; trying again in " + std::to_string(decision.wait_ms) + " ms");
      if (!WaitUnlessStopped(decision.wait_ms)) return OkStatus();
    }
  }

  void Stop() override {
    std::lock_guard lock(mutex_);
    stopping_ = true;
    if (generation_ != nullptr) {
      generation_->Stop();
    } else {
      parts_.sink->Interrupt();
    }
    parts_.source->Interrupt();
    wake_.notify_all();
  }

  void Abandon() override {
    std::lock_guard lock(mutex_);
    stopping_ = true;
    if (generation_ != nullptr) generation_->Abandon();
    parts_.source->Interrupt();
    parts_.sink->Interrupt();
    wake_.notify_all();
  }

  const PipeStatus& status() const override { return status_; }

 private:
  Status RunGeneration() {
    ran_ = false;
    Enter(PipeState::kChecking, "");
    ASSIGN_OR_RETURN(std::vector<StateRecord> state, parts_.sink->Open());
    if (stopping()) return OkStatus();
    RETURN_IF_ERROR(parts_.source->Open(state));
    ASSIGN_OR_RETURN(const Position committed, CommittedPosition(state));
    auto generation = Generation::Make(settings_, parts_, committed);
    {
      std::lock_guard lock(mutex_);
      generation_ = generation.get();
      if (stopping_) generation->Stop();
    }
    Enter(parts_.source->Progress().phase == "snapshot" ? PipeState::kSnapshotting : PipeState::kStreaming, "");
    ran_ = true;
    Status ended = generation->Run();
    std::lock_guard lock(mutex_);
    generation_ = nullptr;
    return ended;
  }

  // A damaged log is read once more, whatever the program says; then it is the `on error (decode)` rule's.
  RetryPolicy::Decision Decide(RetryPolicy* retry, Status* ended) const {
    const int64_t now_ms = parts_.clock->NowMs();
    if (ended->error().code() != ErrorCode::kCorruptInput) return retry->OnFailure(ended->error(), now_ms);
    Error judged = parts_.transform->JudgeDecodeError(ended->error());
    const bool retries = judged.code() == operators::kTryAgain;
    const auto decision = retry->OnFailure(retries ? judged : ended->error(), now_ms);
    if (!decision.retry) *ended = std::move(judged);
    return decision;
  }

  void Enter(PipeState state, const std::string& reason) {
    status_.state = state;
    if (report_) report_(state, reason);
  }

  bool stopping() {
    std::lock_guard lock(mutex_);
    return stopping_;
  }

  void WaitForStop() {
    std::unique_lock lock(mutex_);
    wake_.wait(lock, [this] { return stopping_; });
  }

  bool WaitUnlessStopped(int64_t wait_ms) {
    std::unique_lock lock(mutex_);
    return !parts_.clock->WaitFor(&lock, &wake_, wait_ms, [this] { return stopping_; });
  }

  const RunnerSettings settings_;
  const PipeParts parts_;
  const Report report_;
  PipeStatus status_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  bool ran_ = false;  // the generation that ended last got as far as reading
  Generation* generation_ = nullptr;
};

}  // namespace

const char* ToText(PipeState state) {
  switch (state) {
    case PipeState::kCreated:
      return "created";
    case PipeState::kChecking:
      return "checking";
    case PipeState::kSnapshotting:
      return "snapshotting";
    case PipeState::kStreaming:
      return "streaming";
    case PipeState::kRetrying:
      return "retrying";
    case PipeState::kPaused:
      return "paused";
    case PipeState::kFailed:
      return "failed";
    case PipeState::kStopped:
      return "stopped";
  }
  return "";
}

std::unique_ptr<PipeRunner> PipeRunner::Make(RunnerSettings settings, Source* source, Sink* sink,
                                             operators::Transform* transform, const Clock* clock, Report report) {
  return std::make_unique<Runner>(settings, source, sink, transform, clock, std::move(report));
}

}  // namespace cdc::engine
