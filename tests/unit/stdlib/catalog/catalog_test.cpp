#include "stdlib/catalog/catalog.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <set>
#include <string>

namespace cdc::catalog {
namespace {

void ForEachSetting(const std::vector<SettingDef>& settings, const std::string& prefix,
                    const std::function<void(const SettingDef&, const std::string&)>& visit) {
  for (const SettingDef& setting : settings) {
    visit(setting, prefix + setting.name);
    ForEachSetting(setting.members, prefix + setting.name + ".", visit);
  }
}

bool Has(const std::vector<std::string>& list, const std::string& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

TEST(Catalog, KindsAreNamedOncePerHolder) {
  std::set<std::pair<Holder, std::string>> seen;
  for (const KindDef& kind : Kinds()) {
    EXPECT_TRUE(seen.emplace(kind.holder, kind.name).second) << kind.name;
    EXPECT_FALSE(kind.doc.empty()) << kind.name;
    EXPECT_FALSE(kind.settings.empty()) << kind.name;
  }
}

TEST(Catalog, FindsWhatIsBuiltAndWhatIsNot) {
  ASSERT_NE(FindKind(Holder::kSink, "kafka"), nullptr);
  EXPECT_TRUE(FindKind(Holder::kSink, "kafka")->built);
  ASSERT_NE(FindKind(Holder::kFormat, "dts_avro"), nullptr);
  EXPECT_FALSE(FindKind(Holder::kFormat, "dts_avro")->built);
  ASSERT_NE(FindKind(Holder::kFormat, "debezium_avro"), nullptr);
  EXPECT_TRUE(FindKind(Holder::kFormat, "debezium_avro")->needs_registry);
  EXPECT_EQ(FindKind(Holder::kSource, "kafka"), nullptr);
  EXPECT_EQ(KindNames(Holder::kStore), (std::vector<std::string>{"files", "kafka"}));
}

TEST(Catalog, EveryFormatOfTheLanguageIsKnown) {
  for (const char* name : {"json", "avro", "protobuf", "csv", "canal_json", "dts_canal_json", "dts_avro", "drs_json",
                           "drs_json_c", "drs_avro", "dataworks_json", "debezium_json", "debezium_avro",
                           "debezium_unwrapped", "maxwell_json", "ticdc_canal_json", "cloudevents_json"}) {
    EXPECT_NE(FindKind(Holder::kFormat, name), nullptr) << name;
  }
}

TEST(Catalog, SettingsAreDeclaredOnceAndConsistently) {
  for (const KindDef& kind : Kinds()) {
    std::set<std::string> seen;
    ForEachSetting(kind.settings, "", [&](const SettingDef& setting, const std::string& name) {
      SCOPED_TRACE(kind.name + " " + name);
      EXPECT_TRUE(seen.insert(name).second);
      EXPECT_FALSE(setting.doc.empty());
      EXPECT_LE(setting.min, setting.max);
      EXPECT_FALSE(setting.required && setting.fallback.kind != SettingKind::kNone);
      bool groups = setting.shape == Shape::kVariant || setting.shape == Shape::kGroup;
      EXPECT_TRUE(groups || setting.members.empty());
      EXPECT_TRUE(setting.shape != Shape::kVariant || !setting.words.empty());
      EXPECT_TRUE(setting.shape != Shape::kValue || setting.type != ValueType::kNone || !setting.words.empty());
      for (const std::string& word : setting.later_words) EXPECT_TRUE(Has(setting.words, word)) << word;
      for (const SettingDef& member : setting.members) {
        for (const std::string& word : member.only_in) EXPECT_TRUE(Has(setting.words, word)) << word;
      }
      EXPECT_TRUE(setting.fallback.kind != SettingKind::kWord || Has(setting.words, setting.fallback.text));
      bool counted = setting.fallback.kind == SettingKind::kInt || setting.fallback.kind == SettingKind::kDuration ||
                     setting.fallback.kind == SettingKind::kSize;
      if (counted) {
        EXPECT_GE(setting.fallback.number, setting.min);
        EXPECT_LE(setting.fallback.number, setting.max);
      }
    });
  }
}

// LANGUAGE §4: hard words cannot be the name of a setting or one of its words.
TEST(Catalog, NoNameIsAHardWord) {
  const std::set<std::string> hard = {
      "interval", "add",    "alter",  "and",    "as",        "between", "by",     "case",     "column",
      "create",   "delete", "div",    "drop",   "else",      "end",     "except", "false",    "for",
      "from",     "in",     "index",  "insert", "into",      "is",      "key",    "like",     "mod",
      "not",      "null",   "on",     "or",     "partition", "primary", "regexp", "rename",   "replace",
      "rlike",    "select", "set",    "table",  "then",      "to",      "true",   "unsigned", "update",
      "use",      "using",  "values", "when",   "where",     "xor"};
  for (const KindDef& kind : Kinds()) {
    EXPECT_EQ(hard.count(kind.name), 0u) << kind.name;
    ForEachSetting(kind.settings, "", [&](const SettingDef& setting, const std::string& name) {
      EXPECT_EQ(hard.count(setting.name), 0u) << name;
      for (const std::string& word : setting.words) EXPECT_EQ(hard.count(word), 0u) << name << " " << word;
    });
  }
}

}  // namespace
}  // namespace cdc::catalog
