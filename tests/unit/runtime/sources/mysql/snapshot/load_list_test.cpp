#include "runtime/sources/mysql/snapshot/load_list.h"

#include <gtest/gtest.h>

namespace cdc::sources {
namespace {

using Name = LoadList::Name;

std::shared_ptr<const TableVersion> TableOf(const std::string& table) {
  auto made = std::make_shared<TableVersion>();
  made->database = "d";
  made->table = table;
  return made;
}

DdlEvent Event(const std::string& label, const std::string& canal_type, const std::string& table) {
  DdlEvent event;
  event.database = "d";
  event.table = table;
  event.parts = {{label, "ddl"}};
  event.canal_type = canal_type;
  return event;
}

DdlEvent Rename(const std::string& from, const std::string& to) {
  DdlEvent event = Event("rename table", "RENAME", from.empty() ? to : from);
  if (!from.empty()) event.before = TableOf(from);
  if (!to.empty()) event.after = TableOf(to);
  return event;
}

// Tables a (under way), b (waiting), c (done); the pipe wants all names of one letter.
class LoadListTest : public ::testing::Test {
 protected:
  LoadListTest() {
    TableProgress done;
    done.done = true;
    list_.Add({{"d", "a"}, {}});
    list_.Add({{"d", "b"}, {}});
    list_.Add({{"d", "c"}, done});
    EXPECT_NE(list_.Next(), nullptr);
  }

  // The tables of which what was read no longer counts.
  std::string Hit(const DdlEvent& event) {
    state_.clear();
    std::string hit;
    for (const Name& name : list_.OnDdl(
             event, [](const std::string&, const std::string& table) { return table.size() == 1; }, &state_))
      hit += name.second;
    return hit;
  }
  bool OnDdl(const DdlEvent& event) { return !Hit(event).empty(); }

  std::string Active() {
    std::string active;
    for (const LoadList::Table& table : *list_.active()) active += table.name.second;
    return active;
  }

  // What is left, in order.
  std::string Rest() {
    while (list_.Next() != nullptr) {
    }
    const std::string rest = Active();
    for (const char c : rest) list_.Finish({"d", std::string(1, c)});
    return rest;
  }

