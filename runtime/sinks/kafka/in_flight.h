#pragma once

// The batches inside librdkafka: how many of their messages are not reported yet, and how full its queue is.
// Counted down by the client's thread, so the thread that produces may wait for room without being needed for
// making it.

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "runtime/record/message_batch.h"
#include "runtime/sinks/kafka/client.h"

namespace cdc::sinks::kafka {

// A batch and the number of its messages that are not reported yet. Every message carries a pointer to it.
struct InFlight {
  std::atomic<int64_t> left{0};
  std::unique_ptr<MessageBatch> batch;
};

class InFlightBatches : public DeliveryListener {
 public:
  InFlightBatches(size_t queue_messages_max, size_t queue_bytes_max)
      : messages_max_(static_cast<int64_t>(queue_messages_max)), bytes_max_(static_cast<int64_t>(queue_bytes_max)) {}

  // Null: the batch has no messages and is free at once.
  // Lifetime: the result's batch stays until its last message is reported, or TakeBack().
  InFlight* Add(std::unique_ptr<MessageBatch> batch);

  // Counts messages that are about to be queued; before librdkafka does, so that the count here is never the
  // lower.
  void Queued(int64_t messages, size_t bytes);
  // Whether that many fit now, waiting up to `timeout_ms`. Anything fits into an empty queue.
  bool WaitForRoom(int64_t messages, size_t bytes, int timeout_ms);

  // A batch whose bytes are free again, or null.
  std::unique_ptr<MessageBatch> Recycle();
  // Frees every batch. Requires: the client is gone.
  void TakeBack();

  // The first delivery that failed; one that is final wins over one that could be tried again.
  std::optional<Error> failure() const;

  void OnReports(Event* reports) override;
  void OnReportsReleased() override;

 private:
  void NoteFailure(const rd_kafka_message_s& message);

  const int64_t messages_max_;
  const int64_t bytes_max_;

  // The client's thread only: what the event being served reports.
  int64_t released_messages_ = 0;
  int64_t released_bytes_ = 0;
  std::vector<std::pair<InFlight*, int64_t>> reported_;

  mutable std::mutex mutex_;
  std::condition_variable room_;
  int64_t queued_messages_ = 0;
  int64_t queued_bytes_ = 0;
  std::vector<std::unique_ptr<InFlight>> flights_;
  std::vector<InFlight*> idle_;
  std::vector<std::unique_ptr<MessageBatch>> free_;
  std::optional<Error> failure_;
};

}  // namespace cdc::sinks::kafka
