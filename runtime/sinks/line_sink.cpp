#include "runtime/sinks/line_sink.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "runtime/sinks/output.h"
#include "runtime/state/atomic_file.h"
#include "runtime/state/file_store.h"

namespace cdc::sinks {
namespace {

constexpr size_t kBufferBytes = 1 << 20;

class StreamSink : public LineSink {
 public:
  StreamSink(SinkContext context, StreamTarget target, std::unique_ptr<state::Store> store)
      : LineSink(std::move(context)), target_(std::move(target)), store_(std::move(store)) {
    if (store_ == nullptr) store_ = state::MakeMemoryStore();
  }
  ~StreamSink() override { Close(); }

  Result<std::vector<StateRecord>> Open() override {
    lines_.Clear();
    uncommitted_bytes_ = 0;
    output_.ClearInterrupt();
    if (target_.handle >= 0) {
      output_.Attach(target_.handle, target_.name);
    } else if (opened_ < 0) {
      opened_ = ::open(target_.name.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
      if (opened_ < 0) return state::FileError("cannot open", target_.name, errno);
      output_.Attach(opened_, "`" + target_.name + "`");
    }
    ASSIGN_OR_RETURN(std::vector<StateRecord> records, store_->Open());
    if (std::exchange(context_.reset_position, false)) {
      RETURN_IF_ERROR(store_->Clear());
      records.clear();
    }
    return records;
  }

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

  void Close() override {
    if (opened_ >= 0) ::close(opened_);
    opened_ = -1;
    store_->Close();
  }

  void Interrupt() override { output_.Interrupt(); }

 private:
  Status Flush() {
    const Status status = output_.Write(lines_.view());
    lines_.Clear();
    return status;
  }

  const StreamTarget target_;
  std::unique_ptr<state::Store> store_;
  Output output_;
  OutBuffer lines_;
  int opened_ = -1;
};

}  // namespace

LineSink::LineSink(SinkContext context) : context_(std::move(context)) {
  options_.style = context_.settings.Is("record", "value") ? LineStyle::kValue : LineStyle::kFull;
  options_.json_values = context_.json_values;
  partitions_ = static_cast<int32_t>(context_.settings.Number("partitions", 1));
}

Result<TopicInfo> LineSink::Topic(const std::string& name) {
  return TopicInfo{.index = names_.IndexOf(name), .partitions = partitions_};
}

std::unique_ptr<MessageBatch> LineSink::Recycle() {
  if (free_.empty()) return nullptr;
  std::unique_ptr<MessageBatch> batch = std::move(free_.back());
  free_.pop_back();
  return batch;
}

std::unique_ptr<Sink> MakeStreamSink(SinkContext context, StreamTarget target, std::unique_ptr<state::Store> store) {
  return std::make_unique<StreamSink>(std::move(context), std::move(target), std::move(store));
}

}  // namespace cdc::sinks
