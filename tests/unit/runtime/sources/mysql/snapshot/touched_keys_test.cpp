#include "runtime/sources/mysql/snapshot/touched_keys.h"

#include <gtest/gtest.h>

#include <array>

namespace cdc::sources {
namespace {

using Row = std::array<Value, 2>;  // key, text

Row RowOf(int64_t key, std::string_view text) { return {Value::Int(key), Value::Text(text)}; }

std::shared_ptr<const TouchedKeys::Transaction> At(uint64_t offset) {
  auto transaction = std::make_shared<TouchedKeys::Transaction>();
  transaction->start = {"binlog.000001", offset};
  return transaction;
}

class TouchedKeysTest : public ::testing::Test {
 protected:
  void Touch(const Row* before, const Row* after, uint64_t offset) {
    RowChange change;
    change.before = before == nullptr ? nullptr : before->data();
    change.after = after == nullptr ? nullptr : after->data();
    keys_.Add(change, 2, At(offset));
  }

  const TouchedKeys::Touch* Find(int64_t key) {
    const Row row = RowOf(key, "as read");
    return keys_.Find(row.data());
  }

  TouchedKeys keys_{{0}};
};

TEST_F(TouchedKeysTest, TheNewestRowIsKept) {
  {
    const std::string text(1000, 'x');
    const Row old_row = RowOf(1, "old"), new_row = RowOf(1, text);
    Touch(nullptr, &old_row, 100);
    Touch(&old_row, &new_row, 200);
  }
  const auto* touch = Find(1);
  ASSERT_NE(touch, nullptr);
  EXPECT_FALSE(touch->deleted);
  EXPECT_EQ(touch->row[1].text(), std::string(1000, 'x'));
  EXPECT_EQ(touch->transaction->start.offset, 200u);
  EXPECT_EQ(Find(2), nullptr);
}

TEST_F(TouchedKeysTest, ADeletedRowAndOneOfAChangedKeyAreGone) {
  const Row one = RowOf(1, "one"), two = RowOf(2, "two"), three = RowOf(3, "two");
  Touch(&one, nullptr, 100);
  Touch(&two, &three, 200);
  EXPECT_TRUE(Find(1)->deleted);
  EXPECT_TRUE(Find(2)->deleted);
  EXPECT_FALSE(Find(3)->deleted);
}

TEST_F(TouchedKeysTest, WhatTheLowMarkContainsIsForgotten) {
  const Row one = RowOf(1, "one"), two = RowOf(2, "two");
  Touch(nullptr, &one, 100);
  Touch(nullptr, &two, 200);
  keys_.Forget([](const TouchedKeys::Transaction& transaction) { return transaction.start.offset < 200; });
  EXPECT_EQ(Find(1), nullptr);
  EXPECT_NE(Find(2), nullptr);
  keys_.Forget([](const TouchedKeys::Transaction&) { return true; });
  EXPECT_EQ(keys_.bytes(), 0u);
}

TEST_F(TouchedKeysTest, BytesFollowTheRows) {
  const std::string text(5000, 'x');
  const Row large = RowOf(1, text);
  Touch(nullptr, &large, 100);
  EXPECT_GT(keys_.bytes(), 5000u);
  Touch(&large, nullptr, 200);
  EXPECT_LT(keys_.bytes(), 1000u);
}

TEST(TouchedKeys, TextsAreComparedWithTheirBounds) {
  TouchedKeys keys({0, 1});
  const Row joined = {Value::Text("ab"), Value::Text("c")}, split = {Value::Text("a"), Value::Text("bc")};
  RowChange change;
  change.after = joined.data();
  keys.Add(change, 2, At(100));
  EXPECT_NE(keys.Find(joined.data()), nullptr);
  EXPECT_EQ(keys.Find(split.data()), nullptr);
}

}  // namespace
}  // namespace cdc::sources
