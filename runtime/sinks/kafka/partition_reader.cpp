#include "runtime/sinks/kafka/partition_reader.h"

#include <librdkafka/rdkafka.h>

#include "runtime/sinks/kafka/failure.h"

namespace cdc::sinks::kafka {
namespace {

constexpr int kPollMs = 50;

}  // namespace

Result<std::unique_ptr<PartitionReader>> PartitionReader::Make(const KafkaSettings& settings, bool committed_only) {
  Properties properties = settings.connection;
  properties.emplace_back("isolation.level", committed_only ? "read_committed" : "read_uncommitted");
  properties.emplace_back("fetch.wait.max.ms", "100");
  properties.emplace_back("auto.offset.reset", "error");
  properties.emplace_back("enable.auto.offset.store", "false");
  std::unique_ptr<PartitionReader> reader(new PartitionReader());
  ASSIGN_OR_RETURN(reader->client_, Client::Make(ClientKind::kConsumer, properties, settings.address, nullptr));
  rd_kafka_s* client = reader->client_->handle();
  reader->topic_.reset(rd_kafka_topic_new(client, settings.state_topic.c_str(), nullptr));
  if (reader->topic_ == nullptr) return Failure(rd_kafka_last_error(), "reading `" + settings.state_topic + "`");
  reader->queue_.reset(rd_kafka_queue_new(client));
  return reader;
}

PartitionReader::~PartitionReader() {
  for (const int32_t partition : started_) rd_kafka_consume_stop(topic_.get(), partition);
}

Status PartitionReader::Start(int32_t partition, int64_t offset) {
  if (rd_kafka_consume_start_queue(topic_.get(), partition, offset, queue_.get()) != 0) {
    return Failure(rd_kafka_last_error(), "reading the state");
  }
  started_.push_back(partition);
  return OkStatus();
}

MessagePtr PartitionReader::Poll() { return MessagePtr(rd_kafka_consume_queue(queue_.get(), kPollMs)); }

int64_t PartitionReader::Position(int32_t partition) {
  const PartitionListPtr list(rd_kafka_topic_partition_list_new(1));
  rd_kafka_topic_partition_list_add(list.get(), rd_kafka_topic_name(topic_.get()), partition);
  if (rd_kafka_position(client_->handle(), list.get()) != RD_KAFKA_RESP_ERR_NO_ERROR) return -1;
  return list->elems[0].offset;
}

}  // namespace cdc::sinks::kafka
