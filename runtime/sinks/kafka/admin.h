#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "runtime/sinks/kafka/client.h"

namespace cdc::sinks::kafka {

// Questions to the cluster and the creation of topics. No call creates a topic by asking for it.
// Every call waits for its answer up to 10 s, less if `interrupted` is set meanwhile, and 2 s if nothing was ever
// answered and no broker can be connected to: then the address is wrong, or the engine's own back-off is what is
// wanted. Errors of every call: kSinkLost (no answer), kCredentials, kSinkRejected (ACL). Threads: any, also several at
// once.
class Admin {
 public:
  // `client` and `interrupted` outlive it.
  Admin(const Client& client, const std::atomic<bool>& interrupted) : client_(client), interrupted_(interrupted) {}

  // The number of partitions, nothing if there is no such topic.
  Result<std::optional<int32_t>> Partitions(const std::string& topic) const;

  // The topic's settings as the broker applies them, by name.
  Result<std::map<std::string, std::string>> TopicConfig(const std::string& topic) const;

  // Creates a topic and waits until the cluster knows it. A topic that exists meanwhile is no error.
  // Units: `replication` -1 leaves it to the broker.
  // Errors also: kSinkRejected, the broker's own words.
  Status CreateTopic(const std::string& topic, int32_t partitions, int32_t replication,
                     const std::vector<std::pair<std::string, std::string>>& config) const;

  // The end offset of every partition 0 … partitions-1. `stable`: the end of what a read_committed consumer
  // sees, else the end of everything written.
  Result<std::vector<int64_t>> EndOffsets(const std::string& topic, int32_t partitions, bool stable) const;
  // The first offsets, likewise.
  Result<std::vector<int64_t>> StartOffsets(const std::string& topic, int32_t partitions) const;

  // Whether the sink was told to end its calls.
  bool interrupted() const { return interrupted_; }

 private:
  // Runs `start` with a queue to answer to and waits for the answer.
  Result<EventPtr> Ask(const std::string& doing, QueuePtr queue,
                       const std::function<void(rd_kafka_queue_s*)>& start) const;
  Result<std::vector<int64_t>> Offsets(const std::string& topic, int32_t partitions, int64_t which, bool stable) const;
  Result<std::vector<int64_t>> AskOffsets(const std::string& topic, int32_t partitions, int64_t which,
                                          bool stable) const;

  const Client& client_;
  const std::atomic<bool>& interrupted_;
  mutable std::atomic<bool> answered_{false};
};

}  // namespace cdc::sinks::kafka
