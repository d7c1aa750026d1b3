#include "runtime/sinks/kafka/producer.h"

#include <librdkafka/rdkafka.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <thread>
#include <utility>

#include "runtime/sinks/kafka/failure.h"
#include "runtime/sinks/kafka/in_flight.h"
#include "runtime/sinks/kafka/window.h"

namespace cdc::sinks::kafka {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr int kSliceMs = 500;
constexpr int kRetryMs = 50;
constexpr int kInitMs = 60'000;
constexpr int kMetadataMs = 20'000;
constexpr int kAbortMs = 10'000;
constexpr int kEndMs = 3'000;
constexpr int kDecideExtraMs = 30'000;

rd_kafka_headers_t* MakeHeaders(std::string_view bytes) {
  rd_kafka_headers_t* headers = rd_kafka_headers_new(4);
  for (size_t at = 0; at < bytes.size();) {
    int32_t name_size = 0;
    int32_t value_size = 0;
    std::memcpy(&name_size, bytes.data() + at, sizeof(name_size));
    const char* name = bytes.data() + at + 4;
    std::memcpy(&value_size, name + name_size, sizeof(value_size));
    const char* value = name + name_size + 4;
    rd_kafka_header_add(headers, name, name_size, value_size < 0 ? nullptr : value, std::max(value_size, 0));
    at += 8 + static_cast<size_t>(name_size) + static_cast<size_t>(std::max(value_size, 0));
  }
  return headers;
}

class LaneProducer : public Producer {
 public:
  LaneProducer(const KafkaSettings& settings, const std::atomic<bool>& interrupted)
      : settings_(settings),
        interrupted_(interrupted),
        in_flight_(settings.queue_messages_max, settings.queue_bytes_max) {}
  ~LaneProducer() override { End(); }

  Status Connect() {
    ASSIGN_OR_RETURN(client_, Client::Make(ClientKind::kProducer, settings_.producer, settings_.address, &in_flight_));
    return OkStatus();
  }

  Status InitTransactions() override {
    const auto deadline = Clock::now() + milliseconds(kInitMs);
    const std::string doing = "taking over transactional id `" + settings_.transactional_id + "`";
    while (true) {
      const ErrorPtr error(rd_kafka_init_transactions(handle(), kSliceMs));
      if (error == nullptr) return OkStatus();
      if (const std::optional<Error> refusal = client_->Refusal()) return *refusal;
      if (rd_kafka_error_is_fatal(error.get()) || !rd_kafka_error_is_retriable(error.get())) {
        return InitFailure(error.get(), doing);
      }
      if (interrupted_) return Error(ErrorCode::kSinkLost, doing + ": interrupted");
      if (Clock::now() > deadline) return client_->Unreachable(doing);
    }
  }

  Status Write(std::unique_ptr<MessageBatch> batch, Topics* topics) override {
    RETURN_IF_ERROR(Prepare(*batch, topics));
    InFlight* flight = in_flight_.Add(std::move(batch));
    if (flight == nullptr) return OkStatus();
    RETURN_IF_ERROR(Begin());
    const std::vector<Message>& messages = flight->batch->messages;
    for (size_t from = 0; from < messages.size(); from += kWindowMessages) {
      window_.Cut(*flight->batch, from, std::min(messages.size(), from + kWindowMessages), &topics_, flight);
      for (const Run& run : window_.runs()) {
        RETURN_IF_ERROR(run.headers ? ProduceWithHeaders(run, flight) : ProduceRun(run));
      }
    }
    return OkStatus();
  }

  Status WriteState(const std::string& topic, int32_t partition, std::string_view key,
                    std::string_view value) override {
    if (state_topic_ == nullptr) {
      ASSIGN_OR_RETURN(state_topic_, MakeTopic(topic));
    }
    RETURN_IF_ERROR(Begin());
    RETURN_IF_ERROR(Reserve(1, key.size() + value.size()));
    if (rd_kafka_produce(state_topic_.get(), partition, RD_KAFKA_MSG_F_COPY,
                         value.empty() ? nullptr : const_cast<char*>(value.data()), value.size(), key.data(),
                         key.size(), nullptr) != 0) {
      return Diagnose(rd_kafka_last_error(), "writing state");
    }
    return OkStatus();
  }

