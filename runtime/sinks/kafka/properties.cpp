#include "runtime/sinks/kafka/properties.h"

#include <algorithm>
#include <filesystem>
#include <string_view>

#include "stdlib/catalog/catalog.h"
#include "stdlib/core/address.h"

namespace cdc::sinks::kafka {
namespace {

constexpr int64_t kMiB = 1 << 20;
constexpr int64_t kQueueBytes = 16 * kMiB;
constexpr int64_t kQueueMessages = 50'000;
constexpr int64_t kRequestOverheadBytes = 64 * 1024;

Error ConfigError(const SinkContext& context, const std::string& what) {
  return Error(ErrorCode::kConfig, "sink `" + context.name + "`: " + what);
}

bool IsSet(const catalog::Settings& settings, std::string_view name) {
  const catalog::SettingValue* value = settings.Find(name);
  if (value == nullptr || value->kind == catalog::SettingKind::kNone) return false;
  return value->kind == catalog::SettingKind::kInt || value->kind == catalog::SettingKind::kBool ||
         value->kind == catalog::SettingKind::kDuration || value->kind == catalog::SettingKind::kSize ||
         value->kind == catalog::SettingKind::kList || !value->text.empty();
}

std::string Path(const SinkContext& context, const std::string& path) {
  if (path.empty() || path.front() == '/' || context.project_root.empty()) return path;
  return (std::filesystem::path(context.project_root) / path).string();
}

const std::string* SecretOf(const SinkContext& context, const std::string& name) {
  const auto secret = context.secrets.find(name);
  return secret == context.secrets.end() ? nullptr : &secret->second;
}

Status RefuseUnbuilt(const SinkContext& context) {
  const catalog::Settings& settings = context.settings;
  if (settings.Text("lanes") == "auto" || settings.Number("lanes", 1) > 1) {
    return ConfigError(context, "`lanes` other than 1 is not built yet [PIPE010]");
  }
  if (IsSet(settings, "oversize") && !settings.Is("oversize", "fail")) {
    return ConfigError(context, "`oversize " + settings.Text("oversize") + "` is not built yet [PIPE010]");
  }
  if (IsSet(settings, "version")) return ConfigError(context, "`version` is not built yet [PIPE010]");
  if (IsSet(settings, "topics.partitions_without_key") &&
      settings.Number("topics.partitions_without_key") != settings.Number("topics.partitions", 1)) {
    return ConfigError(context, "`topics.partitions_without_key` is not built yet [PIPE010]");
  }
  return OkStatus();
}

Status AddTls(const SinkContext& context, bool* encrypted, Properties* properties) {
  const catalog::Settings& settings = context.settings;
  const std::string tls = settings.Text("tls", "off");
  *encrypted = tls != "off" && !tls.empty();
  if (!*encrypted) return OkStatus();
  if (IsSet(settings, "tls.server_name")) {
    return ConfigError(context, "`tls.server_name` cannot be set for Kafka: librdkafka checks the broker's own name");
  }
  if (settings.Is("tls.min_version", "tls1_3")) {
    return ConfigError(context, "`tls.min_version = tls1_3` is not built yet for Kafka [PIPE010]");
  }
  properties->emplace_back("enable.ssl.certificate.verification", tls == "trust_any" ? "false" : "true");
  properties->emplace_back("ssl.endpoint.identification.algorithm", tls == "verify_identity" ? "https" : "none");
  const std::pair<const char*, const char*> paths[] = {{"tls.ca", "ssl.ca.location"},
                                                       {"tls.certificate", "ssl.certificate.location"},
                                                       {"tls.private_key", "ssl.key.location"}};
  for (const auto& [setting, property] : paths) {
    if (IsSet(settings, setting)) properties->emplace_back(property, Path(context, settings.Text(setting)));
  }
  if (const std::string* password = SecretOf(context, "tls.private_key_password")) {
    properties->emplace_back("ssl.key.password", *password);
  }
  return OkStatus();
}

Status AddSecurity(const SinkContext& context, Properties* properties) {
  const catalog::Settings& settings = context.settings;
  bool encrypted = false;
  RETURN_IF_ERROR(AddTls(context, &encrypted, properties));
  const std::string auth = settings.Text("auth", "none");
  const bool sasl = auth != "none" && !auth.empty();
  properties->emplace_back("security.protocol",
                           sasl ? (encrypted ? "sasl_ssl" : "sasl_plaintext") : (encrypted ? "ssl" : "plaintext"));
  if (!sasl) return OkStatus();
  const std::pair<const char*, const char*> mechanisms[] = {
      {"plain", "PLAIN"}, {"scram_sha_256", "SCRAM-SHA-256"}, {"scram_sha_512", "SCRAM-SHA-512"}};
  const auto* mechanism = std::find_if(std::begin(mechanisms), std::end(mechanisms),
                                       [&](const auto& known) { return auth == known.first; });
  if (mechanism == std::end(mechanisms)) {
    return ConfigError(context, "`auth " + auth + "` is not built yet [PIPE010]");
  }
  const std::string* password = SecretOf(context, "auth.password");
  if (password == nullptr) return ConfigError(context, "`auth.password` has no value");
  properties->emplace_back("sasl.mechanism", mechanism->second);
  properties->emplace_back("sasl.username", settings.Text("auth.user"));
  properties->emplace_back("sasl.password", *password);
  return OkStatus();
}

Status AddPassedThrough(const SinkContext& context, Properties* properties) {
  static constexpr std::string_view kPrefix = "client.";
  for (const auto& [name, value] : context.settings.all()) {
    if (name.rfind(kPrefix, 0) != 0) continue;
    const std::string property = name.substr(kPrefix.size());
    if (catalog::IsDecidedClientProperty(property)) {
      return ConfigError(context, "`client` may not set `" + property + "`: it follows from the sink's other settings");
    }
    switch (value.kind) {
      case catalog::SettingKind::kString:
      case catalog::SettingKind::kWord:
        properties->emplace_back(property, value.text);
        break;
      case catalog::SettingKind::kBool:
        properties->emplace_back(property, value.number != 0 ? "true" : "false");
        break;
      default:
        properties->emplace_back(property, std::to_string(value.number));
    }
  }
  return OkStatus();
}

void AddProducer(const SinkContext& context, KafkaSettings* out) {
  const catalog::Settings& settings = context.settings;
  // A message larger than the whole queue would be refused for ever.
  const int64_t queue = std::max(kQueueBytes, (2 * (out->record_bytes_max + kRequestOverheadBytes) / 1024 + 1) * 1024);
  out->queue_bytes_max = static_cast<size_t>(queue);
  out->queue_messages_max = kQueueMessages;
  const int64_t message = std::max(out->record_bytes_max, out->batch_bytes) + kRequestOverheadBytes;
  Properties& properties = out->producer;
  properties = out->connection;
  properties.emplace_back("enable.idempotence", "true");
  properties.emplace_back("acks", "all");
  properties.emplace_back("compression.codec", settings.Text("compression", "lz4"));
  properties.emplace_back("linger.ms", std::to_string(settings.Number("linger", 5)));
  properties.emplace_back("batch.size", std::to_string(out->batch_bytes));
  properties.emplace_back("message.max.bytes", std::to_string(message));
  properties.emplace_back("queue.buffering.max.kbytes", std::to_string(queue / 1024));
  properties.emplace_back("queue.buffering.max.messages", std::to_string(kQueueMessages));
  properties.emplace_back("message.timeout.ms", std::to_string(out->transaction_timeout_ms));
  if (out->exactly_once) {
    properties.emplace_back("transactional.id", out->transactional_id);
    properties.emplace_back("transaction.timeout.ms", std::to_string(out->transaction_timeout_ms));
  }
}

}  // namespace

Result<KafkaSettings> ReadSettings(const SinkContext& context) {
  const catalog::Settings& settings = context.settings;
  RETURN_IF_ERROR(RefuseUnbuilt(context));
  KafkaSettings out;
  for (const std::string& broker : settings.Texts("brokers")) {
    // The client takes a port modulo 65,536.
    const std::optional<Address> address = ReadAddress(broker);
    if (!address || !address->socket.empty()) {
      return ConfigError(context, "`" + broker + "` is no address for `brokers`; write host:port or [v6]:port");
    }
    out.address += (out.address.empty() ? "" : ",") + broker;
  }
  if (out.address.empty()) return ConfigError(context, "`brokers` is empty");
  out.connection.emplace_back("bootstrap.servers", out.address);
  out.connection.emplace_back("client.id", settings.Text("client_id", "pipewright-" + context.pipe));
  out.connection.emplace_back("allow.auto.create.topics", "false");
  out.connection.emplace_back("socket.keepalive.enable", "true");
  out.connection.emplace_back("reconnect.backoff.max.ms", "2000");
  out.connection.emplace_back("log.connection.close", "false");
  // Client telemetry makes the end of every connection wait for a last report, up to a second.
  out.connection.emplace_back("enable.metrics.push", "false");
  RETURN_IF_ERROR(AddSecurity(context, &out.connection));
  RETURN_IF_ERROR(AddPassedThrough(context, &out.connection));

  out.exactly_once = settings.Text("delivery", "exactly_once") != "at_least_once";
  const std::string id = settings.Text("delivery.transactional_id");
  // Sources of one pipe must not fence each other. No plain name has a period, so this is no other pipe's id.
  const std::string source = context.among_sources ? "." + context.source : "";
  out.transactional_id = (id.empty() ? "pipewright-" + context.program + "-" + context.pipe : id) + source + "-0";
  out.transaction_timeout_ms = settings.Number("delivery.transaction_timeout", 120'000);
  out.state_topic = settings.Text("state_topic", "_pipewright");
  const auto replication = static_cast<int32_t>(settings.Number("state_replication"));
  const auto topics_replication = static_cast<int32_t>(settings.Number("topics.replication"));
  out.state_replication = replication > 0 ? replication : topics_replication > 0 ? topics_replication : -1;
  out.record_bytes_max = settings.Number("record_max", kMiB);
  out.batch_bytes = settings.Number("batch", kMiB);
  AddProducer(context, &out);
  return out;
}

}  // namespace cdc::sinks::kafka
