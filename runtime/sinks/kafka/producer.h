#pragma once

// The producing half of a Kafka sink: messages go to librdkafka without copying values, and a batch is free
// again when its last message has been reported.
//
// Order: a batch is cut into windows; within one, messages are brought together by topic and partition, which
// keeps their order there, and each run is handed over in one call. librdkafka's queue is never allowed to be
// full: what is in it is counted here too, never lower than there, so nothing is refused half-way.

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "runtime/record/message_batch.h"
#include "runtime/sinks/kafka/client.h"
#include "runtime/sinks/kafka/topics.h"

namespace cdc::sinks::kafka {

class Producer {
 public:
  virtual ~Producer() = default;

  // Takes ownership of the transactional id: fences an older producer, ends what it left open.
  // Errors: kSinkLost, kCredentials, kSinkRejected (refused id or time-out; the message names the setting).
  virtual Status InitTransactions() = 0;

  // Queues a batch, beginning a transaction if none is open; blocks while the queue is full.
  // Errors: kSinkLost, kSinkRejected, kRow (a record above its topic's limit: nothing of the batch was
  // queued).
  virtual Status Write(std::unique_ptr<MessageBatch> batch, Topics* topics) = 0;
  // Queues one small record, copied. `value` empty: a deletion.
  virtual Status WriteState(const std::string& topic, int32_t partition, std::string_view key,
                            std::string_view value) = 0;
  // Commits the open transaction, if there is one. Errors as Write; kSinkLost also when the result is in
  // doubt.
  virtual Status Commit() = 0;
  // Waits until everything queued is acknowledged. For producers without transactions. Errors as Write.
  virtual Status Flush() = 0;

  // Whether the last error was that another producer took the transactional id, or that ours timed out.
  virtual bool fenced() const = 0;
  virtual std::unique_ptr<MessageBatch> Recycle() = 0;
  // Ends the producer: aborts an open transaction where that can still be done, and forgets what is queued.
  // Every batch can be recycled afterwards. Nothing else may be called then.
  virtual void End() = 0;
};

// `interrupted` outlives it. Errors: kConfig.
Result<std::unique_ptr<Producer>> MakeProducer(const KafkaSettings& settings, const std::atomic<bool>& interrupted);

}  // namespace cdc::sinks::kafka