  Status Commit() override {
    if (!in_transaction_) return OkStatus();
    commit_sent_ = true;
    const auto deadline = Clock::now() + milliseconds(settings_.transaction_timeout_ms + kDecideExtraMs);
    while (true) {
      const auto asked = Clock::now();
      const ErrorPtr error(rd_kafka_commit_transaction(handle(), kSliceMs));
      if (error == nullptr) break;
      const bool again = rd_kafka_error_is_retriable(error.get()) && !rd_kafka_error_is_fatal(error.get()) &&
                         !rd_kafka_error_txn_requires_abort(error.get());
      if (!again) return CommitFailure(error.get());
      if (interrupted_ || asked > deadline) {
        return Error(ErrorCode::kSinkLost, std::string("a commit is in doubt: ") + rd_kafka_error_string(error.get()));
      }
      if (Clock::now() - asked < milliseconds(kRetryMs)) std::this_thread::sleep_for(milliseconds(kRetryMs));
    }
    commit_sent_ = false;
    in_transaction_ = false;
    return OkStatus();
  }

  Status Flush() override {
    const auto deadline = Clock::now() + milliseconds(settings_.transaction_timeout_ms + kDecideExtraMs);
    while (rd_kafka_flush(handle(), kSliceMs) != RD_KAFKA_RESP_ERR_NO_ERROR) {
      RETURN_IF_ERROR(Alive("waiting for acknowledgements"));
      if (Clock::now() > deadline) return client_->Unreachable("waiting for acknowledgements");
    }
    return Alive("waiting for acknowledgements");
  }

  bool fenced() const override { return fenced_; }

  std::unique_ptr<MessageBatch> Recycle() override { return in_flight_.Recycle(); }

  void End() override {
    if (client_ == nullptr) return;
    // After commit was sent its outcome belongs to the coordinator: the next InitTransactions() waits for it.
    if (in_transaction_ && !commit_sent_) Abort(kEndMs);
    state_topic_.reset();
    topics_.clear();
    client_.reset();
    in_flight_.TakeBack();
  }

 private:
  rd_kafka_s* handle() const { return client_->handle(); }

  Result<TopicPtr> MakeTopic(const std::string& name) {
    TopicPtr topic(rd_kafka_topic_new(handle(), name.c_str(), nullptr));
    const std::string doing = "looking up topic `" + name + "`";
    if (topic == nullptr) return Failure(rd_kafka_last_error(), doing);
    // The producer learns the partitions before the first message, so that none waits outside a partition's
    // queue.
    const auto deadline = Clock::now() + milliseconds(kMetadataMs);
    while (true) {
      const rd_kafka_metadata_t* metadata = nullptr;
      const rd_kafka_resp_err_t result = rd_kafka_metadata(handle(), 0, topic.get(), &metadata, kSliceMs);
      const bool found = result == RD_KAFKA_RESP_ERR_NO_ERROR && metadata->topic_cnt == 1 &&
                         metadata->topics[0].err == RD_KAFKA_RESP_ERR_NO_ERROR;
      if (metadata != nullptr) rd_kafka_metadata_destroy(metadata);
      if (found) return topic;
      RETURN_IF_ERROR(Alive(doing));
      if (Clock::now() > deadline) return client_->Unreachable(doing);
      if (result == RD_KAFKA_RESP_ERR_NO_ERROR) std::this_thread::sleep_for(milliseconds(kRetryMs));
    }
  }

