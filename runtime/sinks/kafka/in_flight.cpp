#include "runtime/sinks/kafka/in_flight.h"

#include <librdkafka/rdkafka.h>

#include <chrono>
#include <string>

#include "runtime/sinks/kafka/failure.h"

namespace cdc::sinks::kafka {

InFlight* InFlightBatches::Add(std::unique_ptr<MessageBatch> batch) {
  const std::lock_guard lock(mutex_);
  if (batch->messages.empty()) {
    free_.push_back(std::move(batch));
    return nullptr;
  }
  if (idle_.empty()) {
    flights_.push_back(std::make_unique<InFlight>());
    idle_.push_back(flights_.back().get());
  }
  InFlight* flight = idle_.back();
  idle_.pop_back();
  flight->left = static_cast<int64_t>(batch->messages.size());
  flight->batch = std::move(batch);
  return flight;
}

void InFlightBatches::Queued(int64_t messages, size_t bytes) {
  const std::lock_guard lock(mutex_);
  queued_messages_ += messages;
  queued_bytes_ += static_cast<int64_t>(bytes);
}

bool InFlightBatches::WaitForRoom(int64_t messages, size_t bytes, int timeout_ms) {
  std::unique_lock lock(mutex_);
  return room_.wait_for(lock, std::chrono::milliseconds(timeout_ms), [&] {
    return queued_messages_ == 0 ||
           (queued_messages_ + messages <= messages_max_ && queued_bytes_ + static_cast<int64_t>(bytes) <= bytes_max_);
  });
}

std::unique_ptr<MessageBatch> InFlightBatches::Recycle() {
  const std::lock_guard lock(mutex_);
  if (free_.empty()) return nullptr;
  std::unique_ptr<MessageBatch> batch = std::move(free_.back());
  free_.pop_back();
  return batch;
}

void InFlightBatches::TakeBack() {
  const std::lock_guard lock(mutex_);
  for (const std::unique_ptr<InFlight>& flight : flights_) {
    if (flight->batch != nullptr) free_.push_back(std::move(flight->batch));
  }
}

std::optional<Error> InFlightBatches::failure() const {
  const std::lock_guard lock(mutex_);
  return failure_;
}

void InFlightBatches::OnReports(Event* reports) {
  released_messages_ = 0;
  released_bytes_ = 0;
  reported_.clear();
  while (const rd_kafka_message_t* message = rd_kafka_event_message_next(reports)) {
    ++released_messages_;
    released_bytes_ += static_cast<int64_t>(message->len + message->key_len);
    if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR) [[unlikely]]
      NoteFailure(*message);
    auto* flight = static_cast<InFlight*>(message->_private);
    if (flight == nullptr) continue;
    if (reported_.empty() || reported_.back().first != flight) reported_.emplace_back(flight, 0);
    ++reported_.back().second;
  }
}

void InFlightBatches::OnReportsReleased() {
  {
    const std::lock_guard lock(mutex_);
    queued_messages_ -= released_messages_;
    queued_bytes_ -= released_bytes_;
    for (const auto& [flight, count] : reported_) {
      if (flight->left.fetch_sub(count) == count) {
        free_.push_back(std::move(flight->batch));
        idle_.push_back(flight);
      }
    }
  }
  room_.notify_all();
}

void InFlightBatches::NoteFailure(const rd_kafka_message_t& message) {
  // Purged messages are ours: the producer was ended.
  if (message.err == RD_KAFKA_RESP_ERR__PURGE_QUEUE || message.err == RD_KAFKA_RESP_ERR__PURGE_INFLIGHT) return;
  const std::string where = std::string("writing to topic `") + rd_kafka_topic_name(message.rkt) + "` partition " +
                            std::to_string(message.partition);
  // Not rd_kafka_message_errstr(), which takes the payload of any failed message for an error text.
  const char* words = rd_kafka_message_produce_errstr(&message);
  Error failure = Failure(message.err, where, words == nullptr ? "" : words);
  const std::lock_guard lock(mutex_);
  if (failure_ && failure_->code() == ErrorCode::kSinkRejected) return;
  if (!failure_ || failure.code() == ErrorCode::kSinkRejected) failure_ = std::move(failure);
}

}  // namespace cdc::sinks::kafka
