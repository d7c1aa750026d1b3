#include "runtime/sinks/json_line.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/unit/runtime/sinks/batches.h"

namespace cdc::sinks {
namespace {

std::string Line(const MessageBatch& batch, LineOptions options = {}) {
  OutBuffer out;
  AppendJsonLine(batch, batch.messages.front(), "\"t\"", options, &out);
  return std::string(out.view());
}

TEST(JsonLineTest, EmbedsDocuments) {
  EXPECT_EQ(Line(*MakeBatch(0, {{R"({"id":1})", R"({"a":[1,2]})"}})),
            "{\"topic\":\"t\",\"partition\":0,\"key\":{\"id\":1},\"headers\":{},\"value\":{\"a\":[1,2]}}\n");
}

TEST(JsonLineTest, QuotesWhatIsNoDocument) {
  EXPECT_EQ(Line(*MakeBatch(0, {{"42", "plain \"text\"\n"}})),
            "{\"topic\":\"t\",\"partition\":0,\"key\":\"42\",\"headers\":{},\"value\":\"plain "
            "\\\"text\\\"\\n\"}\n");
}

TEST(JsonLineTest, MissingKeyAndValueAreNull) {
  const std::unique_ptr<MessageBatch> batch = MakeBatch(0, {{"", ""}});
  batch->messages[0].key_size = -1;
  batch->messages[0].value_size = -1;
  batch->messages[0].partition = 12;
  EXPECT_EQ(Line(*batch), "{\"topic\":\"t\",\"partition\":12,\"key\":null,\"headers\":{},\"value\":null}\n");
  EXPECT_EQ(Line(*batch, {LineStyle::kValue}), "null\n");
}

TEST(JsonLineTest, EmptyKeyAndValueAreEmptyText) {
  EXPECT_EQ(Line(*MakeBatch(0, {{"", ""}})),
            "{\"topic\":\"t\",\"partition\":0,\"key\":\"\",\"headers\":{},\"value\":\"\"}\n");
}

TEST(JsonLineTest, WritesHeaders) {
  const std::unique_ptr<MessageBatch> batch = MakeBatch(0, {{"k", "{}"}});
  Message& message = batch->messages[0];
  message.headers_offset = static_cast<int64_t>(batch->bytes.size());
  const auto append = [&](int32_t number) {
    batch->bytes.Append(std::string_view(reinterpret_cast<const char*>(&number), sizeof(number)));
  };
  append(2);
  batch->bytes.Append("op");
  append(6);
  batch->bytes.Append("insert");
  append(1);
  batch->bytes.Append("n");
  append(-1);
  message.headers_size = static_cast<int32_t>(batch->bytes.size() - static_cast<size_t>(message.headers_offset));
  EXPECT_EQ(Line(*batch),
            "{\"topic\":\"t\",\"partition\":0,\"key\":\"k\",\"headers\":{\"op\":\"insert\",\"n\":null},"
            "\"value\":{}}\n");
}

TEST(JsonLineTest, BytesThatAreNoUtf8AreReplaced) {
  OutBuffer out;
  AppendQuoted("a\xFF\xC3(\xE2\x82\xAC\xED\xA0\x80\x01", &out);
  EXPECT_EQ(out.view(), "\"a\xEF\xBF\xBD\xEF\xBF\xBD(\xE2\x82\xAC\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\\u0001\"");
}

TEST(JsonLineTest, ValueAloneStaysOnOneLine) {
  EXPECT_EQ(Line(*MakeBatch(0, {{"k", R"({"a":1})"}}), {LineStyle::kValue}), "{\"a\":1}\n");
  EXPECT_EQ(Line(*MakeBatch(0, {{"k", "a,\"b\nc\""}}), {LineStyle::kValue}), "a,\"b\\nc\"\n");
}

TEST(JsonLineTest, KnownJsonIsNotLookedAt) {
  EXPECT_EQ(Line(*MakeBatch(0, {{"k", "7"}}), {LineStyle::kFull, true}),
            "{\"topic\":\"t\",\"partition\":0,\"key\":\"k\",\"headers\":{},\"value\":7}\n");
}

TEST(JsonLineTest, KnowsDocuments) {
  for (const char* text : {"{}", "[]", R"({"a":{"b":[null,true,-1.5e3,"\u00e9"]}})", "[ 1 , 2 ]"}) {
    EXPECT_TRUE(IsJsonDocument(text)) << text;
  }
  for (const char* text :
       {"", "1", "\"a\"", "{", "{}x", "{a:1}", "[1,]", "{\"a\":01}", "{\n}", "{\"a\":\"\xFF\"}", "{a}"}) {
    EXPECT_FALSE(IsJsonDocument(text)) << text;
  }
}

}  // namespace
}  // namespace cdc::sinks
