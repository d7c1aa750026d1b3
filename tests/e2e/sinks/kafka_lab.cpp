#include "tests/e2e/sinks/kafka_lab.h"

#include <gtest/gtest.h>
#include <librdkafka/rdkafka.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>

namespace cdc::lab {
namespace {

constexpr int kWaitMs = 30'000;

[[noreturn]] void Fail(const std::string& what) {
  std::fprintf(stderr, "%s\n", what.c_str());
  std::exit(1);
}

rd_kafka_t* MakeClient(rd_kafka_type_t type, const std::vector<std::pair<std::string, std::string>>& properties) {
  rd_kafka_conf_t* conf = rd_kafka_conf_new();
  char words[256];
  for (const auto& [name, value] : properties) {
    if (rd_kafka_conf_set(conf, name.c_str(), value.c_str(), words, sizeof(words)) != RD_KAFKA_CONF_OK) Fail(words);
  }
  rd_kafka_t* client = rd_kafka_new(type, conf, words, sizeof(words));
  if (client == nullptr) Fail(words);
  return client;
}

void Must(rd_kafka_error_t* error, const char* doing) {
  if (error != nullptr) Fail(std::string(doing) + ": " + rd_kafka_error_string(error));
}

int Partitions(rd_kafka_t* client, const std::string& topic) {
  rd_kafka_topic_t* handle = rd_kafka_topic_new(client, topic.c_str(), nullptr);
  const rd_kafka_metadata_t* metadata = nullptr;
  if (rd_kafka_metadata(client, 0, handle, &metadata, kWaitMs) != RD_KAFKA_RESP_ERR_NO_ERROR) Fail("no metadata");
  const int count = metadata->topic_cnt == 1 ? metadata->topics[0].partition_cnt : 0;
  rd_kafka_metadata_destroy(metadata);
  rd_kafka_topic_destroy(handle);
  return count;
}

// Runs an administrative request and waits for its answer.
void Admin(const std::string& doing, const std::function<void(rd_kafka_t*, rd_kafka_queue_t*)>& start,
           const std::function<void(rd_kafka_event_t*)>& read = nullptr) {
  rd_kafka_t* client =
      MakeClient(RD_KAFKA_PRODUCER, {{"bootstrap.servers", Broker()}, {"allow.auto.create.topics", "false"}});
  rd_kafka_queue_t* queue = rd_kafka_queue_new(client);
  start(client, queue);
  rd_kafka_event_t* event = rd_kafka_queue_poll(queue, kWaitMs);
  if (event == nullptr) Fail(doing + ": no answer");
  if (rd_kafka_event_error(event) != RD_KAFKA_RESP_ERR_NO_ERROR)
    Fail(doing + ": " + rd_kafka_event_error_string(event));
  if (read) read(event);
  rd_kafka_event_destroy(event);
  rd_kafka_queue_destroy(queue);
  rd_kafka_destroy(client);
}

void AwaitPartitions(const std::string& topic, int partitions) {
  rd_kafka_t* client =
      MakeClient(RD_KAFKA_PRODUCER, {{"bootstrap.servers", Broker()}, {"allow.auto.create.topics", "false"}});
  while (Partitions(client, topic) != partitions) {
  }
  rd_kafka_destroy(client);
}

Record Copy(const rd_kafka_message_t& message) {
  Record record;
  record.partition = message.partition;
  record.null_key = message.key == nullptr;
  record.null_value = message.payload == nullptr;
  if (message.key != nullptr) record.key.assign(static_cast<const char*>(message.key), message.key_len);
  if (message.payload != nullptr) record.value.assign(static_cast<const char*>(message.payload), message.len);
  rd_kafka_headers_t* headers = nullptr;
  if (rd_kafka_message_headers(&message, &headers) == RD_KAFKA_RESP_ERR_NO_ERROR) {
    const char* name = nullptr;
    const void* value = nullptr;
    size_t size = 0;
    for (size_t i = 0; rd_kafka_header_get_all(headers, i, &name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR; ++i) {
      record.headers.emplace_back(name,
                                  value == nullptr ? "<null>" : std::string(static_cast<const char*>(value), size));
    }
  }
  return record;
}

}  // namespace

std::string Broker() {
  const char* port = std::getenv("PIPEWRIGHT_KAFKA_PORT");
  if (port == nullptr) Fail("PIPEWRIGHT_KAFKA_PORT names no broker");
  return std::string("127.0.0.1:") + port;
}

std::string Fresh(const std::string& stem) {
  static std::atomic<int> count{0};
  const auto now = std::chrono::system_clock::now().time_since_epoch().count();
  return stem + "-" + std::to_string(now) + "-" + std::to_string(++count);
}

void CreateTopic(const std::string& name, int partitions,
                 const std::vector<std::pair<std::string, std::string>>& config) {
  char words[256];
  rd_kafka_NewTopic_t* topic = rd_kafka_NewTopic_new(name.c_str(), partitions, 1, words, sizeof(words));
  for (const auto& [key, value] : config) rd_kafka_NewTopic_set_config(topic, key.c_str(), value.c_str());
  Admin("creating " + name,
        [&](rd_kafka_t* client, rd_kafka_queue_t* queue) { rd_kafka_CreateTopics(client, &topic, 1, nullptr, queue); });
  rd_kafka_NewTopic_destroy(topic);
  AwaitPartitions(name, partitions);
}

void AddPartitions(const std::string& name, int total) {
  char words[256];
  rd_kafka_NewPartitions_t* more =
      rd_kafka_NewPartitions_new(name.c_str(), static_cast<size_t>(total), words, sizeof(words));
  Admin("growing " + name, [&](rd_kafka_t* client, rd_kafka_queue_t* queue) {
    rd_kafka_CreatePartitions(client, &more, 1, nullptr, queue);
  });
  rd_kafka_NewPartitions_destroy(more);
  AwaitPartitions(name, total);
}

void AlterTopic(const std::string& name, const std::string& setting, const std::string& value) {
  rd_kafka_ConfigResource_t* resource = rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, name.c_str());
  Must(rd_kafka_ConfigResource_add_incremental_config(resource, setting.c_str(), RD_KAFKA_ALTER_CONFIG_OP_TYPE_SET,
                                                      value.c_str()),
       "alter");
  Admin("altering " + name, [&](rd_kafka_t* client, rd_kafka_queue_t* queue) {
    rd_kafka_IncrementalAlterConfigs(client, &resource, 1, nullptr, queue);
  });
  rd_kafka_ConfigResource_destroy(resource);
  while (TopicConfig(name)[setting] != value) {
  }
}

std::map<std::string, std::string> TopicConfig(const std::string& name) {
  rd_kafka_ConfigResource_t* resource = rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, name.c_str());
  std::map<std::string, std::string> config;
  Admin(
      "describing " + name,
      [&](rd_kafka_t* client, rd_kafka_queue_t* queue) {
        rd_kafka_DescribeConfigs(client, &resource, 1, nullptr, queue);
      },
      [&](rd_kafka_event_t* event) {
        size_t count = 0;
        const rd_kafka_ConfigResource_t** found =
            rd_kafka_DescribeConfigs_result_resources(rd_kafka_event_DescribeConfigs_result(event), &count);
        if (count != 1) Fail("no settings of " + name);
        const rd_kafka_ConfigEntry_t** entries = rd_kafka_ConfigResource_configs(found[0], &count);
        for (size_t i = 0; i < count; ++i) {
          const char* value = rd_kafka_ConfigEntry_value(entries[i]);
          config[rd_kafka_ConfigEntry_name(entries[i])] = value == nullptr ? "" : value;
        }
      });
  rd_kafka_ConfigResource_destroy(resource);
  return config;
}

