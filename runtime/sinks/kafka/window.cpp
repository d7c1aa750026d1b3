#include "runtime/sinks/kafka/window.h"

#include <librdkafka/rdkafka.h>

#include <algorithm>

namespace cdc::sinks::kafka {
namespace {

// librdkafka takes a null pointer as "no key" and "no value", also with size 0.
char* NotNull(const char* bytes) { return const_cast<char*>(bytes == nullptr ? "" : bytes); }

}  // namespace

struct Window::Out {
  std::vector<rd_kafka_message_t> messages;
};

Window::Window() : out_(std::make_unique<Out>()) {}
Window::~Window() = default;

rd_kafka_message_s* Window::messages() { return out_->messages.data(); }

void Window::Cut(const MessageBatch& batch, size_t from, size_t to, std::vector<LaneTopic>* topics, void* opaque) {
  runs_.clear();
  run_of_message_.resize(to - from);
  for (size_t i = from; i < to; ++i) {
    const Message& message = batch.messages[i];
    LaneTopic& topic = (*topics)[message.topic];
    int32_t& run = topic.run_of_partition[static_cast<size_t>(message.partition)];
    if (run < 0) {
      run = static_cast<int32_t>(runs_.size());
      runs_.push_back({&topic, message.partition, 0, 0, false});
    }
    run_of_message_[i - from] = static_cast<uint32_t>(run);
    ++runs_[static_cast<size_t>(run)].count;
    runs_[static_cast<size_t>(run)].headers |= message.headers_size > 0;
  }
  uint32_t begin = 0;
  next_.resize(runs_.size());
  for (size_t i = 0; i < runs_.size(); ++i) {
    runs_[i].begin = next_[i] = begin;
    begin += runs_[i].count;
    runs_[i].topic->run_of_partition[static_cast<size_t>(runs_[i].partition)] = -1;
  }
  out_->messages.resize(to - from);
  sources_.resize(to - from);
  const char* bytes = batch.bytes.data();
  for (size_t i = from; i < to; ++i) {
    const Message& message = batch.messages[i];
    const uint32_t at = next_[run_of_message_[i - from]]++;
    rd_kafka_message_t& out = out_->messages[at];
    out.payload = message.value_size < 0 ? nullptr : NotNull(bytes + message.value_offset);
    out.len = static_cast<size_t>(std::max(message.value_size, 0));
    out.key = message.key_size < 0 ? nullptr : NotNull(bytes + message.key_offset);
    out.key_len = static_cast<size_t>(std::max(message.key_size, 0));
    out._private = opaque;
    sources_[at] = &message;
    // librdkafka copies the key: by then its bytes, which another core wrote, are here.
    __builtin_prefetch(out.key);
  }
}

}  // namespace cdc::sinks::kafka
