#include "stdlib/catalog/entries.h"

namespace cdc::catalog {
namespace {

constexpr int64_t kSecond = 1000;
constexpr int64_t kMinute = 60 * kSecond;
constexpr int64_t kKiB = 1024;
constexpr int64_t kMiB = 1024 * kKiB;
constexpr int64_t kIntMax = 2'147'483'647;

SettingDef Auth() {
  const std::vector<std::string> passwords = {"plain", "scram_sha_256", "scram_sha_512"};
  return {
      .name = "auth", .shape = Shape::kVariant,
      .words = {"none", "plain", "scram_sha_256", "scram_sha_512", "gssapi", "oauthbearer", "delegation_token"},
      .fallback = WordValue("none"), .doc = "SASL",
      .members = {
          {.name = "user", .type = ValueType::kTemplate, .required = true, .doc = "account", .only_in = passwords},
          {.name = "password", .type = ValueType::kSecret, .required = true, .doc = "password of `user`",
           .only_in = passwords},
          {.name = "service", .type = ValueType::kString, .fallback = TextValue("kafka"), .doc = "Kerberos service",
           .only_in = {"gssapi"}},
          {.name = "principal", .type = ValueType::kString, .required = true, .doc = "Kerberos principal",
           .only_in = {"gssapi"}},
          {.name = "keytab", .type = ValueType::kPath, .required = true, .doc = "its keytab", .only_in = {"gssapi"}},
          {.name = "token_url", .type = ValueType::kString, .required = true, .doc = "where tokens come from",
           .only_in = {"oauthbearer"}},
          {.name = "client_id", .type = ValueType::kTemplate, .required = true, .doc = "OAuth client",
           .only_in = {"oauthbearer"}},
          {.name = "client_secret", .type = ValueType::kSecret, .required = true, .doc = "its secret",
           .only_in = {"oauthbearer"}},
          {.name = "scope", .type = ValueType::kString, .doc = "OAuth scope", .only_in = {"oauthbearer"}},
          {.name = "token_id", .type = ValueType::kString, .required = true, .doc = "delegation token",
           .only_in = {"delegation_token"}},
          {.name = "hmac", .type = ValueType::kSecret, .required = true, .doc = "its HMAC",
           .only_in = {"delegation_token"}},
      },
      .later_words = {"gssapi", "oauthbearer", "delegation_token"}};
}

SettingDef Delivery() {
  return {
      .name = "delivery", .shape = Shape::kVariant, .words = {"exactly_once", "at_least_once"},
      .fallback = WordValue("exactly_once"), .doc = "what a restart may do to records; never falls back",
      .members = {
          {.name = "transactional_id", .type = ValueType::kTemplate,
           .doc = "the lane's number is appended; default: from program and pipe", .only_in = {"exactly_once"}},
          {.name = "commit_every", .type = ValueType::kDuration, .fallback = MillisecondsValue(100), .min = 5,
           .max = 10 * kSecond, .doc = "longest time between commits under light load"},
          {.name = "transaction_max", .type = ValueType::kSize, .fallback = BytesValue(256 * kMiB), .min = 64 * kKiB,
           .max = 64 * 1024 * kMiB, .doc = "bytes after which a transaction is committed",
           .only_in = {"exactly_once"}},
          {.name = "transaction_timeout", .type = ValueType::kDuration, .fallback = MillisecondsValue(2 * kMinute),
           .min = kSecond, .max = 15 * kMinute, .doc = "at most the broker's maximum", .only_in = {"exactly_once"}},
      }};
}

SettingDef Topics() {
  return {
      .name = "topics", .shape = Shape::kGroup, .doc = "topics: creation and checks",
      .members = {
          {.name = "auto_create", .type = ValueType::kBool, .fallback = BoolValue(false),
           .doc = "missing topics are created, by us"},
          {.name = "partitions", .type = ValueType::kInt, .fallback = IntValue(1), .min = 1, .max = kIntMax,
           .doc = "of a created topic"},
          {.name = "partitions_without_key", .type = ValueType::kInt, .min = 1, .max = kIntMax,
           .doc = "of a created topic whose table has no key", .later = true},
          {.name = "replication", .type = ValueType::kInt, .words = {"broker"}, .fallback = WordValue("broker"),
           .min = 1, .max = 32'767, .doc = "of a created topic"},
          {.name = "retention", .type = ValueType::kDuration, .words = {"forever", "broker"},
           .fallback = WordValue("broker"), .min = 1, .doc = "of a created topic"},
          {.name = "cleanup", .words = {"deletion", "compaction", "both", "broker"},
           .fallback = WordValue("broker"), .doc = "of a created topic"},
          {.name = "config", .shape = Shape::kNames, .type = ValueType::kString,
           .doc = "any other setting of a created topic, by Kafka's name"},
          {.name = "existing", .words = {"append", "error"}, .fallback = WordValue("append"),
           .doc = "a topic with records at the very first start"},
          {.name = "on_partition_change", .shape = Shape::kVariant, .words = {"stop", "warn", "follow"},
           .fallback = WordValue("stop"), .doc = "when a topic's partitions are not as many as were saved"},
      }};
}

SettingDef Oversize() {
  return {
      .name = "oversize", .shape = Shape::kVariant, .words = {"fail", "key_only", "truncate", "split", "claim_check"},
      .fallback = WordValue("fail"), .doc = "what to try with a record above `record_max`",
      .members = {
          {.name = "columns", .shape = Shape::kList, .type = ValueType::kString, .required = true,
           .doc = "columns to cut", .only_in = {"truncate"}},
          {.name = "url", .type = ValueType::kTemplate, .required = true, .doc = "where the record is put",
           .only_in = {"claim_check"}},
          {.name = "user", .type = ValueType::kString, .doc = "account there", .only_in = {"claim_check"}},
          {.name = "password", .type = ValueType::kSecret, .doc = "its password", .only_in = {"claim_check"}},
      },
      .later_words = {"key_only", "truncate", "split", "claim_check"}};
}

}  // namespace

KindDef SinkKafka() {
  return {
      .holder = Holder::kSink, .name = "kafka", .doc = "Kafka, exactly once by default",
      .settings = {
          {.name = "brokers", .shape = Shape::kList, .type = ValueType::kTemplate, .required = true,
           .doc = "`host:port` of some brokers"},
          {.name = "client_id", .type = ValueType::kTemplate, .doc = "our name at the broker; default: from the pipe"},
          TlsVariant(false), RetryGroup(), RestartGroup(), Auth(), Delivery(),
          {.name = "lanes", .type = ValueType::kInt, .words = {"auto"}, .fallback = IntValue(1), .min = 1, .max = 64,
           .doc = "producers side by side", .only_fallback = true},
          {.name = "state_topic", .type = ValueType::kTemplate, .fallback = TextValue("_pipewright"),
           .doc = "where positions are saved"},
          {.name = "state_replication", .type = ValueType::kInt, .words = {"broker"}, .min = 1, .max = 32'767,
           .doc = "of the state topic; default: as `topics.replication`"},
          {.name = "compression", .words = {"none", "gzip", "snappy", "lz4", "zstd"}, .fallback = WordValue("lz4"),
           .doc = "codec of record batches"},
          {.name = "linger", .type = ValueType::kDuration, .fallback = MillisecondsValue(5), .min = 0,
           .max = kSecond, .doc = "how long a batch waits for more"},
          {.name = "batch", .type = ValueType::kSize, .fallback = BytesValue(kMiB), .min = kKiB, .max = 512 * kMiB,
           .doc = "bytes of a batch per partition"},
          {.name = "record_max", .type = ValueType::kSize, .fallback = BytesValue(kMiB), .min = kKiB,
           .max = 512 * kMiB, .doc = "key, value and headers, before compression"},
          Oversize(), Topics(),
          {.name = "version", .type = ValueType::kString, .doc = "oldest broker expected", .later = true},
          {.name = "client", .shape = Shape::kNames, .type = ValueType::kScalar,
           .doc = "properties of librdkafka, passed through"},
      }};
}

}  // namespace cdc::catalog
