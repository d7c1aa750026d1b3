#include "runtime/sources/mysql/binlog/json_binary.h"

#include <gtest/gtest.h>

namespace cdc::binlog {
namespace {

using namespace std::string_literals;

std::string Text(const std::string& binary) {
  OutBuffer out;
  return AppendJsonText(binary, &out) ? std::string(out.view()) : "broken";
}

TEST(BinaryJson, Scalars) {
  EXPECT_EQ(Text(""), "null");
  EXPECT_EQ(Text("\x04\x00"s), "null");
  EXPECT_EQ(Text("\x04\x01"s), "true");
  EXPECT_EQ(Text("\x05\xFE\xFF"s), "-2");
  EXPECT_EQ(Text("\x06\xFF\xFF"s), "65535");
  EXPECT_EQ(Text("\x07\x00\x00\x00\x80"s), "-2147483648");
  EXPECT_EQ(Text("\x0A"s + std::string(8, '\xFF')), "18446744073709551615");
  EXPECT_EQ(Text("\x0B\x00\x00\x00\x00\x00\x00\x00\x80"s), "-0.0");
  EXPECT_EQ(Text("\x0C\x03"
                 "a\"b"s),
            "\"a\\\"b\"");
}

TEST(BinaryJson, Opaque) {
  EXPECT_EQ(Text("\x0F\xF6\x04\x02\x01\x7F\xFA"s), "-0.5");
  EXPECT_EQ(Text("\x0F\x0F\x02\x00\xFF"s), "\"base64:type15:AP8=\"");
}

// {"a": [1, true], "b": "x"}
const std::string kObject =
    "\x00\x02\x00\x25\x00"
    "\x12\x00\x01\x00\x13\x00\x01\x00"
    "\x02\x14\x00"
    "\x0C\x23\x00"
    "ab"
    "\x02\x00\x0A\x00\x05\x01\x00\x04\x01\x00"
    "\0\0\0\0\0"
    "\x01"
    "x"s;

TEST(BinaryJson, Containers) {
  EXPECT_EQ(Text(kObject), "{\"a\": [1, true], \"b\": \"x\"}");
  EXPECT_EQ(Text("\x00\x00\x00\x04\x00"s), "{}");
  EXPECT_EQ(Text("\x02\x00\x00\x04\x00"s), "[]");
}

TEST(BinaryJson, BrokenDocumentsAreRefused) {
  for (size_t size = 1; size < kObject.size(); ++size) EXPECT_EQ(Text(kObject.substr(0, size)), "broken") << size;
  for (const std::string& binary : {"\x0E"s, "\x04\x03"s,
                                    "\x0C\x05"
                                    "ab"s,
                                    "\x0F\xF6\x02\x42\x00"s, "\x0C\xFF\xFF\xFF\xFF\xFF"s}) {
    EXPECT_EQ(Text(binary), "broken");
  }
}

// A container whose elements are the container itself: depth and growth are bounded.
TEST(BinaryJson, LoopsEnd) {
  std::string loop = "\x02\x28\x00\x7C\x00"s;
  for (int i = 0; i < 40; ++i) loop += "\x02\x00\x00"s;
  EXPECT_EQ(Text(loop), "broken");
}

JsonDiff Diff(JsonDiff::Op op, std::string_view path, std::string_view value = {}) { return {op, path, value}; }

std::string Applied(const std::string& before, std::vector<JsonDiff> diffs) {
  const auto after = ApplyJsonDiffs(before, diffs);
  return after.ok() ? *after : "error: " + after.error().message();
}

TEST(JsonDiffs, Steps) {
  const std::string_view two("\x05\x02\x00", 3);
  using Op = JsonDiff::Op;
  EXPECT_EQ(Applied("{\"a\": 1}", {Diff(Op::kReplace, "$.a", two)}), "{\"a\": 2}");
  EXPECT_EQ(Applied("{\"a\": 1}", {Diff(Op::kReplace, "$", two)}), "2");
  EXPECT_EQ(Applied("{\"b\": [1, 3]}", {Diff(Op::kInsert, "$.b[1]", two)}), "{\"b\": [1, 2, 3]}");
  EXPECT_EQ(Applied("[1]", {Diff(Op::kInsert, "$[9]", two)}), "[1, 2]");
  EXPECT_EQ(Applied("{\"b\": [1, 2, 3]}", {Diff(Op::kRemove, "$.b[1]")}), "{\"b\": [1, 3]}");
  // Members are kept by length, then bytes.
  EXPECT_EQ(Applied("{\"a\": 1, \"cc\": 3}", {Diff(Op::kInsert, "$.b", two)}), "{\"a\": 1, \"b\": 2, \"cc\": 3}");
  EXPECT_EQ(Applied("{\"a b\": {\"c\": 1}}", {Diff(Op::kReplace, "$.\"a b\".c", two)}), "{\"a b\": {\"c\": 2}}");
}

TEST(JsonDiffs, StepsThatDoNotFitAreErrors) {
  using Op = JsonDiff::Op;
  for (const char* path : {"$.x", "$[0]", "$.a.b", "a", "$.", "$[x]", "$.\"a"}) {
    EXPECT_TRUE(Applied("{\"a\": 1}", {Diff(Op::kRemove, path)}).starts_with("error: ")) << path;
  }
  EXPECT_TRUE(
      Applied("{\"a\": 1}", {Diff(Op::kInsert, "$.a", std::string_view("\x04\x00", 2))}).starts_with("error: "));
}

TEST(JsonDiffs, Parse) {
  const std::string bytes = "\x00\x03$.a\x03\x05\x02\x00\x02\x04$[0]"s;
  const auto diffs = ParseJsonDiffs(bytes);
  ASSERT_TRUE(diffs.ok());
  ASSERT_EQ(diffs->size(), 2u);
  EXPECT_EQ((*diffs)[0].path, "$.a");
  EXPECT_EQ((*diffs)[1].op, JsonDiff::Op::kRemove);
  EXPECT_FALSE(ParseJsonDiffs(bytes.substr(0, 6)).ok());
  EXPECT_FALSE(ParseJsonDiffs("\x07\x01$").ok());
}

}  // namespace
}  // namespace cdc::binlog
