#include "runtime/sinks/kafka/partition_reader.h"

#include <librdkafka/rdkafka.h>

#include <chrono>
#include <map>
#include <utility>

#include "runtime/sinks/kafka/failure.h"

namespace cdc::sinks::kafka {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kPollMs = 50;
constexpr int kRecordsMs = 10'000;

}  // namespace

Result<std::unique_ptr<PartitionReader>> PartitionReader::Make(const KafkaSettings& settings, const std::string& topic,
                                                               bool committed_only) {
  Properties properties = settings.connection;
  properties.emplace_back("isolation.level", committed_only ? "read_committed" : "read_uncommitted");
  properties.emplace_back("fetch.wait.max.ms", "100");
  properties.emplace_back("auto.offset.reset", "error");
  properties.emplace_back("enable.auto.offset.store", "false");
  std::unique_ptr<PartitionReader> reader(new PartitionReader());
  ASSIGN_OR_RETURN(reader->client_, Client::Make(ClientKind::kConsumer, properties, settings.address, nullptr));
  rd_kafka_s* client = reader->client_->handle();
  reader->topic_.reset(rd_kafka_topic_new(client, topic.c_str(), nullptr));
  if (reader->topic_ == nullptr) return Failure(rd_kafka_last_error(), "reading `" + topic + "`");
  reader->queue_.reset(rd_kafka_queue_new(client));
  return reader;
}

PartitionReader::~PartitionReader() {
  for (const int32_t partition : started_) rd_kafka_consume_stop(topic_.get(), partition);
}

Status PartitionReader::Start(int32_t partition, int64_t offset) {
  if (rd_kafka_consume_start_queue(topic_.get(), partition, offset, queue_.get()) != 0) {
    return Failure(rd_kafka_last_error(), "reading `" + std::string(rd_kafka_topic_name(topic_.get())) + "`");
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

Result<bool> ShowsRecords(const KafkaSettings& settings, const Admin& admin, const std::string& topic,
                          int32_t partitions) {
  ASSIGN_OR_RETURN(const std::vector<int64_t> starts, admin.StartOffsets(topic, partitions));
  ASSIGN_OR_RETURN(const std::vector<int64_t> ends, admin.EndOffsets(topic, partitions, true));
  if (starts == ends) return false;
  ASSIGN_OR_RETURN(const auto reader, PartitionReader::Make(settings, topic, true));
  std::map<int32_t, int64_t> unread;  // partition → its end
  for (size_t i = 0; i < starts.size(); ++i) {
    if (starts[i] >= ends[i]) continue;
    RETURN_IF_ERROR(reader->Start(static_cast<int32_t>(i), starts[i]));
    unread[static_cast<int32_t>(i)] = ends[i];
  }
  const auto deadline = Clock::now() + std::chrono::milliseconds(kRecordsMs);
  while (!unread.empty()) {
    const MessagePtr message = reader->Poll();
    if (message != nullptr && message->err == RD_KAFKA_RESP_ERR_NO_ERROR) return true;
    if (message != nullptr && CodeOf(message->err) != ErrorCode::kSinkLost) {
      return Failure(message->err, "reading topic `" + topic + "`", rd_kafka_message_errstr(message.get()));
    }
    std::erase_if(unread, [&](const auto& end) { return reader->Position(end.first) >= end.second; });
    if (admin.interrupted() || Clock::now() > deadline) {
      return reader->client().Unreachable("reading topic `" + topic + "`");
    }
  }
  return false;
}

}  // namespace cdc::sinks::kafka
