#include "runtime/sinks/kafka/client.h"

#include <librdkafka/rdkafka.h>
#include <spdlog/spdlog.h>

#include <utility>

namespace cdc::sinks::kafka {
namespace {

constexpr int kServeMs = 200;
constexpr int kSyslogError = 3;

void Log(const rd_kafka_t* client, int level, const char* facility, const char* text) {
  const auto severity = level <= kSyslogError ? spdlog::level::warn : spdlog::level::debug;
  spdlog::log(severity, "{}: {}: {}", rd_kafka_name(client), facility, text);
}

struct DestroyConf {
  void operator()(rd_kafka_conf_t* conf) const { rd_kafka_conf_destroy(conf); }
};

bool IsSecret(const std::string& property) { return property.find("password") != std::string::npos; }

}  // namespace

Result<std::unique_ptr<Client>> Client::Make(ClientKind kind, const Properties& properties, const std::string& address,
                                             DeliveryListener* listener) {
  std::unique_ptr<rd_kafka_conf_t, DestroyConf> conf(rd_kafka_conf_new());
  char words[512];
  for (const auto& [name, value] : properties) {
    if (rd_kafka_conf_set(conf.get(), name.c_str(), value.c_str(), words, sizeof(words)) != RD_KAFKA_CONF_OK) {
      return Error(ErrorCode::kConfig,
                   "Kafka client property `" + name + "`: " + (IsSecret(name) ? "refused by librdkafka" : words));
    }
  }
  rd_kafka_conf_set_log_cb(conf.get(), Log);
  rd_kafka_conf_set_events(conf.get(), RD_KAFKA_EVENT_ERROR | (listener != nullptr ? RD_KAFKA_EVENT_DR : 0));
  std::unique_ptr<Client> client(new Client(address, listener));
  const auto type = kind == ClientKind::kProducer ? RD_KAFKA_PRODUCER : RD_KAFKA_CONSUMER;
  client->handle_.reset(rd_kafka_new(type, conf.get(), words, sizeof(words)));
  if (client->handle_ == nullptr) return Error(ErrorCode::kConfig, std::string("cannot make a Kafka client: ") + words);
  conf.release();  // owned by the client from here on
  client->queue_.reset(rd_kafka_queue_get_main(client->handle_.get()));
  client->thread_ = std::thread([raw = client.get()] { raw->Serve(); });
  return client;
}

Client::~Client() {
  if (handle_ == nullptr) return;
  // What is still queued comes back now, as failed, instead of holding the destruction up.
  rd_kafka_purge(handle_.get(), RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT | RD_KAFKA_PURGE_F_NON_BLOCKING);
  stop_ = true;
  if (queue_ != nullptr) rd_kafka_queue_yield(queue_.get());
  if (thread_.joinable()) thread_.join();
  queue_.reset();
  handle_.reset();
}

void Client::Serve() {
  while (!stop_) {
    EventPtr event(rd_kafka_queue_poll(queue_.get(), kServeMs));
    if (event == nullptr) continue;
    switch (rd_kafka_event_type(event.get())) {
      case RD_KAFKA_EVENT_DR:
        listener_->OnReports(event.get());
        event.reset();
        listener_->OnReportsReleased();
        break;
      case RD_KAFKA_EVENT_ERROR:
        NoteError(event.get());
        break;
      default:
        break;
    }
  }
}

void Client::NoteError(Event* event) {
  const rd_kafka_resp_err_t result = rd_kafka_event_error(event);
  const std::string words = rd_kafka_event_error_string(event);
  const std::lock_guard lock(mutex_);
  switch (result) {
    case RD_KAFKA_RESP_ERR__AUTHENTICATION:
      refusal_ = words;
      break;
    case RD_KAFKA_RESP_ERR__SSL:
      // A broker that dies during the handshake is an SSL error too; a refusal names a certificate or sends
      // an alert.
      if (words.find("certificate") != std::string::npos || words.find("alert") != std::string::npos) refusal_ = words;
      last_words_ = words;
      break;
    case RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN:
      brokers_were_down_ = true;
      break;
    case RD_KAFKA_RESP_ERR__FATAL:
      break;
    default:
      last_words_ = words;
  }
}

std::optional<Error> Client::Refusal() const {
  const std::lock_guard lock(mutex_);
  if (refusal_.empty()) return std::nullopt;
  return Error(ErrorCode::kCredentials, "Kafka at `" + address_ + "` refused the connection: " + refusal_);
}

Error Client::Unreachable(const std::string& doing) const {
  const std::lock_guard lock(mutex_);
  return Error(ErrorCode::kSinkLost, doing + ": no answer from Kafka at `" + address_ + "`" +
                                         (last_words_.empty() ? "" : ": " + last_words_));
}

}  // namespace cdc::sinks::kafka
