#include "stdlib/catalog/entries.h"

namespace cdc::catalog {
namespace {

constexpr int64_t kSecond = 1000;
constexpr int64_t kMinute = 60 * kSecond;
constexpr int64_t kMiB = 1024 * 1024;

SettingDef Snapshot() {
  return {
      .name = "snapshot", .shape = Shape::kVariant, .words = {"initial", "none", "only"},
      .fallback = WordValue("initial"), .doc = "the first load; `only` ends the run after it",
      .members = {
          {.name = "parallel", .type = ValueType::kInt, .fallback = IntValue(1), .min = 1, .max = 64,
           .doc = "reader connections", .only_in = {"initial", "only"}, .only_fallback = true},
          {.name = "chunk_rows", .type = ValueType::kInt, .fallback = IntValue(50'000), .min = 1, .max = 10'000'000,
           .doc = "rows of a chunk, unless `chunk_bytes` comes first", .only_in = {"initial", "only"}},
          {.name = "chunk_bytes", .type = ValueType::kSize, .fallback = BytesValue(8 * kMiB), .min = 1024,
           .max = 1024 * kMiB, .doc = "bytes of a chunk, unless `chunk_rows` comes first",
           .only_in = {"initial", "only"}},
          {.name = "rows_per_second", .type = ValueType::kInt, .words = {"unlimited"},
           .fallback = WordValue("unlimited"), .min = 1, .doc = "rate limit over all readers",
           .only_in = {"initial", "only"}, .only_fallback = true},
          {.name = "bytes_per_second", .type = ValueType::kSize, .words = {"unlimited"},
           .fallback = WordValue("unlimited"), .min = 1, .doc = "rate limit over all readers",
           .only_in = {"initial", "only"}, .only_fallback = true},
          {.name = "max_threads_running", .type = ValueType::kInt, .min = 1,
           .doc = "wait while the server runs more threads", .only_in = {"initial", "only"}, .later = true},
          {.name = "max_replica_lag", .type = ValueType::kDuration, .min = 1,
           .doc = "wait while a replica is further behind", .only_in = {"initial", "only"}, .later = true},
      }};
}

SettingDef Start() {
  return {
      .name = "start", .shape = Shape::kVariant, .words = {"now", "earliest", "file", "gtid", "time"},
      .fallback = WordValue("now"), .doc = "the first position when nothing is saved",
      .members = {
          {.name = "name", .type = ValueType::kString, .required = true, .doc = "the log file's name",
           .only_in = {"file"}},
          {.name = "position", .type = ValueType::kInt, .fallback = IntValue(4), .min = 4,
           .doc = "byte position in the file", .only_in = {"file"}},
          {.name = "gtid_set", .type = ValueType::kString, .required = true, .doc = "what was already read",
           .only_in = {"gtid"}},
          {.name = "at", .type = ValueType::kString, .required = true, .doc = "RFC 3339", .only_in = {"time"}},
      },
      .later_words = {"time"}};
}

SettingDef ReadLimit() {
  return {.name = "read_limit", .shape = Shape::kGroup, .doc = "rate limit of the stream",
          .members = {
              {.name = "rows_per_second", .type = ValueType::kInt, .words = {"unlimited"},
               .fallback = WordValue("unlimited"), .min = 1, .doc = "rows", .only_fallback = true},
              {.name = "bytes_per_second", .type = ValueType::kSize, .words = {"unlimited"},
               .fallback = WordValue("unlimited"), .min = 1, .doc = "bytes", .only_fallback = true},
          }};
}

}  // namespace

KindDef SourceMysql() {
  return {
      .holder = Holder::kSource, .name = "mysql", .doc = "MySQL 8.0 to 9.7, MariaDB 10.11: the server's binlog",
      .settings = {
          {.name = "address", .type = ValueType::kTemplate, .required = true,
           .doc = "`host[:3306]`, `[v6]:port`, or the path of a socket"},
          {.name = "failover", .shape = Shape::kList, .type = ValueType::kTemplate,
           .doc = "further addresses of the same data, tried in order", .later = true},
          {.name = "user", .type = ValueType::kTemplate, .required = true, .doc = "account"},
          {.name = "password", .type = ValueType::kSecret, .doc = "password of `user`; default: empty"},
          {.name = "server_id", .type = ValueType::kInt, .min = 1, .max = 4'294'967'295,
           .doc = "replica id of the source's first pipe; the n-th uses `server_id + n`; default: from the names"},
          TlsVariant(true), RetryGroup(), RestartGroup(),
          {.name = "connect_timeout", .type = ValueType::kDuration, .fallback = MillisecondsValue(10 * kSecond),
           .min = kSecond, .max = 10 * kMinute, .doc = "how long connecting may take"},
          {.name = "heartbeat", .type = ValueType::kDuration, .fallback = MillisecondsValue(10 * kSecond),
           .min = kSecond, .max = 10 * kMinute, .doc = "silence of three heartbeats is a lost connection"},
          Snapshot(), Start(),
          {.name = "on_gap", .shape = Shape::kVariant, .words = {"refuse", "resnapshot", "accept"},
           .fallback = WordValue("refuse"), .doc = "when the saved position is purged or diverged",
           .later_words = {"resnapshot", "accept"}},
          ReadLimit(),
          {.name = "zone", .type = ValueType::kZone, .doc = "zone in which the server shows TIMESTAMP",
           .later = true},
          {.name = "retention_min", .type = ValueType::kDuration, .doc = "preflight warns below it", .later = true},
          {.name = "charset", .type = ValueType::kString, .doc = "for columns declared with a wrong charset",
           .later = true},
      }};
}

}  // namespace cdc::catalog
