#include "runtime/sinks/stdout/stdout_sink.h"

#include <cstdio>
#include <utility>

#include "runtime/sinks/json_line.h"
#include "runtime/sinks/output.h"
#include "runtime/sinks/topic_names.h"
#include "runtime/state/file_store.h"

namespace cdc::sinks {
namespace {

constexpr size_t kBufferBytes = 1 << 20;

class StdoutSink : public Sink {
 public:
  StdoutSink(SinkContext context, std::FILE* out, std::unique_ptr<state::Store> store)
      : context_(std::move(context)), out_(out), store_(std::move(store)) {
    if (store_ == nullptr) store_ = state::MakeMemoryStore();
    options_.style = context_.settings.Is("record", "value") ? LineStyle::kValue : LineStyle::kFull;
    options_.json_values = context_.json_values;
    partitions_ = static_cast<int32_t>(context_.settings.Number("partitions", 1));
  }

  Result<std::vector<StateRecord>> Open() override {
    lines_.Clear();
    uncommitted_bytes_ = 0;
    std::fflush(out_);
    output_.ClearInterrupt();
    output_.Attach(::fileno(out_), "standard output");
    ASSIGN_OR_RETURN(std::vector<StateRecord> records, store_->Open());
    if (std::exchange(context_.reset_position, false)) {
      RETURN_IF_ERROR(store_->Clear());
      records.clear();
    }
    return records;
  }

  Result<TopicInfo> Topic(const std::string& name) override { return TopicInfo{names_.IndexOf(name), partitions_}; }

  Status Write(std::unique_ptr<MessageBatch> batch) override {
    for (const Message& message : batch->messages) {
      const size_t before = lines_.size();
      AppendJsonLine(*batch, message, names_.At(message.topic).json, options_, &lines_);
      uncommitted_bytes_ += lines_.size() - before;
      if (lines_.size() >= kBufferBytes) RETURN_IF_ERROR(Flush());
    }
    free_.push_back(std::move(batch));
    return OkStatus();
  }

  Status Commit(const std::vector<StateRecord>& state) override {
    RETURN_IF_ERROR(Flush());
    RETURN_IF_ERROR(store_->Save(state));
    uncommitted_bytes_ = 0;
    return OkStatus();
  }

  std::unique_ptr<MessageBatch> Recycle() override {
    if (free_.empty()) return nullptr;
    std::unique_ptr<MessageBatch> batch = std::move(free_.back());
    free_.pop_back();
    return batch;
  }

  void Close() override {
    lines_.Clear();
    store_->Close();
  }

  void Interrupt() override { output_.Interrupt(); }
  uint64_t uncommitted_bytes() const override { return uncommitted_bytes_; }
  bool commits_are_costly() const override { return false; }

 private:
  Status Flush() {
    const Status status = output_.Write(lines_.view());
    lines_.Clear();
    return status;
  }

  SinkContext context_;
  std::FILE* const out_;
  std::unique_ptr<state::Store> store_;
  LineOptions options_;
  int32_t partitions_ = 1;
  Output output_;
  OutBuffer lines_;
  TopicNames names_;
  std::vector<std::unique_ptr<MessageBatch>> free_;
  uint64_t uncommitted_bytes_ = 0;
};

}  // namespace

std::unique_ptr<Sink> MakeStdoutSink(SinkContext context, std::FILE* out, std::unique_ptr<state::Store> store) {
  return std::make_unique<StdoutSink>(std::move(context), out, std::move(store));
}

}  // namespace cdc::sinks
