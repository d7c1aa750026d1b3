#include "runtime/sinks/kafka/state_topic.h"

#include <librdkafka/rdkafka.h>
#include <spdlog/spdlog.h>

#include <chrono>
#include <set>
#include <utility>

#include "runtime/sinks/kafka/failure.h"
#include "runtime/sinks/kafka/partition_reader.h"

namespace cdc::sinks::kafka {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr int32_t kPartitions = 8;
constexpr int kTellAfterMs = 1'000;
constexpr int kUnansweredMs = 20'000;

std::string_view KeyOf(const rd_kafka_message_t& message) {
  return {static_cast<const char*>(message.key), message.key == nullptr ? 0 : message.key_len};
}

}  // namespace

struct StateTopic::Reading {
  std::unique_ptr<PartitionReader> reader;
  std::map<int32_t, int64_t> ends;                              // partitions not read to their end
  std::map<int32_t, std::map<std::string, std::string>> found;  // key → value of this pipe, by partition
};

Status StateTopic::Ensure() {
  const std::string& topic = settings_.state_topic;
  ASSIGN_OR_RETURN(std::optional<int32_t> partitions, admin_.Partitions(topic));
  if (!partitions) {
    // Small segments: only closed ones are compacted, and a start reads what is not.
    Status created = admin_.CreateTopic(
        topic, kPartitions, settings_.state_replication,
        {{"cleanup.policy", "compact"}, {"segment.bytes", "33554432"}, {"min.cleanable.dirty.ratio", "0.1"}});
    if (!created.ok()) return std::move(created).error().While("the state topic is missing");
    ASSIGN_OR_RETURN(partitions, admin_.Partitions(topic));
    if (!partitions) return Error(ErrorCode::kSinkLost, "the state topic `" + topic + "` vanished");
  }
  partitions_ = *partitions;
  using Config = std::map<std::string, std::string>;
  ASSIGN_OR_RETURN(const Config config, admin_.TopicConfig(topic));
  const auto policy = config.find("cleanup.policy");
  const std::string found = policy == config.end() ? "unknown" : policy->second;
  if (found != "compact") {
    return Error(ErrorCode::kSinkRejected, "the state topic `" + topic + "` has cleanup.policy=" + found +
                                               ", which would delete positions; set "
                                               "it to compact, or name another topic: `state_topic = '…';`");
  }
  return OkStatus();
}

Result<LoadedState> StateTopic::Load(ReadTo to) const {
  const std::string& topic = settings_.state_topic;
  ASSIGN_OR_RETURN(const std::vector<int64_t> starts, admin_.StartOffsets(topic, partitions_));
  ASSIGN_OR_RETURN(const std::vector<int64_t> ends, admin_.EndOffsets(topic, partitions_, to == ReadTo::kStable));
  Reading reading;
  ASSIGN_OR_RETURN(reading.reader, PartitionReader::Make(settings_, settings_.state_topic, true));
  for (int32_t partition = 0; partition < partitions_; ++partition) {
    const int64_t start = starts[static_cast<size_t>(partition)];
    const int64_t end = ends[static_cast<size_t>(partition)];
    if (start >= end) continue;
    RETURN_IF_ERROR(reading.reader->Start(partition, start));
    reading.ends[partition] = end;
  }
  RETURN_IF_ERROR(Consume(&reading));
  return Sort(reading);
}

