#include "runtime/sinks/kafka/admin.h"

#include <librdkafka/rdkafka.h>

#include <chrono>
#include <memory>
#include <thread>

#include "runtime/sinks/kafka/failure.h"

namespace cdc::sinks::kafka {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kAnswerMs = 10'000;
constexpr int kFirstAnswerMs = 2'000;
constexpr int kAnswerPollMs = 100;
constexpr int kCreatedPollMs = 50;

struct DestroyAdmin {
  void operator()(rd_kafka_AdminOptions_t* options) const { rd_kafka_AdminOptions_destroy(options); }
  void operator()(rd_kafka_TopicCollection_t* topics) const { rd_kafka_TopicCollection_destroy(topics); }
  void operator()(rd_kafka_NewTopic_t* topic) const { rd_kafka_NewTopic_destroy(topic); }
  void operator()(rd_kafka_ConfigResource_t* resource) const { rd_kafka_ConfigResource_destroy(resource); }
};
using OptionsPtr = std::unique_ptr<rd_kafka_AdminOptions_t, DestroyAdmin>;

OptionsPtr MakeOptions(rd_kafka_s* client, rd_kafka_admin_op_t operation) {
  OptionsPtr options(rd_kafka_AdminOptions_new(client, operation));
  char words[128];
  CHECK(rd_kafka_AdminOptions_set_request_timeout(options.get(), kAnswerMs, words, sizeof(words)) ==
        RD_KAFKA_RESP_ERR_NO_ERROR);
  return options;
}

}  // namespace

Result<EventPtr> Admin::Ask(const std::string& doing, QueuePtr queue,
                            const std::function<void(rd_kafka_queue_s*)>& start) const {
  start(queue.get());
  const auto begun = Clock::now();
  while (true) {
    EventPtr event(rd_kafka_queue_poll(queue.get(), kAnswerPollMs));
    if (event != nullptr) {
      const rd_kafka_resp_err_t result = rd_kafka_event_error(event.get());
      if (result == RD_KAFKA_RESP_ERR_NO_ERROR) {
        answered_ = true;
        return event;
      }
      if (result == RD_KAFKA_RESP_ERR__TIMED_OUT || result == RD_KAFKA_RESP_ERR__TRANSPORT) {
        return client_.Unreachable(doing);
      }
      return Failure(result, doing, rd_kafka_event_error_string(event.get()));
    }
    if (const std::optional<Error> refusal = client_.Refusal()) return *refusal;
    if (interrupted_) return Error(ErrorCode::kSinkLost, doing + ": interrupted");
    const bool nobody = client_.brokers_were_down() && !answered_;
    if (Clock::now() - begun > std::chrono::milliseconds(nobody ? kFirstAnswerMs : kAnswerMs)) {
      return client_.Unreachable(doing);
    }
  }
}

Result<std::optional<int32_t>> Admin::Partitions(const std::string& topic) const {
  rd_kafka_s* client = client_.handle();
  const char* names[] = {topic.c_str()};
  const std::unique_ptr<rd_kafka_TopicCollection_t, DestroyAdmin> topics(
      rd_kafka_TopicCollection_of_topic_names(names, 1));
  const OptionsPtr options = MakeOptions(client, RD_KAFKA_ADMIN_OP_DESCRIBETOPICS);
  const std::string doing = "looking up topic `" + topic + "`";
  ASSIGN_OR_RETURN(const EventPtr event, Ask(doing, QueuePtr(rd_kafka_queue_new(client)), [&](rd_kafka_queue_s* queue) {
                     rd_kafka_DescribeTopics(client, topics.get(), options.get(), queue);
                   }));
  size_t count = 0;
  const rd_kafka_TopicDescription_t** found =
      rd_kafka_DescribeTopics_result_topics(rd_kafka_event_DescribeTopics_result(event.get()), &count);
  if (count != 1) return Error(ErrorCode::kSinkLost, doing + ": the answer names " + std::to_string(count) + " topics");
  const rd_kafka_error_t* error = rd_kafka_TopicDescription_error(found[0]);
  const rd_kafka_resp_err_t result = error == nullptr ? RD_KAFKA_RESP_ERR_NO_ERROR : rd_kafka_error_code(error);
  if (result == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART) return std::optional<int32_t>();
  if (result != RD_KAFKA_RESP_ERR_NO_ERROR) return Failure(result, doing, rd_kafka_error_string(error));
  size_t partitions = 0;
  rd_kafka_TopicDescription_partitions(found[0], &partitions);
  return std::optional<int32_t>(static_cast<int32_t>(partitions));
}

