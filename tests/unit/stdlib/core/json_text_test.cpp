#include "stdlib/core/json_text.h"

#include <gtest/gtest.h>

namespace cdc {
namespace {

std::string Quoted(std::string_view text) {
  OutBuffer out;
  AppendJsonString(text, &out);
  return std::string(out.view());
}

TEST(JsonText, QuotesStrings) {
  EXPECT_EQ(Quoted("a\"b\\c\n\x01 ü"), "\"a\\\"b\\\\c\\n\\u0001 ü\"");
  EXPECT_EQ(Quoted(""), "\"\"");
}

TEST(JsonText, ChecksDocuments) {
  for (const char* good :
       {"{}", "[]", " 1 ", "-0.5e+3", "\"\\u00e9\"", "null", R"({"a": [1, {"b": null}], "c": "x"})"}) {
    EXPECT_TRUE(IsJson(good)) << good;
  }
  for (const char* bad :
       {"", "{", "[1,]", "{\"a\"}", "01", "1.", "+1", "'a'", "\"\\x\"", "\"a", "tru", "1 2", "\"\n\"", "\"\xff\""}) {
    EXPECT_FALSE(IsJson(bad)) << bad;
  }
  EXPECT_TRUE(IsJson(std::string(100, '[') + std::string(100, ']')));
  EXPECT_FALSE(IsJson(std::string(200, '[') + std::string(200, ']')));
}

TEST(JsonText, FindsMembersAndElements) {
  std::string_view document = R"({"a": {"}": "]"}, "b c": [1, "x,y", [2]], "\u00e9": true})";
  EXPECT_EQ(JsonMember(document, "a"), R"({"}": "]"})");
  std::string_view list = JsonMember(document, "b c").value();
  EXPECT_EQ(JsonSize(list), 3u);
  EXPECT_EQ(JsonElement(list, 1), R"("x,y")");
  EXPECT_EQ(JsonElement(list, 2), "[2]");
  EXPECT_FALSE(JsonElement(list, 3).has_value());
  EXPECT_EQ(JsonMember(document, "é"), "true");
  EXPECT_FALSE(JsonMember(document, "A").has_value());
  EXPECT_FALSE(JsonMember("{}", "a").has_value());
}

TEST(JsonText, UnquotesStrings) {
  Arena scratch;
  EXPECT_EQ(JsonUnquote(R"("plain")", &scratch), "plain");
  EXPECT_EQ(JsonUnquote(R"("a\n\"\\\/\u00e9\ud83d\ude00")", &scratch), "a\n\"\\/é😀");
  EXPECT_EQ(JsonUnquote(R"("\ud83d")", &scratch), "\xEF\xBF\xBD");
}

TEST(JsonText, NormalisesAsMySqlPrints) {
  std::string text = R"( {"a":[1 ,2],"b" : "x, :y"} )";
  std::string out(text.size() * 2, '\0');
  out.resize(static_cast<size_t>(WriteNormalJson(text, out.data()) - out.data()));
  EXPECT_EQ(out, R"({"a": [1, 2], "b": "x, :y"})");
}

TEST(JsonText, OrdersAsMySql) {
  Arena scratch;
  const char* ascending[] = {"null",       "-1",  "1",      "1.5", "\"a\"", "\"b\"",
                             "{\"a\": 1}", "[1]", "[1, 2]", "[2]", "false", "true"};
  for (size_t i = 0; i < std::size(ascending); ++i) {
    for (size_t j = 0; j < std::size(ascending); ++j) {
      EXPECT_EQ(CompareJson(ascending[i], ascending[j], &scratch), i < j   ? -1
                                                                   : i > j ? 1
                                                                           : 0)
          << ascending[i] << ascending[j];
    }
  }
  EXPECT_EQ(CompareJson("1", "1.0", &scratch), 0);
  EXPECT_EQ(CompareJson(R"({"a": 1, "b": 2})", R"({"b": 2.0, "a": 1})", &scratch), 0);
  EXPECT_EQ(CompareJson("\"\\u0061\"", "\"a\"", &scratch), 0);
}

}  // namespace
}  // namespace cdc
