#pragma once

// What the tests of the Kafka sink share: the broker, topics of their own, and a consumer that has nothing in
// common with the sink.

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "runtime/sinks/kafka/kafka_sink.h"

struct rd_kafka_s;

namespace cdc::lab {

// "127.0.0.1:port" of PIPEWRIGHT_KAFKA_PORT; ends the program without it.
std::string Broker();

// A name that no other test and no earlier run used.
std::string Fresh(const std::string& stem);

void CreateTopic(const std::string& name, int partitions,
                 const std::vector<std::pair<std::string, std::string>>& config = {});

void AlterTopic(const std::string& name, const std::string& setting, const std::string& value);
void AddPartitions(const std::string& name, int total);
std::map<std::string, std::string> TopicConfig(const std::string& name);

struct Record {
  int32_t partition = 0;
  std::string key;
  std::string value;
  bool null_key = false;
  bool null_value = false;
  std::vector<std::pair<std::string, std::string>> headers;
  bool operator==(const Record&) const = default;
};

// Everything in a topic now, per partition in order. `committed`: as a read_committed consumer sees it.
// Waits for open transactions when `committed`.
std::vector<Record> ReadTopic(const std::string& topic, bool committed = true);
std::vector<std::string> Values(const std::vector<Record>& records);

// The settings of a sink `kafka` at the broker, with the catalog's defaults where they matter.
SinkContext Context(const std::string& pipe, const std::string& state_topic);
catalog::SettingValue Word(const std::string& text);
catalog::SettingValue Number(catalog::SettingKind kind, int64_t number);

struct Row {
  std::string key;
  std::string value;
  int32_t partition = 0;
};
// A batch with one message per row.
std::unique_ptr<MessageBatch> Batch(uint32_t topic, const std::vector<Row>& rows);

// The value of the first record of a kind, empty if there is none.
std::string ValueOf(const std::vector<StateRecord>& records, const std::string& kind);

// A transaction of another pipe on the state topic, open until Commit() or Abort().
class ForeignTransaction {
 public:
  ForeignTransaction(const std::string& state_topic, int32_t partition, const std::string& key);
  ~ForeignTransaction();
  void Commit();
  void Abort();

 private:
  rd_kafka_s* producer_;
};

}  // namespace cdc::lab