  // Makes what the batch needs, and refuses it whole if a record is too large.
  Status Prepare(const MessageBatch& batch, Topics* topics) {
    for (const Message& message : batch.messages) {
      if (message.topic >= topics_.size()) topics_.resize(message.topic + 1);
      LaneTopic& topic = topics_[message.topic];
      if (topic.handle == nullptr) [[unlikely]] {
        topic.facts = topics->At(message.topic);
        ASSIGN_OR_RETURN(topic.handle, MakeTopic(topic.facts.name));
        topic.run_of_partition.assign(static_cast<size_t>(topic.facts.partitions), -1);
      }
      CHECK(message.partition >= 0 && message.partition < topic.facts.partitions);
      if (RecordBytes(message) > topic.facts.record_bytes_max) [[unlikely]] {
        return Error(ErrorCode::kRow, "a record of " + std::to_string(RecordBytes(message)) + " bytes for topic `" +
                                          topic.facts.name + "` is above the limit of " +
                                          std::to_string(topic.facts.record_bytes_max) + " bytes (`record_max`)");
      }
    }
    return OkStatus();
  }

  Status ProduceRun(const Run& run) {
    const size_t slice_bytes_max = settings_.queue_bytes_max / 4;
    rd_kafka_message_t* const messages = window_.messages();
    const size_t end = run.begin + run.count;
    for (size_t at = run.begin; at < end;) {
      size_t bytes = messages[at].len + messages[at].key_len;
      size_t stop = at + 1;
      for (; stop < end; ++stop) {
        const size_t more = messages[stop].len + messages[stop].key_len;
        if (bytes + more > slice_bytes_max) break;
        bytes += more;
      }
      const int count = static_cast<int>(stop - at);
      RETURN_IF_ERROR(Reserve(count, bytes));
      if (rd_kafka_produce_batch(run.topic->handle.get(), run.partition, 0, messages + at, count) != count) {
        const auto* refused = std::find_if(messages + at, messages + stop, [](const rd_kafka_message_t& m) {
          return m.err != RD_KAFKA_RESP_ERR_NO_ERROR;
        });
        return Diagnose(refused->err, "writing to topic `" + run.topic->facts.name + "`");
      }
      at = stop;
    }
    return OkStatus();
  }

  // Headers have no batch call. The whole run goes this way, so that its order stays.
  Status ProduceWithHeaders(const Run& run, InFlight* flight) {
    const std::string_view bytes = flight->batch->bytes.view();
    for (size_t at = run.begin; at < run.begin + run.count; ++at) {
      const Message& source = window_.source(at);
      const rd_kafka_message_t& message = window_.messages()[at];
      const size_t size = message.len + message.key_len;
      RETURN_IF_ERROR(Reserve(1, size));
      rd_kafka_headers_t* headers = MakeHeaders(
          bytes.substr(static_cast<size_t>(source.headers_offset), static_cast<size_t>(source.headers_size)));
      const rd_kafka_resp_err_t result =
          rd_kafka_producev(handle(), RD_KAFKA_V_RKT(run.topic->handle.get()), RD_KAFKA_V_PARTITION(run.partition),
                            RD_KAFKA_V_MSGFLAGS(0), RD_KAFKA_V_VALUE(message.payload, message.len),
                            RD_KAFKA_V_KEY(message.key, message.key_len), RD_KAFKA_V_HEADERS(headers),
                            RD_KAFKA_V_OPAQUE(flight), RD_KAFKA_V_END);
      if (result != RD_KAFKA_RESP_ERR_NO_ERROR) {
        rd_kafka_headers_destroy(headers);
        return Diagnose(result, "writing to topic `" + run.topic->facts.name + "`");
      }
    }
    return OkStatus();
  }

  // Waits for room in the queue and takes it.
  Status Reserve(int64_t messages, size_t bytes) {
    while (!in_flight_.WaitForRoom(messages, bytes, kSliceMs)) {
      RETURN_IF_ERROR(Alive("waiting for Kafka to take records"));
    }
    in_flight_.Queued(messages, bytes);
    return OkStatus();
  }

  Status Begin() {
    if (in_transaction_ || !settings_.exactly_once) return OkStatus();
    const ErrorPtr error(rd_kafka_begin_transaction(handle()));
    if (error != nullptr) return Diagnose(rd_kafka_error_code(error.get()), "beginning a transaction");
    in_transaction_ = true;
    return OkStatus();
  }

