// What needs no server; tests/e2e/pipeline/avro_test.py has a real one.

#include "runtime/registry/confluent_registry.h"

#include <gtest/gtest.h>

namespace cdc::registry {
namespace {

RegistryContext ContextOf(const std::string& url) {
  RegistryContext context;
  context.name = "schemas";
  context.settings.Set(
      "urls", {.kind = catalog::SettingKind::kList, .list = {{.kind = catalog::SettingKind::kString, .text = url}}});
  return context;
}

std::string ProblemOf(const std::string& url, const char* tls = "off") {
  RegistryContext context = ContextOf(url);
  context.settings.Set("tls", {.kind = catalog::SettingKind::kWord, .text = tls});
  const auto made = MakeConfluentRegistry(std::move(context));
  if (made.ok()) return "";
  EXPECT_EQ(made.error().code(), ErrorCode::kConfig);
  return made.error().message();
}

TEST(ConfluentRegistry, TakesUrlsOfServersAndPaths) {
  EXPECT_EQ(ProblemOf("https://schemas.internal:8081/apis/ccompat/v7"), "");
  EXPECT_EQ(ProblemOf("https://schemas.internal", "verify_ca"), "");
  EXPECT_EQ(ProblemOf("schemas:8081"),
            "registry `schemas`: `schemas:8081` is no url: it begins with https:// or http://");
  EXPECT_EQ(ProblemOf("http://me:secret@schemas"),
            "registry `schemas`: a url holds a login; write `user` and `password`");
  EXPECT_EQ(ProblemOf("http://schemas?x=1"),
            "registry `schemas`: `http://schemas?x=1` has more than a server and a path");
  EXPECT_EQ(ProblemOf("http://schemas", "verify_identity"),
            "registry `schemas`: `http://schemas` is not encrypted, and `tls` asks for it: write https://");
}

TEST(ConfluentRegistry, AServerThatIsGoneIsLost) {
  const auto made = MakeConfluentRegistry(ContextOf("http://127.0.0.1:9/"));
  ASSERT_TRUE(made.ok());
  const auto id = made.value()->IdOf({.topic = "t", .record = "r"}, "\"int\"");
  ASSERT_FALSE(id.ok());
  EXPECT_EQ(id.error().code(), ErrorCode::kRegistryLost);
  EXPECT_TRUE(id.error().message().starts_with("registry `schemas` does not answer: http://127.0.0.1:9: "))
      << id.error().message();
}

}  // namespace
}  // namespace cdc::registry