  LoadList list_;
  std::vector<StateRecord> state_;
};

TEST_F(LoadListTest, AnyDdlOnTheTableUnderWayDiscardsWhatWasRead) {
  EXPECT_TRUE(OnDdl(Event("add column", "ALTER", "a")));
  EXPECT_FALSE(OnDdl(Event("add column", "ALTER", "b")));
  EXPECT_EQ(Rest(), "ab");
}

TEST_F(LoadListTest, OfSeveralTablesUnderWayADdlHitsItsOwn) {
  list_.Add({{"d", "e"}, {}});
  EXPECT_NE(list_.Next(), nullptr);
  EXPECT_NE(list_.Next(), nullptr);
  EXPECT_EQ(Active(), "abe");
  EXPECT_EQ(Hit(Event("add column", "ALTER", "b")), "b");
  EXPECT_EQ(Active(), "abe");
  EXPECT_EQ(Hit(Rename("e", "x")), "e");
  EXPECT_EQ(Active(), "ab");
  EXPECT_EQ(Hit(Event("drop database", "QUERY", "")), "ab");
  EXPECT_EQ(Active(), "");
  EXPECT_TRUE(list_.empty());
}

TEST_F(LoadListTest, AnEmptiedTableIsDone) {
  EXPECT_TRUE(OnDdl(Event("truncate table", "TRUNCATE", "a")));
  ASSERT_EQ(state_.size(), 1u);
  EXPECT_EQ(state_[0].item, "d.a");
  EXPECT_NE(state_[0].value.find("\"done\":true"), std::string::npos);
  EXPECT_EQ(Active(), "");
  EXPECT_EQ(Rest(), "b");
  EXPECT_EQ(list_.done(), 3u);
}

TEST_F(LoadListTest, ADroppedTableIsForgottenAndOneMadeAnewIsDone) {
  EXPECT_FALSE(OnDdl(Event("drop table", "ERASE", "b")));
  ASSERT_EQ(state_.size(), 1u);
  EXPECT_EQ(state_[0].item, "d.b");
  EXPECT_EQ(state_[0].value, "");
  EXPECT_FALSE(list_.Open(Name("d", "b")));
  OnDdl(Event("create table", "CREATE", "b"));
  EXPECT_FALSE(list_.Open(Name("d", "b")));
  EXPECT_EQ(Rest(), "a");
}

TEST_F(LoadListTest, CreateIfNotExistsOfATableThatDoesChangesNothing) {
  DdlEvent event = Event("create table", "CREATE", "b");
  event.before = event.after = TableOf("b");
  EXPECT_FALSE(OnDdl(event));
  EXPECT_TRUE(list_.Open(Name("d", "b")));
}

TEST_F(LoadListTest, ADoneTableStaysDoneUnderItsNewName) {
  OnDdl(Rename("c", "x"));
  EXPECT_FALSE(list_.Open(Name("d", "x")));
  EXPECT_EQ(list_.done(), 1u);
}

TEST_F(LoadListTest, AnOpenTableIsLoadedAnewUnderItsNewName) {
  EXPECT_TRUE(OnDdl(Rename("a", "x")));
  EXPECT_EQ(Rest(), "bx");
}

TEST_F(LoadListTest, TheSwapOfAnOnlineSchemaChangeKeepsADoneTable) {
  OnDdl(Rename("c", ""));
  EXPECT_EQ(list_.done(), 0u);
  OnDdl(Rename("", "c"));
  EXPECT_EQ(list_.done(), 1u);
  EXPECT_EQ(Rest(), "ab");
}

TEST_F(LoadListTest, TheSwapBeginsAnOpenTableAgain) {
  EXPECT_TRUE(OnDdl(Rename("a", "")));
  OnDdl(Rename("", "a"));
  EXPECT_EQ(Rest(), "ba");
}

TEST_F(LoadListTest, ATableThatNobodyTrackedIsLoadedUnderAWantedName) {
  OnDdl(Event("rename table", "RENAME", "x"));
  EXPECT_TRUE(list_.Open(Name("d", "x")));
  OnDdl(Event("rename table", "RENAME", "unwanted"));
  EXPECT_FALSE(list_.Open(Name("d", "unwanted")));
}

TEST_F(LoadListTest, ARuleHasADoneTableLoadedAnew) {
  list_.Reload({"d", "c"}, &state_);
  ASSERT_EQ(state_.size(), 1u);
  EXPECT_EQ(state_[0].item, "d.c");
  const auto saved = ProgressOf(state_[0]);
  ASSERT_TRUE(saved.ok());
  EXPECT_TRUE(saved->by_rule);
  EXPECT_FALSE(saved->done);
  EXPECT_EQ(Rest(), "abc");
}

TEST_F(LoadListTest, ARuleBeginsTheTableUnderWayAgain) {
  list_.Reload({"d", "a"}, &state_);
  EXPECT_EQ(Rest(), "ba");
}

TEST_F(LoadListTest, WhatARuleAskedForGoesAlongWithRenames) {
  const LoadList::Wants nothing = [](const std::string&, const std::string&) { return false; };
  list_.Reload({"d", "c"}, &state_);
  list_.OnDdl(Rename("c", "x"), nothing, &state_);
  EXPECT_FALSE(list_.Open(Name("d", "c")));
  EXPECT_TRUE(list_.Open(Name("d", "x")));
  list_.OnDdl(Rename("x", ""), nothing, &state_);
  EXPECT_FALSE(list_.Open(Name("d", "x")));
  list_.OnDdl(Rename("", "x"), nothing, &state_);
  EXPECT_TRUE(list_.Open(Name("d", "x")));
}

TEST_F(LoadListTest, TablesThatNobodyCapturesAnyMoreAreForgotten) {
  const auto gone = list_.Drop([](const std::string&, const std::string& table) { return table != "a"; }, &state_);
  EXPECT_EQ(gone, (std::vector{Name("d", "a")}));
  ASSERT_EQ(state_.size(), 1u);
  EXPECT_EQ(state_[0].item, "d.a");
  EXPECT_EQ(state_[0].value, "");
  EXPECT_TRUE(list_.Drop([](const std::string&, const std::string&) { return true; }, &state_).empty());
  EXPECT_EQ(Rest(), "b");
}

TEST_F(LoadListTest, ADroppedDatabaseLeavesNothing) {
  DdlEvent event = Event("drop database", "QUERY", "");
  EXPECT_TRUE(OnDdl(event));
  EXPECT_EQ(state_.size(), 3u);
  EXPECT_TRUE(list_.empty());
  EXPECT_EQ(list_.total(), 0u);
}

}  // namespace
}  // namespace cdc::sources