  void Abort(int limit_ms) {
    const auto deadline = Clock::now() + milliseconds(limit_ms);
    while (Clock::now() < deadline) {
      const ErrorPtr error(rd_kafka_abort_transaction(handle(), kSliceMs));
      if (error == nullptr || rd_kafka_error_is_fatal(error.get()) || !rd_kafka_error_is_retriable(error.get())) break;
    }
    in_transaction_ = false;
  }

  // An error if nothing more can be expected of this producer.
  Status Alive(const std::string& doing) {
    if (interrupted_) return Error(ErrorCode::kSinkLost, doing + ": interrupted");
    if (const std::optional<Error> refusal = client_->Refusal()) return *refusal;
    char words[512];
    const rd_kafka_resp_err_t fatal = rd_kafka_fatal_error(handle(), words, sizeof(words));
    if (fatal != RD_KAFKA_RESP_ERR_NO_ERROR) return Diagnose(fatal, doing);
    if (const std::optional<Error> failure = in_flight_.failure()) return *failure;
    return OkStatus();
  }

  // The cause behind a refused call: a fatal error of the producer, a failed delivery, else the result
  // itself.
  Error Diagnose(int result, const std::string& doing) {
    char words[512];
    const rd_kafka_resp_err_t fatal = rd_kafka_fatal_error(handle(), words, sizeof(words));
    if (fatal != RD_KAFKA_RESP_ERR_NO_ERROR) {
      fenced_ = IsFenced(fatal);
      in_transaction_ = false;
      const std::optional<Error> failure = in_flight_.failure();
      if (!fenced_ && failure && failure->code() == ErrorCode::kSinkRejected) return *failure;
      return Failure(fatal, doing, words);
    }
    if (const std::optional<Error> failure = in_flight_.failure()) return *failure;
    if (result == RD_KAFKA_RESP_ERR__STATE) return Error(ErrorCode::kSinkLost, doing + ": the transaction was aborted");
    return Failure(result, doing);
  }

  Error CommitFailure(rd_kafka_error_s* error) {
    const std::string doing = "committing";
    const int result = rd_kafka_error_code(error);
    Error cause = rd_kafka_error_is_fatal(error) || IsFenced(result)
                      ? Diagnose(result, doing)
                      : Failure(result, doing, rd_kafka_error_string(error));
    if (IsFenced(result)) fenced_ = true;
    if (!rd_kafka_error_txn_requires_abort(error)) return cause;
    // librdkafka asks for it only while the coordinator has not decided to commit.
    commit_sent_ = false;
    if (const std::optional<Error> failure = in_flight_.failure()) cause = *failure;
    Abort(kAbortMs);
    return cause;
  }

  Error InitFailure(rd_kafka_error_s* error, const std::string& doing) {
    const rd_kafka_resp_err_t result = rd_kafka_error_code(error);
    fenced_ = IsFenced(result);
    Error failure = Failure(result, doing, rd_kafka_error_string(error));
    std::string hint;
    if (result == RD_KAFKA_RESP_ERR_INVALID_TRANSACTION_TIMEOUT) {
      hint = "; `delivery.transaction_timeout` is above the broker's transaction.max.timeout.ms";
    } else if (failure.code() == ErrorCode::kSinkRejected) {
      hint = "; where transactions are not allowed, `delivery at_least_once;` does without them";
    }
    return Error(failure.code(), failure.message() + hint);
  }

  const KafkaSettings& settings_;
  const std::atomic<bool>& interrupted_;
  InFlightBatches in_flight_;
  std::unique_ptr<Client> client_;
  TopicPtr state_topic_;
  std::vector<LaneTopic> topics_;
  bool in_transaction_ = false;
  bool commit_sent_ = false;
  bool fenced_ = false;
  Window window_;
};

}  // namespace

Result<std::unique_ptr<Producer>> MakeProducer(const KafkaSettings& settings, const std::atomic<bool>& interrupted) {
  auto producer = std::make_unique<LaneProducer>(settings, interrupted);
  RETURN_IF_ERROR(producer->Connect());
  return std::unique_ptr<Producer>(std::move(producer));
}

}  // namespace cdc::sinks::kafka
