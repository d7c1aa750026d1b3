#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "runtime/sinks/kafka/client.h"
#include "runtime/sinks/kafka/handles.h"
#include "runtime/sinks/kafka/properties.h"
#include "stdlib/core/result.h"

namespace cdc::sinks::kafka {

// A consumer of given partitions of the state topic from given offsets, without a group.
class PartitionReader {
 public:
  // `committed_only`: what is not committed, or lies behind an open transaction, is not seen.
  static Result<std::unique_ptr<PartitionReader>> Make(const KafkaSettings& settings, bool committed_only);
  ~PartitionReader();

  Status Start(int32_t partition, int64_t offset);

  // The next record or failure; null if there is none within 50 ms.
  MessagePtr Poll();

  // The offset after everything that was handed out or skipped (aborted records, control records).
  int64_t Position(int32_t partition);

  const Client& client() const { return *client_; }

 private:
  PartitionReader() = default;

  std::unique_ptr<Client> client_;
  TopicPtr topic_;
  QueuePtr queue_;
  std::vector<int32_t> started_;
};

}  // namespace cdc::sinks::kafka