Status StateTopic::Consume(Reading* reading) const {
  const auto begun = Clock::now();
  const auto wait_max = milliseconds(std::max<int64_t>(settings_.transaction_timeout_ms, 120'000) + 30'000);
  auto progress_at = begun;
  bool told = false;
  std::string who;
  while (!reading->ends.empty()) {
    const MessagePtr message = reading->reader->Poll();
    const auto now = Clock::now();
    if (message != nullptr && message->err != RD_KAFKA_RESP_ERR_NO_ERROR) {
      if (CodeOf(message->err) != ErrorCode::kSinkLost) {
        return Failure(message->err, "reading the state from `" + settings_.state_topic + "`",
                       rd_kafka_message_errstr(message.get()));
      }
    } else if (message != nullptr) {
      progress_at = now;
      if (keys_.Read(KeyOf(*message))) {
        reading->found[message->partition][std::string(KeyOf(*message))] =
            std::string(static_cast<const char*>(message->payload), message->payload == nullptr ? 0 : message->len);
      }
      if (message->offset + 1 < reading->ends[message->partition]) continue;
    }
    for (auto end = reading->ends.begin(); end != reading->ends.end();) {
      end = reading->reader->Position(end->first) >= end->second ? reading->ends.erase(end) : std::next(end);
    }
    if (message != nullptr || reading->ends.empty()) continue;
    if (const std::optional<Error> refusal = reading->reader->client().Refusal()) return *refusal;
    if (interrupted_) return Error(ErrorCode::kSinkLost, "interrupted while reading the state");
    if (!told && now - progress_at > milliseconds(kTellAfterMs)) {
      told = true;
      const auto [partition, end] = *reading->ends.begin();
      Result<std::string> holder = WhoHolds(partition, reading->reader->Position(partition), end);
      if (!holder.ok() && now - progress_at > milliseconds(kUnansweredMs)) return std::move(holder).error();
      who = "the transaction that " + (holder.ok() ? *holder : "another pipe") + " has open on partition " +
            std::to_string(partition) + " of `" + settings_.state_topic + "`";
      spdlog::warn("the saved position is not known yet: waiting for {}", who);
    }
    if (now - begun > wait_max) {
      return Error(ErrorCode::kSinkLost, "waited " + std::to_string(wait_max.count() / 1000) + " s in vain for " + who);
    }
  }
  return OkStatus();
}

Result<std::string> StateTopic::WhoHolds(int32_t partition, int64_t from, int64_t to) const {
  ASSIGN_OR_RETURN(const std::unique_ptr<PartitionReader> reader,
                   PartitionReader::Make(settings_, settings_.state_topic, false));
  RETURN_IF_ERROR(reader->Start(partition, from < 0 ? RD_KAFKA_OFFSET_BEGINNING : from));
  std::set<std::string> pipes;
  const auto deadline = Clock::now() + milliseconds(kUnansweredMs);
  while (reader->Position(partition) < to) {
    const MessagePtr message = reader->Poll();
    if (message == nullptr) {
      if (interrupted_ || Clock::now() > deadline) return reader->client().Unreachable("reading the state topic");
      continue;
    }
    if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR) continue;
    const std::string pipe = PipeOfKey(KeyOf(*message));
    if (!pipe.empty() && !keys_.Read(KeyOf(*message))) pipes.insert(pipe);
    if (message->offset + 1 >= to) break;
  }
  std::string text;
  for (const std::string& pipe : pipes) text += (text.empty() ? "" : " or ") + pipe;
  return text.empty() ? std::string("another producer") : text;
}

Result<LoadedState> StateTopic::Sort(const Reading& reading) const {
  LoadedState loaded;
  std::map<std::pair<std::string, std::string>, std::string> records;
  for (const auto& [partition, values] : reading.found) {
    for (const auto& [key, value] : values) {
      if (value.empty()) continue;
      const std::optional<StateKey> read = keys_.Read(key);
      if (read->lane != 0) {
        return Error(ErrorCode::kSinkRejected, "the pipe's state was saved with several lanes, which is not built yet");
      }
      if (loaded.partition >= 0 && loaded.partition != partition) {
        return Error(ErrorCode::kSinkRejected, "the pipe's state lies in two partitions of `" + settings_.state_topic +
                                                   "`, " + std::to_string(loaded.partition) + " and " +
                                                   std::to_string(partition) +
                                                   ": which one holds is not for us to guess");
      }
      loaded.partition = partition;
      records[{read->kind, read->item}] = value;
    }
  }
  for (auto& [key, value] : records) loaded.records.push_back({key.first, key.second, std::move(value)});
  return loaded;
}

}  // namespace cdc::sinks::kafka