std::vector<Record> ReadTopic(const std::string& topic, bool committed) {
  rd_kafka_t* client =
      MakeClient(RD_KAFKA_CONSUMER, {{"bootstrap.servers", Broker()},
                                     {"isolation.level", committed ? "read_committed" : "read_uncommitted"},
                                     {"group.id", Fresh("lab")},
                                     {"enable.auto.commit", "false"},
                                     {"fetch.wait.max.ms", "50"}});
  // The true end is what a read_uncommitted handle is told.
  rd_kafka_t* watcher =
      MakeClient(RD_KAFKA_CONSUMER, {{"bootstrap.servers", Broker()}, {"isolation.level", "read_uncommitted"}});
  std::map<int32_t, int64_t> ends;
  const int partitions = Partitions(client, topic);
  rd_kafka_topic_partition_list_t* assignment = rd_kafka_topic_partition_list_new(partitions);
  for (int32_t partition = 0; partition < partitions; ++partition) {
    int64_t low = 0;
    int64_t high = 0;
    if (rd_kafka_query_watermark_offsets(watcher, topic.c_str(), partition, &low, &high, kWaitMs) !=
        RD_KAFKA_RESP_ERR_NO_ERROR) {
      Fail("no end offset of " + topic);
    }
    if (low < high) ends[partition] = high;
    rd_kafka_topic_partition_list_add(assignment, topic.c_str(), partition)->offset = RD_KAFKA_OFFSET_BEGINNING;
  }
  rd_kafka_assign(client, assignment);
  rd_kafka_poll_set_consumer(client);
  std::map<int32_t, std::vector<Record>> found;
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(kWaitMs);
  while (!ends.empty()) {
    if (std::chrono::steady_clock::now() > deadline) Fail("the end of " + topic + " is not reached");
    if (rd_kafka_message_t* message = rd_kafka_consumer_poll(client, 50)) {
      if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR) found[message->partition].push_back(Copy(*message));
      rd_kafka_message_destroy(message);
    }
    rd_kafka_position(client, assignment);
    for (int i = 0; i < assignment->cnt; ++i) {
      const auto end = ends.find(assignment->elems[i].partition);
      if (end != ends.end() && assignment->elems[i].offset >= end->second) ends.erase(end);
    }
  }
  rd_kafka_topic_partition_list_destroy(assignment);
  rd_kafka_consumer_close(client);
  rd_kafka_destroy(client);
  rd_kafka_destroy(watcher);
  std::vector<Record> records;
  for (auto& [partition, list] : found) records.insert(records.end(), list.begin(), list.end());
  return records;
}

