#include "runtime/engine/generation.h"

#include <pthread.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "runtime/engine/byte_queue.h"

namespace cdc::engine {
namespace {

constexpr int kReadTimeoutMs = 100;
constexpr int kPopTimeoutMs = 1000;
constexpr size_t kPooledBatches = 64;
constexpr size_t kPooledChangeBytes = 16u << 20;
constexpr size_t kPooledMessageBytes = 32u << 20;

// State to commit: the newest value of each (kind, item), in a fixed order.
using PendingState = std::map<std::pair<std::string, std::string>, std::string>;
const PendingState::key_type kPosition = {"position", ""};

class ThreeThreads : public Generation {
 public:
  ThreeThreads(const RunnerSettings& settings, const PipeParts& parts, const Position& committed)
      : settings_(settings),
        parts_(parts),
        changes_(settings.source_queue_bytes, parts.clock),
        messages_(settings.lane_queue_bytes, parts.clock),
        change_pool_(kPooledBatches, kPooledChangeBytes),
        message_pool_(kPooledBatches, kPooledMessageBytes),
        committed_(ToJson(committed)) {
    parts_.transform->Begin(committed);
  }

  Status Run() override {
    std::thread source([this] { ReadAll(); });
    std::thread transform([this] { TransformAll(); });
    // For top, gdb and perf.
    pthread_setname_np(source.native_handle(), "source");
    pthread_setname_np(transform.native_handle(), "transform");
    Status lane = WriteAll();
    if (!lane.ok()) {
      SetError(std::move(lane).error());
    }
    stop_reading_ = true;
    parts_.source->Interrupt();
    changes_.Abandon();
    messages_.Abandon();
    source.join();
    transform.join();
    std::lock_guard lock(mutex_);
    if (error_.has_value()) return *error_;
    return OkStatus();
  }

  void Stop() override { stop_reading_ = true; }

  void Abandon() override {
    stop_reading_ = true;
    changes_.Abandon();
    messages_.Abandon();
  }

 private:
  // Source thread.
  void ReadAll() {
    while (!stop_reading_) {
      auto batch = change_pool_.Take();
      auto read = parts_.source->Read(batch.get(), kReadTimeoutMs);
      if (!read.ok()) {
        if (!stop_reading_) SetError(std::move(read).error());
        break;
      }
      if (*read == ReadResult::kNothing) {
        change_pool_.Give(std::move(batch));
        continue;
      }
      if (*read == ReadResult::kEnd) break;
      const size_t bytes = batch->bytes();
      if (!changes_.Push(std::move(batch), bytes)) break;
    }
    changes_.Close();
  }

  // Transform thread.
  void TransformAll() {
    while (true) {
      auto batch = changes_.Pop(kPopTimeoutMs);
      if (batch == nullptr) {
        if (changes_.finished()) break;
        continue;
      }
      const bool goes_on = HandOn(*batch);
      change_pool_.Give(std::move(batch));
      if (!goes_on) break;
    }
    messages_.Close();
  }

  // Hands what a batch becomes to the lane, in parts. False: a row failed, or the lane takes no more.
  bool HandOn(const ChangeBatch& batch) {
    while (true) {
      auto out = message_pool_.Take();
      auto done = Apply(batch, out.get());
      // Without a place to commit at, the lane drops the parts before as well.
      const bool kept = done.ok() || !out->more;
      const size_t bytes = out->bytes.size() + out->messages.size() * sizeof(Message);
      if (kept && !messages_.Push(std::move(out), bytes)) return false;
      if (!done.ok()) {
        SetError(std::move(done).error());
        stop_reading_ = true;
        changes_.Abandon();
        return false;
      }
      if (*done) return true;
    }
  }

  Result<bool> Apply(const ChangeBatch& batch, MessageBatch* out) {
    auto done = parts_.transform->ApplyPart(batch, settings_.part_bytes, out);
    out->barrier = !done.ok();
    if (!batch.groups.empty()) out->commit_time_us = batch.groups.back().commit_time_us;
    if (!done.ok() || !*done) return done;
    out->rows_in = batch.rows.size();
    out->idle = batch.idle;
    out->caught_up = batch.caught_up;
    out->state = batch.state;
    out->end = batch.end;
    return done;
  }

