#pragma once

#include <string>
#include <utility>
#include <vector>

#include "runtime/sinks/sink.h"

namespace cdc::sinks::kafka {

// librdkafka's configuration by its own names.
using Properties = std::vector<std::pair<std::string, std::string>>;

// The settings of a sink `kafka` that are more than a property.
struct KafkaSettings {
  std::string address;    // the brokers, for messages
  Properties connection;  // brokers, client id, TLS, authentication
  Properties producer;    // `connection` and everything of a producer
  bool exactly_once = true;
  std::string transactional_id;  // with the lane's number
  int64_t transaction_timeout_ms = 0;
  std::string state_topic;
  int32_t state_replication = -1;
  int64_t record_bytes_max = 0;  // key, value and headers
  int64_t batch_bytes = 0;       // what one produce request per partition may hold
  size_t queue_bytes_max = 0;    // what waits inside librdkafka
  size_t queue_messages_max = 0;
};

// Errors: kConfig, naming the setting: a value that cannot work, or a setting that is not built yet.
Result<KafkaSettings> ReadSettings(const SinkContext& context);

}  // namespace cdc::sinks::kafka
