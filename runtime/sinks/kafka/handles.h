#pragma once

// librdkafka's objects, owned. Its header stays in the .cpp files.
// A client that is destroyed before the topics, queues, events and lists made from it hangs: declare it
// first.

#include <memory>

struct rd_kafka_s;
struct rd_kafka_topic_s;
struct rd_kafka_queue_s;
struct rd_kafka_op_s;
struct rd_kafka_error_s;
struct rd_kafka_message_s;
struct rd_kafka_topic_partition_list_s;

namespace cdc::sinks::kafka {

using Event = rd_kafka_op_s;

struct Destroy {
  void operator()(rd_kafka_s* client) const;
  void operator()(rd_kafka_topic_s* topic) const;
  void operator()(rd_kafka_queue_s* queue) const;
  void operator()(rd_kafka_op_s* event) const;
  void operator()(rd_kafka_error_s* error) const;
  void operator()(rd_kafka_topic_partition_list_s* list) const;
  void operator()(rd_kafka_message_s* message) const;
};

using ClientPtr = std::unique_ptr<rd_kafka_s, Destroy>;
using TopicPtr = std::unique_ptr<rd_kafka_topic_s, Destroy>;
using QueuePtr = std::unique_ptr<rd_kafka_queue_s, Destroy>;
using EventPtr = std::unique_ptr<rd_kafka_op_s, Destroy>;
using ErrorPtr = std::unique_ptr<rd_kafka_error_s, Destroy>;
using PartitionListPtr = std::unique_ptr<rd_kafka_topic_partition_list_s, Destroy>;
using MessagePtr = std::unique_ptr<rd_kafka_message_s, Destroy>;

}  // namespace cdc::sinks::kafka
