#pragma once

// A stretch of a batch, brought together by topic and partition: librdkafka takes many messages of one
// partition in one call at half the cost of single ones. The order within a partition stays as it was.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "runtime/record/message_batch.h"
#include "runtime/sinks/kafka/handles.h"
#include "runtime/sinks/kafka/topics.h"

namespace cdc::sinks::kafka {

inline constexpr size_t kWindowMessages = 2048;

// A topic as one producer knows it.
struct LaneTopic {
  TopicPtr handle;
  TopicFacts facts;
  std::vector<int32_t> run_of_partition;  // of the window being cut; -1: none
};

// Messages of one partition: `count` entries of messages() and sources() from `begin`.
struct Run {
  LaneTopic* topic = nullptr;
  int32_t partition = 0;
  uint32_t begin = 0;
  uint32_t count = 0;
  bool headers = false;  // some of its messages have headers
};

class Window {
 public:
  Window();
  ~Window();

  // Cuts messages [from, to) of `batch`. `opaque` goes with every message.
  // Lifetime: what the accessors return is valid until the next call, and points into the batch.
  void Cut(const MessageBatch& batch, size_t from, size_t to, std::vector<LaneTopic>* topics, void* opaque);

  const std::vector<Run>& runs() const { return runs_; }
  rd_kafka_message_s* messages();
  const Message& source(size_t index) const { return *sources_[index]; }

 private:
  struct Out;  // librdkafka's messages
  std::vector<Run> runs_;
  std::vector<uint32_t> run_of_message_;
  std::vector<uint32_t> next_;
  std::vector<const Message*> sources_;
  std::unique_ptr<Out> out_;
};

}  // namespace cdc::sinks::kafka