  // Lane thread: the caller's.
  Status WriteAll() {
    CommitPacer pacer(settings_.commit);
    bool finished = false;
    while (!finished) {
      auto batch = messages_.Pop(unfinished_ ? kPopTimeoutMs : pacer.WaitMs(situation_, parts_.clock->NowMs()));
      while (auto free = parts_.sink->Recycle()) message_pool_.Give(std::move(free));
      bool commit_now = false;
      if (batch != nullptr) {
        commit_now = batch->barrier;
        const bool caught_up = batch->caught_up;
        RETURN_IF_ERROR(Write(std::move(batch)));
        if (caught_up && settings_.until_caught_up) finished = commit_now = true;
      } else if (messages_.finished()) {
        finished = commit_now = true;
      }
      situation_.backlog = !messages_.empty();
      situation_.bytes = parts_.sink->uncommitted_bytes();
      if (unfinished_) continue;
      if (commit_now || pacer.ShouldCommit(situation_, parts_.clock->NowMs())) RETURN_IF_ERROR(Commit(&pacer));
    }
    return OkStatus();
  }

  Status Write(std::unique_ptr<MessageBatch> batch) {
    unfinished_ = batch->more;
    for (auto& record : batch->state) pending_[{record.kind, record.item}] = std::move(record.value);
    if (!batch->state.empty()) situation_.has_records = true;
    if (!batch->end.empty()) {
      std::string position = ToJson(batch->end);
      situation_.has_position = position != committed_;
      pending_[kPosition] = std::move(position);
    }
    situation_.source_idle = batch->idle;
    rows_ += batch->rows_in;
    records_ += batch->messages.size();
    if (batch->commit_time_us != 0) commit_time_us_ = batch->commit_time_us;
    if (batch->messages.empty()) {
      message_pool_.Give(std::move(batch));
      return OkStatus();
    }
    situation_.has_records = true;
    return parts_.sink->Write(std::move(batch));
  }

  // A commit is progress: without records, or a position that moved, there is none.
  Status Commit(CommitPacer* pacer) {
    if (!situation_.has_records && !situation_.has_position) return OkStatus();
    std::vector<StateRecord> state;
    for (const auto& [key, value] : pending_) state.push_back({key.first, key.second, value});
    const uint64_t bytes = parts_.sink->uncommitted_bytes();
    const int64_t started_ms = parts_.clock->NowMs();
    RETURN_IF_ERROR(parts_.sink->Commit(state));
    pacer->OnCommit(started_ms, parts_.clock->NowMs(), !messages_.empty());
    if (const auto position = pending_.find(kPosition); position != pending_.end()) committed_ = position->second;
    pending_.clear();
    situation_.has_records = situation_.has_position = false;
    parts_.status->rows_committed += std::exchange(rows_, 0);
    parts_.status->records_committed += std::exchange(records_, 0);
    parts_.status->bytes_committed += bytes;
    parts_.status->commits++;
    if (parts_.status->state == PipeState::kSnapshotting && parts_.source->Progress().phase != "snapshot") {
      parts_.enter(PipeState::kStreaming);
    }
    if (commit_time_us_ != 0) {
      parts_.status->last_commit_time_us = commit_time_us_;
      parts_.status->lag_us = std::max<int64_t>(0, parts_.clock->WallMicros() - std::exchange(commit_time_us_, 0));
    }
    return OkStatus();
  }

  // Keeps the first failure: later ones are its consequences.
  void SetError(Error error) {
    std::lock_guard lock(mutex_);
    if (!error_.has_value()) error_ = std::move(error);
  }

  const RunnerSettings& settings_;
  const PipeParts parts_;
  ByteQueue<ChangeBatch> changes_;
  ByteQueue<MessageBatch> messages_;
  BatchPool<ChangeBatch> change_pool_;
  BatchPool<MessageBatch> message_pool_;
  std::atomic<bool> stop_reading_{false};
  std::mutex mutex_;
  std::optional<Error> error_;

  PendingState pending_;
  std::string committed_;  // the position, as JSON
  CommitPacer::Situation situation_;
  bool unfinished_ = false;  // the last batch written is no place to commit at
  uint64_t rows_ = 0;
  uint64_t records_ = 0;
  int64_t commit_time_us_ = 0;
};

}  // namespace

std::unique_ptr<Generation> Generation::Make(const RunnerSettings& settings, const PipeParts& parts,
                                             const Position& committed) {
  return std::make_unique<ThreeThreads>(settings, parts, committed);
}

}  // namespace cdc::engine
