#include "stdlib/catalog/settings.h"

#include <gtest/gtest.h>

#include "stdlib/catalog/catalog.h"

namespace cdc::catalog {
namespace {

Settings Sample() {
  Settings settings;
  settings.Set("text", TextValue("a"));
  settings.Set("word", WordValue("lz4"));
  settings.Set("int", IntValue(-7));
  settings.Set("flag", BoolValue(true));
  settings.Set("duration", MillisecondsValue(1500));
  settings.Set("size", BytesValue(1024));
  settings.Set("list", ListValue({TextValue("x"), TextValue("y")}));
  settings.Set("secret", {.kind = SettingKind::kSecret, .text = "HOME", .provider = "env"});
  return settings;
}

TEST(Settings, ReadsByType) {
  Settings settings = Sample();
  EXPECT_EQ(settings.Text("text"), "a");
  EXPECT_EQ(settings.Text("word"), "lz4");
  EXPECT_TRUE(settings.Is("word", "lz4"));
  EXPECT_EQ(settings.Number("int"), -7);
  EXPECT_EQ(settings.Number("duration"), 1500);
  EXPECT_EQ(settings.Number("size"), 1024);
  EXPECT_TRUE(settings.Flag("flag"));
  EXPECT_EQ(settings.Texts("list"), (std::vector<std::string>{"x", "y"}));
}

TEST(Settings, FallsBackWhenMissingOrOfAnotherType) {
  Settings settings = Sample();
  EXPECT_EQ(settings.Find("nothing"), nullptr);
  EXPECT_EQ(settings.Text("nothing", "b"), "b");
  EXPECT_EQ(settings.Text("int", "b"), "b");
  EXPECT_EQ(settings.Number("word", 9), 9);
  EXPECT_TRUE(settings.Flag("text", true));
  EXPECT_TRUE(settings.Texts("text").empty());
}

TEST(Settings, NeverShowsASecretAsText) { EXPECT_EQ(Sample().Text("secret", ""), ""); }

}  // namespace
}  // namespace cdc::catalog