Result<std::map<std::string, std::string>> Admin::TopicConfig(const std::string& topic) const {
  rd_kafka_s* client = client_.handle();
  const std::unique_ptr<rd_kafka_ConfigResource_t, DestroyAdmin> resource(
      rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, topic.c_str()));
  const OptionsPtr options = MakeOptions(client, RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS);
  const std::string doing = "reading the settings of topic `" + topic + "`";
  rd_kafka_ConfigResource_t* resources[] = {resource.get()};
  ASSIGN_OR_RETURN(const EventPtr event, Ask(doing, QueuePtr(rd_kafka_queue_new(client)), [&](rd_kafka_queue_s* queue) {
                     rd_kafka_DescribeConfigs(client, resources, 1, options.get(), queue);
                   }));
  size_t count = 0;
  const rd_kafka_ConfigResource_t** found =
      rd_kafka_DescribeConfigs_result_resources(rd_kafka_event_DescribeConfigs_result(event.get()), &count);
  if (count != 1) return Error(ErrorCode::kSinkLost, doing + ": the answer names " + std::to_string(count) + " topics");
  const rd_kafka_resp_err_t result = rd_kafka_ConfigResource_error(found[0]);
  if (result != RD_KAFKA_RESP_ERR_NO_ERROR) {
    const char* words = rd_kafka_ConfigResource_error_string(found[0]);
    return Failure(result, doing, words == nullptr ? "" : words);
  }
  std::map<std::string, std::string> config;
  const rd_kafka_ConfigEntry_t** entries = rd_kafka_ConfigResource_configs(found[0], &count);
  for (size_t i = 0; i < count; ++i) {
    const char* value = rd_kafka_ConfigEntry_value(entries[i]);
    if (value != nullptr) config[rd_kafka_ConfigEntry_name(entries[i])] = value;
  }
  return config;
}

Status Admin::CreateTopic(const std::string& topic, int32_t partitions, int32_t replication,
                          const std::vector<std::pair<std::string, std::string>>& config) const {
  rd_kafka_s* client = client_.handle();
  const std::string doing = "creating topic `" + topic + "`";
  char words[256];
  const std::unique_ptr<rd_kafka_NewTopic_t, DestroyAdmin> created(
      rd_kafka_NewTopic_new(topic.c_str(), partitions, replication, words, sizeof(words)));
  if (created == nullptr) return Error(ErrorCode::kSinkRejected, doing + ": " + words);
  for (const auto& [name, value] : config) {
    const rd_kafka_resp_err_t result = rd_kafka_NewTopic_set_config(created.get(), name.c_str(), value.c_str());
    if (result != RD_KAFKA_RESP_ERR_NO_ERROR) return Failure(result, doing + ": `" + name + "`");
  }
  const OptionsPtr options = MakeOptions(client, RD_KAFKA_ADMIN_OP_CREATETOPICS);
  rd_kafka_NewTopic_t* topics[] = {created.get()};
  ASSIGN_OR_RETURN(const EventPtr event, Ask(doing, QueuePtr(rd_kafka_queue_new(client)), [&](rd_kafka_queue_s* queue) {
                     rd_kafka_CreateTopics(client, topics, 1, options.get(), queue);
                   }));
  size_t count = 0;
  const rd_kafka_topic_result_t** results =
      rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(event.get()), &count);
  const rd_kafka_resp_err_t result = count == 1 ? rd_kafka_topic_result_error(results[0]) : RD_KAFKA_RESP_ERR__BAD_MSG;
  if (result != RD_KAFKA_RESP_ERR_NO_ERROR && result != RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS) {
    const char* said = count == 1 ? rd_kafka_topic_result_error_string(results[0]) : nullptr;
    return Failure(result, doing, said == nullptr ? "" : said);
  }
  const auto deadline = Clock::now() + std::chrono::milliseconds(kAnswerMs);
  while (Clock::now() < deadline && !interrupted_) {
    ASSIGN_OR_RETURN(const std::optional<int32_t> known, Partitions(topic));
    if (known) return OkStatus();
    std::this_thread::sleep_for(std::chrono::milliseconds(kCreatedPollMs));
  }
  return Error(ErrorCode::kSinkLost, doing + ": created, but the brokers do not know it yet");
}

