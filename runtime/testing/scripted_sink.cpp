#include "runtime/testing/scripted_sink.h"

#include <deque>
#include <mutex>

namespace cdc::testing {
namespace {

class Memory : public ScriptedSink {
 public:
  Memory(Faults* faults, CommitFault commit_fault) : faults_(faults), commit_fault_(commit_fault) {}

  Result<std::vector<StateRecord>> Open() override {
    if (faults_->Strike()) return Error(ErrorCode::kSinkLost, "scripted: open");
    pending_.clear();
    bytes_ = 0;
    std::vector<StateRecord> state;
    for (const auto& [key, value] : state_) state.push_back({key.first, key.second, value});
    return state;
  }

  Result<TopicInfo> Topic(const std::string&) override { return TopicInfo{}; }

  Status Write(std::unique_ptr<MessageBatch> batch) override {
    if (faults_->Strike()) return Error(ErrorCode::kSinkLost, "scripted: write");
    for (const Message& message : batch->messages) pending_.emplace_back(batch->value(message));
    bytes_ += batch->bytes.size();
    free_.push_back(std::move(batch));
    return OkStatus();
  }

  Status Commit(const std::vector<StateRecord>& state) override {
    const bool fails = faults_->Strike();
    if (!fails || commit_fault_ == CommitFault::kInDoubt) {
      committed_.insert(committed_.end(), pending_.begin(), pending_.end());
      for (const StateRecord& record : state) state_[{record.kind, record.item}] = record.value;
      ++commits_;
    }
    pending_.clear();
    bytes_ = 0;
    if (fails) return Error(ErrorCode::kSinkLost, "scripted: commit");
    return OkStatus();
  }

  std::unique_ptr<MessageBatch> Recycle() override {
    if (free_.empty()) return nullptr;
    auto batch = std::move(free_.front());
    free_.pop_front();
    return batch;
  }

  void Close() override {}
  void Interrupt() override {}
  uint64_t uncommitted_bytes() const override { return bytes_; }
  bool commits_are_costly() const override { return true; }
  const std::vector<std::string>& committed() const override { return committed_; }
  uint64_t commits() const override { return commits_; }

 private:
  Faults* faults_;
  const CommitFault commit_fault_;
  std::vector<std::string> pending_;
  std::vector<std::string> committed_;
  std::map<std::pair<std::string, std::string>, std::string> state_;
  std::deque<std::unique_ptr<MessageBatch>> free_;
  uint64_t bytes_ = 0;
  uint64_t commits_ = 0;
};

}  // namespace

std::unique_ptr<ScriptedSink> ScriptedSink::Make(Faults* faults, CommitFault commit_fault) {
  return std::make_unique<Memory>(faults, commit_fault);
}

}  // namespace cdc::testing
