#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "runtime/sinks/kafka/handles.h"
#include "runtime/sinks/kafka/properties.h"
#include "stdlib/core/result.h"

namespace cdc::sinks::kafka {

enum class ClientKind { kProducer, kConsumer };

// Receives what a producer's client has to say about its messages, on the client's own thread.
class DeliveryListener {
 public:
  virtual ~DeliveryListener() = default;
  // `reports` is an event of delivery reports; its messages are still counted by librdkafka.
  virtual void OnReports(Event* reports) = 0;
  // The reports have been given back: librdkafka counts and reads their messages no more.
  virtual void OnReportsReleased() = 0;
};

// One connection to the cluster. A thread of its own serves delivery reports and errors, so that a full queue
// or a flush never waits for the thread that fills it; librdkafka's log goes to ours.
class Client {
 public:
  // `listener` may be null; it outlives the client. Errors: kConfig, a property that librdkafka refuses.
  static Result<std::unique_ptr<Client>> Make(ClientKind kind, const Properties& properties, const std::string& address,
                                              DeliveryListener* listener);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  rd_kafka_s* handle() const { return handle_.get(); }

  // A refused login or certificate since the client was made: nothing will work. Threads: any.
  std::optional<Error> Refusal() const;
  // Whether no broker could be connected to, at some time since the client was made. Threads: any.
  bool brokers_were_down() const { return brokers_were_down_; }
  // Turns "no answer in time" into an error that says where and why: "cannot reach Kafka at `a:9092`: …".
  Error Unreachable(const std::string& doing) const;

 private:
  Client(std::string address, DeliveryListener* listener) : address_(std::move(address)), listener_(listener) {}
  void Serve();
  void NoteError(Event* event);

  const std::string address_;
  DeliveryListener* const listener_;
  ClientPtr handle_;
  QueuePtr queue_;
  std::atomic<bool> stop_{false};
  std::atomic<bool> brokers_were_down_{false};
  std::thread thread_;

  mutable std::mutex mutex_;
  std::string refusal_;
  std::string last_words_;
};

}  // namespace cdc::sinks::kafka
