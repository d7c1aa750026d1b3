#include "runtime/testing/scripted_source.h"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <string>

namespace cdc::testing {
namespace {

class ScriptedSource : public Source {
 public:
  ScriptedSource(ScriptedSourceOptions options, Faults* faults) : options_(options), faults_(faults) {
    auto table = std::make_shared<TableVersion>();
    table->database = "test";
    table->table = "t";
    table->captured = true;
    table_ = std::move(table);
  }

  Status Open(const std::vector<StateRecord>& state) override {
    if (faults_->Strike()) return Error(ErrorCode::kSourceLost, "scripted: open");
    interrupted_ = false;
    next_ = 0;
    batches_ = 0;
    if (options_.clock != nullptr) opened_ms_ = options_.clock->NowMs();
    for (const StateRecord& record : state) {
      if (record.kind == "position") next_ = OffsetOf(record.value);
    }
    return OkStatus();
  }

  Result<ReadResult> Read(ChangeBatch* out, int timeout_ms) override {
    if (faults_->Strike()) return Error(ErrorCode::kSourceLost, "scripted: read");
    if (interrupted_) return ReadResult::kNothing;
    if (next_ == options_.transactions && !options_.endless) return ReadResult::kEnd;
    if (!Comes(timeout_ms)) return ReadResult::kNothing;
    ++batches_;
    const uint64_t end = std::min(options_.transactions, next_ + options_.transactions_per_batch);
    out->tables.push_back(table_);
    for (; next_ < end; ++next_) AppendTransaction(next_, out);
    out->end.file = "script";
    out->end.offset = next_;
    out->caught_up = next_ == options_.transactions;
    out->idle = !options_.busy && (out->caught_up || options_.batch_every_ms > 0);
    return ReadResult::kBatch;
  }

  void Interrupt() override {
    std::lock_guard lock(mutex_);
    interrupted_ = true;
    wake_.notify_all();
  }
  SourceProgress Progress() const override { return {.phase = "streaming"}; }

 private:
  // Whether the next batch comes within `timeout_ms`.
  bool Comes(int timeout_ms) {
    const bool ended = next_ == options_.transactions;
    if (options_.clock == nullptr) return !ended;
    const int64_t due_ms = opened_ms_ + static_cast<int64_t>(batches_) * options_.batch_every_ms;
    const int64_t wait_ms = ended ? timeout_ms : std::min<int64_t>(timeout_ms, due_ms - options_.clock->NowMs());
    std::unique_lock lock(mutex_);
    if (wait_ms > 0) options_.clock->WaitFor(&lock, &wake_, wait_ms, [this] { return interrupted_.load(); });
    return !ended && !interrupted_ && options_.clock->NowMs() >= due_ms;
  }

  static uint64_t OffsetOf(const std::string& position_json) {
    const size_t at = position_json.find("\"offset\":");
    CHECK(at != std::string::npos);
    return std::strtoull(position_json.c_str() + at + 9, nullptr, 10);
  }

  void AppendTransaction(uint64_t transaction, ChangeBatch* out) {
    Group group;
    group.txid = std::to_string(transaction);
    group.commit_time_us = static_cast<int64_t>(transaction + 1);
    out->groups.push_back(group);
    for (uint64_t row = 0; row < options_.rows_per_transaction; ++row) {
      Value* values = out->arena.AllocateArray<Value>(2);
      values[0] = Value::Uint(transaction);
      values[1] = Value::Uint(row);
      RowChange change;
      change.table = table_.get();
      change.after = values;
      change.group = static_cast<uint32_t>(out->groups.size() - 1);
      change.ordinal = row;
      change.last_in_group = row + 1 == options_.rows_per_transaction;
      out->rows.push_back(change);
    }
  }

  const ScriptedSourceOptions options_;
  Faults* faults_;
  std::shared_ptr<const TableVersion> table_;
  uint64_t next_ = 0;
  uint64_t batches_ = 0;  // since Open
  int64_t opened_ms_ = 0;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::atomic<bool> interrupted_{false};
};

}  // namespace

std::unique_ptr<Source> MakeScriptedSource(ScriptedSourceOptions options, Faults* faults) {
  return std::make_unique<ScriptedSource>(options, faults);
}

}  // namespace cdc::testing
