#include <utility>

#include "stdlib/catalog/entries.h"

namespace cdc::catalog {
SettingDef RetryGroup(int64_t give_up_ms) {
  return {.name = "retry",
          .shape = Shape::kGroup,
          .doc = "back-off with jitter; after `give_up` the pipe fails",
          .members = {
              {.name = "first",
               .type = ValueType::kDuration,
               .fallback = MillisecondsValue(100),
               .min = 1,
               .doc = "the first wait"},
              {.name = "max",
               .type = ValueType::kDuration,
               .fallback = MillisecondsValue(30 * kSecond),
               .min = 1,
               .doc = "the longest wait"},
              {.name = "give_up",
               .type = ValueType::kDuration,
               .words = {"never"},
               .fallback = MillisecondsValue(give_up_ms),
               .min = 1,
               .doc = "how long to try without progress"},
          }};
}

SettingDef RestartGroup() {
  return {.name = "restart",
          .shape = Shape::kGroup,
          .doc = "budget of restarts for all other faults",
          .members = {
              {.name = "times",
               .type = ValueType::kInt,
               .words = {"unlimited"},
               .fallback = IntValue(3),
               .min = 0,
               .max = 1'000'000,
               .doc = "restarts within `within`; 0 is none",
               .only_fallback = true},
              {.name = "within",
               .type = ValueType::kDuration,
               .fallback = MillisecondsValue(10 * kMinute),
               .min = 1,
               .doc = "the span in which restarts are counted",
               .only_fallback = true},
          }};
}

SettingDef StartVariant(std::vector<std::string> words, const std::string& fallback) {
  return {.name = "start",
          .shape = Shape::kVariant,
          .words = std::move(words),
          .fallback = WordValue(fallback),
          .doc = "the first position when nothing is saved",
          .members = {
              {.name = "name",
               .type = ValueType::kString,
               .required = true,
               .doc = "the log file's name",
               .only_in = {"file"}},
              {.name = "position",
               .type = ValueType::kInt,
               .fallback = IntValue(4),
               .min = 4,
               .doc = "byte position in the file",
               .only_in = {"file"}},
              {.name = "gtid_set",
               .type = ValueType::kString,
               .required = true,
               .doc = "what was already read",
               .only_in = {"gtid"}},
              {.name = "at",
               .type = ValueType::kInstant,
               .required = true,
               .doc = "the first transaction committed then or later (RFC 3339)",
               .only_in = {"time"}},
          }};
}

SettingDef TlsVariant(TlsAbilities abilities) {
  const std::vector<std::string> encrypted = {"verify_identity", "verify_ca", "trust_any"};
  return {.name = "tls",
          .shape = Shape::kVariant,
          .words = {"off", "verify_identity", "verify_ca", "trust_any"},
          .fallback = WordValue("off"),
          .doc = "encryption, and what is checked",
          .members =
              {
                  {.name = "ca",
                   .type = ValueType::kPath,
                   .doc = "PEM file of authorities; default: the system's store",
                   .only_in = {"verify_identity", "verify_ca"}},
                  {.name = "certificate",
                   .type = ValueType::kPath,
                   .doc = "PEM file of our certificate",
                   .only_in = encrypted},
                  {.name = "private_key", .type = ValueType::kPath, .doc = "PEM file of our key", .only_in = encrypted},
                  {.name = "private_key_password",
                   .type = ValueType::kSecret,
                   .doc = "password of `private_key`",
                   .only_in = encrypted},
                  {.name = "server_name",
                   .type = ValueType::kString,
                   .doc = "name to check; default: the host",
                   .only_in = encrypted,
                   .later = !abilities.server_name},
                  {.name = "min_version",
                   .words = {"tls1_2", "tls1_3"},
                   .fallback = WordValue("tls1_2"),
                   .doc = "the oldest version accepted",
                   .only_in = encrypted,
                   .later_words = abilities.only_1_3 ? std::vector<std::string>() : std::vector<std::string>{"tls1_3"}},
              },
          .word_of_block = "verify_identity"};
}

std::vector<SettingDef> NotifierSettings() {
  return {
      {.name = "mute",
       .type = ValueType::kDuration,
       .fallback = MillisecondsValue(5 * kMinute),
       .min = 0,
       .doc = "silence before the same alert is told again"},
      {.name = "restore", .type = ValueType::kBool, .fallback = BoolValue(true), .doc = "a message when it clears"},
  };
}

std::vector<SettingDef> RegistrySettings() {
  return {
      {.name = "registry", .type = ValueType::kName, .required = true, .doc = "the declared registry of its schemas"},
      {.name = "names",
       .words = {"none", "avro", "avro_unicode"},
       .fallback = WordValue("avro"),
       .doc = "how names become names of Avro"},
  };
}

std::vector<SettingDef> RowSettings() {
  return {
      {.name = "op_field",
       .type = ValueType::kString,
       .words = {"none"},
       .fallback = TextValue("__op"),
       .doc = "the field that says what happened to the row"},
      {.name = "time_field",
       .type = ValueType::kString,
       .words = {"none"},
       .fallback = TextValue("__ts"),
       .doc = "the field that says when"},
      {.name = "deletes",
       .words = {"row", "tombstone"},
       .fallback = WordValue("row"),
       .doc = "what a deleted row becomes"},
  };
}

KindDef RowFormat(std::string name, std::string doc) {
  KindDef kind{.holder = Holder::kFormat,
               .name = std::move(name),
               .doc = std::move(doc),
               .built = false,
               .settings = FormatSettings(false),
               .needs_registry = true,
               .is_text = false};
  for (SettingDef& setting : RegistrySettings()) kind.settings.push_back(std::move(setting));
  for (SettingDef& setting : RowSettings()) kind.settings.push_back(std::move(setting));
  return kind;
}

std::vector<SettingDef> FormatSettings(bool zones) {
  return {
      {.name = "zone",
       .type = ValueType::kZone,
       .fallback = TextValue("UTC"),
       .doc = "zone in which instants are written as local text",
       .only_fallback = !zones},
      {.name = "clock",
       .words = {"commit", "processing"},
       .fallback = WordValue("commit"),
       .doc = "what fields of processing time carry: the time of the commit, or the machine's when the record is made, "
              "which a log that is read again does not repeat"},
  };
}

}  // namespace cdc::catalog
