#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "runtime/sinks/kafka/properties.h"
#include "tests/unit/runtime/sinks/word.h"

namespace cdc::sinks::kafka {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

catalog::SettingValue Number(catalog::SettingKind kind, int64_t number) {
  catalog::SettingValue value;
  value.kind = kind;
  value.number = number;
  return value;
}

SinkContext Context() {
  SinkContext context;
  context.program = "shop";
  context.pipe = "orders";
  context.name = "bus";
  context.project_root = "/project";
  catalog::SettingValue brokers;
  brokers.kind = catalog::SettingKind::kList;
  brokers.list = {Word("a:9092"), Word("b:9092")};
  context.settings.Set("brokers", brokers);
  return context;
}

std::map<std::string, std::string> Properties(const SinkContext& context) {
  const Result<KafkaSettings> settings = ReadSettings(context);
  EXPECT_TRUE(settings.ok()) << settings.error().message();
  std::map<std::string, std::string> properties;
  for (const auto& [name, value] : settings->producer) properties[name] = value;
  return properties;
}

TEST(KafkaSettingsTest, DefaultsAreExactlyOnceWithASmallQueue) {
  const std::map<std::string, std::string> properties = Properties(Context());
  EXPECT_EQ(properties.at("bootstrap.servers"), "a:9092,b:9092");
  EXPECT_EQ(properties.at("transactional.id"), "pipewright-shop-orders-0");
  EXPECT_EQ(properties.at("transaction.timeout.ms"), "120000");
  EXPECT_EQ(properties.at("acks"), "all");
  EXPECT_EQ(properties.at("enable.idempotence"), "true");
  EXPECT_EQ(properties.at("compression.codec"), "lz4");
  EXPECT_EQ(properties.at("queue.buffering.max.kbytes"), "16384");
  EXPECT_EQ(properties.at("queue.buffering.max.messages"), "50000");
  EXPECT_EQ(properties.at("allow.auto.create.topics"), "false");
  EXPECT_EQ(properties.at("security.protocol"), "plaintext");
}

TEST(KafkaSettingsTest, SourcesOfOnePipeHaveTransactionsOfTheirOwn) {
  SinkContext context = Context();
  context.source = "a";
  context.among_sources = true;
  EXPECT_EQ(Properties(context).at("transactional.id"), "pipewright-shop-orders.a-0");
  context.settings.Set("delivery.transactional_id", Word("mine"));
  EXPECT_EQ(Properties(context).at("transactional.id"), "mine.a-0");
}

TEST(KafkaSettingsTest, TheQueueTakesTheLargestRecord) {
  SinkContext context = Context();
  context.settings.Set("record_max", Number(catalog::SettingKind::kSize, 50'000'000));
  const std::map<std::string, std::string> properties = Properties(context);
  EXPECT_GT(std::stoll(properties.at("queue.buffering.max.kbytes")) * 1024, 100'000'000);
  EXPECT_GT(std::stoll(properties.at("message.max.bytes")), 50'000'000);
}

TEST(KafkaSettingsTest, AtLeastOnceHasNoTransactions) {
  SinkContext context = Context();
  context.settings.Set("delivery", Word("at_least_once"));
  const std::map<std::string, std::string> properties = Properties(context);
  EXPECT_EQ(properties.count("transactional.id"), 0U);
  EXPECT_EQ(properties.at("enable.idempotence"), "true");
}

TEST(KafkaSettingsTest, TlsAndLogin) {
  SinkContext context = Context();
  context.settings.Set("tls", Word("verify_identity"));
  context.settings.Set("tls.ca", Word("pki/ca.pem"));
  context.settings.Set("tls.certificate", Word("/abs/client.pem"));
  context.settings.Set("tls.private_key", Word("pki/client.key"));
  context.settings.Set("auth", Word("scram_sha_512"));
  context.settings.Set("auth.user", Word("carol"));
  context.secrets["auth.password"] = "hush";
  context.secrets["tls.private_key_password"] = "psst";
  std::map<std::string, std::string> properties = Properties(context);
  EXPECT_EQ(properties.at("security.protocol"), "sasl_ssl");
  EXPECT_EQ(properties.at("ssl.ca.location"), "/project/pki/ca.pem");
  EXPECT_EQ(properties.at("ssl.certificate.location"), "/abs/client.pem");
  EXPECT_EQ(properties.at("ssl.key.location"), "/project/pki/client.key");
  EXPECT_EQ(properties.at("ssl.key.password"), "psst");
  EXPECT_EQ(properties.at("ssl.endpoint.identification.algorithm"), "https");
  EXPECT_EQ(properties.at("enable.ssl.certificate.verification"), "true");
  EXPECT_EQ(properties.at("sasl.mechanism"), "SCRAM-SHA-512");
  EXPECT_EQ(properties.at("sasl.username"), "carol");
  EXPECT_EQ(properties.at("sasl.password"), "hush");

  context.settings.Set("tls", Word("verify_ca"));
  EXPECT_EQ(Properties(context).at("ssl.endpoint.identification.algorithm"), "none");
  context.settings.Set("tls", Word("trust_any"));
  EXPECT_EQ(Properties(context).at("enable.ssl.certificate.verification"), "false");
  context.settings.Set("tls", Word("off"));
  context.settings.Set("auth", Word("plain"));
  properties = Properties(context);
  EXPECT_EQ(properties.at("security.protocol"), "sasl_plaintext");
  EXPECT_EQ(properties.at("sasl.mechanism"), "PLAIN");
}

TEST(KafkaSettingsTest, PassesOtherPropertiesThroughButNotItsOwn) {
  SinkContext context = Context();
  context.settings.Set("client.socket.timeout.ms", Number(catalog::SettingKind::kInt, 5000));
  context.settings.Set("client.log_level", Word("6"));
  const std::map<std::string, std::string> properties = Properties(context);
  EXPECT_EQ(properties.at("socket.timeout.ms"), "5000");
  EXPECT_EQ(properties.at("log_level"), "6");
  for (const char* owned : {"acks", "enable.idempotence", "transactional.id", "sasl.password", "ssl.ca.location"}) {
    SinkContext refused = Context();
    refused.settings.Set(std::string("client.") + owned, Word("secret-value"));
    const Result<KafkaSettings> settings = ReadSettings(refused);
    ASSERT_FALSE(settings.ok()) << owned;
    EXPECT_EQ(settings.error().code(), ErrorCode::kConfig);
    EXPECT_THAT(settings.error().message(), HasSubstr(owned));
    EXPECT_THAT(settings.error().message(), Not(HasSubstr("secret-value")));
  }
}

}  // namespace
}  // namespace cdc::sinks::kafka