Result<std::vector<int64_t>> Admin::AskOffsets(const std::string& topic, int32_t partitions, int64_t which,
                                               bool stable) const {
  rd_kafka_s* client = client_.handle();
  const std::string doing = "asking for the offsets of topic `" + topic + "`";
  const OptionsPtr options = MakeOptions(client, RD_KAFKA_ADMIN_OP_LISTOFFSETS);
  const ErrorPtr refused(rd_kafka_AdminOptions_set_isolation_level(
      options.get(), stable ? RD_KAFKA_ISOLATION_LEVEL_READ_COMMITTED : RD_KAFKA_ISOLATION_LEVEL_READ_UNCOMMITTED));
  CHECK(refused == nullptr);
  const PartitionListPtr wanted(rd_kafka_topic_partition_list_new(partitions));
  for (int32_t i = 0; i < partitions; ++i) {
    rd_kafka_topic_partition_list_add(wanted.get(), topic.c_str(), i)->offset = which;
  }
  ASSIGN_OR_RETURN(const EventPtr event, Ask(doing, QueuePtr(rd_kafka_queue_new(client)), [&](rd_kafka_queue_s* queue) {
                     rd_kafka_ListOffsets(client, wanted.get(), options.get(), queue);
                   }));
  size_t count = 0;
  const rd_kafka_ListOffsetsResultInfo_t** infos =
      rd_kafka_ListOffsets_result_infos(rd_kafka_event_ListOffsets_result(event.get()), &count);
  std::vector<int64_t> offsets(static_cast<size_t>(partitions), -1);
  for (size_t i = 0; i < count; ++i) {
    const rd_kafka_topic_partition_t* info = rd_kafka_ListOffsetsResultInfo_topic_partition(infos[i]);
    const std::string where = doing + " partition " + std::to_string(info->partition);
    if (info->err != RD_KAFKA_RESP_ERR_NO_ERROR) return Failure(info->err, where);
    if (info->partition < 0 || info->partition >= partitions) continue;
    offsets[static_cast<size_t>(info->partition)] = info->offset;
  }
  for (const int64_t offset : offsets) {
    if (offset < 0) return Error(ErrorCode::kSinkLost, doing + ": the answer leaves partitions out");
  }
  return offsets;
}

Result<std::vector<int64_t>> Admin::Offsets(const std::string& topic, int32_t partitions, int64_t which,
                                            bool stable) const {
  const auto deadline = Clock::now() + std::chrono::milliseconds(kAnswerMs);
  while (true) {
    Result<std::vector<int64_t>> offsets = AskOffsets(topic, partitions, which, stable);
    // A leader that is just being elected is asked again.
    if (offsets.ok() || offsets.error().code() != ErrorCode::kSinkLost) return offsets;
    if (interrupted_ || Clock::now() > deadline) return offsets;
    std::this_thread::sleep_for(std::chrono::milliseconds(kCreatedPollMs));
  }
}

Result<std::vector<int64_t>> Admin::EndOffsets(const std::string& topic, int32_t partitions, bool stable) const {
  return Offsets(topic, partitions, RD_KAFKA_OFFSET_SPEC_LATEST, stable);
}

Result<std::vector<int64_t>> Admin::StartOffsets(const std::string& topic, int32_t partitions) const {
  return Offsets(topic, partitions, RD_KAFKA_OFFSET_SPEC_EARLIEST, false);
}

}  // namespace cdc::sinks::kafka