std::vector<std::string> Values(const std::vector<Record>& records) {
  std::vector<std::string> values;
  for (const Record& record : records) values.push_back(record.value);
  return values;
}

catalog::SettingValue Word(const std::string& text) {
  catalog::SettingValue value;
  value.kind = catalog::SettingKind::kWord;
  value.text = text;
  return value;
}

catalog::SettingValue Number(catalog::SettingKind kind, int64_t number) {
  catalog::SettingValue value;
  value.kind = kind;
  value.number = number;
  return value;
}

SinkContext Context(const std::string& pipe, const std::string& state_topic) {
  SinkContext context;
  context.program = "lab";
  context.pipe = pipe;
  context.source = "db";
  context.name = "bus";
  catalog::SettingValue brokers;
  brokers.kind = catalog::SettingKind::kList;
  brokers.list = {Word(Broker())};
  context.settings.Set("brokers", brokers);
  context.settings.Set("state_topic", Word(state_topic));
  context.settings.Set("delivery", Word("exactly_once"));
  context.settings.Set("delivery.transaction_timeout", Number(catalog::SettingKind::kDuration, 30'000));
  context.settings.Set("topics.auto_create", Number(catalog::SettingKind::kBool, 1));
  return context;
}

std::unique_ptr<MessageBatch> Batch(uint32_t topic, const std::vector<Row>& rows) {
  auto batch = std::make_unique<MessageBatch>();
  for (const Row& row : rows) {
    Message message;
    message.topic = topic;
    message.partition = row.partition;
    message.key_offset = static_cast<int64_t>(batch->bytes.size());
    message.key_size = static_cast<int32_t>(row.key.size());
    batch->bytes.Append(row.key);
    message.value_offset = static_cast<int64_t>(batch->bytes.size());
    message.value_size = static_cast<int32_t>(row.value.size());
    batch->bytes.Append(row.value);
    batch->messages.push_back(message);
  }
  return batch;
}

std::string ValueOf(const std::vector<StateRecord>& records, const std::string& kind) {
  for (const StateRecord& record : records) {
    if (record.kind == kind) return record.value;
  }
  return "";
}

ForeignTransaction::ForeignTransaction(const std::string& state_topic, int32_t partition, const std::string& key) {
  producer_ = MakeClient(RD_KAFKA_PRODUCER, {{"bootstrap.servers", Broker()}, {"transactional.id", Fresh("foreign")}});
  Must(rd_kafka_init_transactions(producer_, kWaitMs), "init");
  Must(rd_kafka_begin_transaction(producer_), "begin");
  const rd_kafka_resp_err_t result =
      rd_kafka_producev(producer_, RD_KAFKA_V_TOPIC(state_topic.c_str()), RD_KAFKA_V_PARTITION(partition),
                        RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_KEY(key.data(), key.size()),
                        RD_KAFKA_V_VALUE(const_cast<char*>("{}"), 2), RD_KAFKA_V_END);
  if (result != RD_KAFKA_RESP_ERR_NO_ERROR) Fail("foreign produce");
  if (rd_kafka_flush(producer_, kWaitMs) != RD_KAFKA_RESP_ERR_NO_ERROR) Fail("foreign flush");
}

ForeignTransaction::~ForeignTransaction() { rd_kafka_destroy(producer_); }

void ForeignTransaction::Commit() { Must(rd_kafka_commit_transaction(producer_, kWaitMs), "commit"); }
void ForeignTransaction::Abort() { Must(rd_kafka_abort_transaction(producer_, kWaitMs), "abort"); }

}  // namespace cdc::lab
