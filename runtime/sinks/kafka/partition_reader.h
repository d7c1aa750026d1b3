#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "runtime/sinks/kafka/admin.h"
#include "runtime/sinks/kafka/client.h"
#include "runtime/sinks/kafka/handles.h"
#include "runtime/sinks/kafka/properties.h"

namespace cdc::sinks::kafka {

// A consumer of given partitions of a topic from given offsets, without a group.
class PartitionReader {
 public:
  // `committed_only`: without records of open and aborted transactions.
  static Result<std::unique_ptr<PartitionReader>> Make(const KafkaSettings& settings, const std::string& topic,
                                                       bool committed_only);
  ~PartitionReader();

  Status Start(int32_t partition, int64_t offset);

  // The next message or an error as one; null if none comes within 50 ms.
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

// Whether a read_committed consumer sees a record in the topic now. Offsets alone do not tell: aborted transactions
// leave theirs behind. Errors: those of Admin.
Result<bool> ShowsRecords(const KafkaSettings& settings, const Admin& admin, const std::string& topic,
                          int32_t partitions);

}  // namespace cdc::sinks::kafka
