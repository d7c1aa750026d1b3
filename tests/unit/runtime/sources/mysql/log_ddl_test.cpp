// What the DDL of a log does to the tracked tables, and what it reports.

#include "runtime/sources/mysql/log_ddl.h"

#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <set>
#include <string>

#include "runtime/sources/mysql/followed.h"
#include "stdlib/ddl/ddl.h"

namespace cdc::sources {
namespace {

class LogDdlTest : public testing::Test, public Capture {
 protected:
  LogDdlTest() : tables_(this) {}

  bool Wants(const std::string& database, const std::string& table) override {
    return wanted_.contains(database + "." + table);
  }
  bool WantsSnapshot(const std::string&, const std::string&) override { return false; }
  bool Names(const std::string& database, const std::string& table) override {
    return wanted_.contains(database + "." + table) || left_out_.contains(database + "." + table);
  }
  Result<DdlAnswer> Answer(const DdlEvent&, const Group&) override {
    if (stop_.has_value()) return *stop_;
    return DdlAnswer{.follows = follows_};
  }
  Status JudgeDdlFailure(const DdlFailure& failure, Error error) override {
    if (failure.table.empty() && skips_failures_ && failure.may_skip) return OkStatus();
    return Error(error.code(), "judged: " + error.message());
  }
  Status Bind(TableVersion* table) override {
    if (fits_nothing_) return Error(ErrorCode::kConfig, "the program does not fit");
    bound_as_ = table->rule_database + "." + table->rule_table;
    table->captured = true;
    table->used.assign(table->schema.columns.size(), true);
    return OkStatus();
  }

  // Tracks a table of the server as it was at the start.
  void Track(const std::string& create_table) {
    ddl::Dialect dialect = options_.dialect;
    dialect.default_database = "shop";
    auto schema = ddl::ParseCreateTable(create_table, dialect);
    ASSERT_TRUE(schema.ok()) << schema.error().message();
    const std::string name = schema->table;
    ASSERT_TRUE(tables_.Bind("shop", name, *schema, 1).ok());
    tracker_.Set(std::move(schema).value(), 1);
  }

  // What a statement reports: "TRUNCATE shop.orders", for each table.
  std::string Log(const std::string& text, const std::string& database = "shop") {
    if (handler_ == nullptr) handler_ = LogDdl::Make(&tracker_, &tables_, options_);
    binlog::DdlStatement statement;
    statement.text = text;
    statement.database = database;
    statement.server_version = options_.dialect.server_version;
    statement.mariadb = options_.dialect.mariadb;
    auto outcome = handler_->Handle(statement);
    if (!outcome.ok()) return outcome.error().message();
    for (const StateRecord& record : outcome->state) {
      if (record.kind == "followed") saved_[record.item] = record;
    }
    std::string shown;
    for (const DdlEvent& event : outcome->events) {
      shown += (shown.empty() ? "" : ", ") + event.canal_type + " " + event.database + "." + event.table;
      if (event.before == nullptr) shown += " (new)";
    }
    return shown;
  }

  // Columns of a tracked table: "id int, name varchar latin1".
  std::string Columns(const std::string& table) const {
    const TrackedTable found = tracker_.Find("shop", table);
    if (found.schema == nullptr) return "not tracked";
    std::string shown;
    for (const Column& column : found.schema->columns) {
      shown +=
          (shown.empty() ? "" : ", ") + column.name + (column.type.charset.empty() ? "" : " " + column.type.charset);
    }
    return shown;
  }

  LogDdlOptions options_;
  std::set<std::string> wanted_ = {"shop.orders"}, left_out_;
  bool follows_ = false, skips_failures_ = false, fits_nothing_ = false;
  std::optional<Error> stop_;
  std::string bound_as_;                      // the name that the rules know the last bound table by
  std::map<std::string, StateRecord> saved_;  // of kind `followed`, the newest of each item
  SchemaTracker tracker_;
  binlog::CapturedTables tables_;
  std::unique_ptr<LogDdl> handler_;
};

TEST_F(LogDdlTest, NamesAreThoseOfTheStatement) {
  Track("CREATE TABLE orders (id INT PRIMARY KEY)");
  EXPECT_EQ(Log("TRUNCATE TABLE Orders"), "");
  EXPECT_EQ(Log("TRUNCATE TABLE orders"), "TRUNCATE shop.orders");
}

TEST_F(LogDdlTest, ServersThatFoldNamesLogThemAsTyped) {
  options_.fold_names = options_.followable = true;
  Track("CREATE TABLE orders (id INT PRIMARY KEY)");
  EXPECT_EQ(Log("TRUNCATE TABLE Orders"), "TRUNCATE shop.orders");
  EXPECT_EQ(Log("TRUNCATE TABLE SHOP.ORDERS", ""), "TRUNCATE shop.orders");
  EXPECT_EQ(Log("RENAME TABLE Orders TO Old, New TO Orders"), "RENAME shop.orders, RENAME shop.orders (new)");
}

TEST_F(LogDdlTest, ServersThatFoldNamesMayNotHideNewColumns) {
  options_.fold_names = true;
  Track("CREATE TABLE orders (id INT PRIMARY KEY)");
  EXPECT_NE(Log("ALTER TABLE Orders ADD COLUMN v INT").find("the columns of shop.orders change"), std::string::npos);
  options_.followable = true;
  handler_.reset();
  EXPECT_EQ(Log("ALTER TABLE ORDERS ADD COLUMN v INT"), "ALTER shop.orders");
  EXPECT_EQ(Columns("orders"), "id, v");
  EXPECT_EQ(Log("DROP DATABASE Shop", ""), "QUERY shop. (new)");
  EXPECT_EQ(Columns("orders"), "not tracked");
}

TEST_F(LogDdlTest, TablesTakeTheCharsetOfTheirDatabase) {
  options_.dialect.default_charset = "utf8mb4";
  tracker_.databases().Set("shop", {"latin1", "latin1_swedish_ci"});
  EXPECT_EQ(Log("CREATE TABLE Other.u (t TEXT)"), "");
  EXPECT_EQ(Log("CREATE TABLE shop.orders (t TEXT, g TEXT CHARACTER SET gbk)", "other"), "CREATE shop.orders (new)");
  EXPECT_EQ(Columns("orders"), "t latin1, g gbk");
  EXPECT_EQ(tracker_.Find("Other", "u").schema->columns[0].type.charset, "utf8mb4");
}

TEST_F(LogDdlTest, DefaultsOfDatabasesAreFollowedAndSaved) {
  std::vector<StateRecord> state;
  const auto follow = [&](const std::string& text) {
    if (handler_ == nullptr) handler_ = LogDdl::Make(&tracker_, &tables_, options_);
    auto outcome = handler_->Handle({.text = text, .database = "shop", .server_version = 90704});
    ASSERT_TRUE(outcome.ok()) << text;
    for (StateRecord& record : outcome->state) state.push_back(std::move(record));
  };
  follow("CREATE DATABASE shop CHARACTER SET gbk");
  follow("CREATE DATABASE IF NOT EXISTS shop");
  follow("ALTER DATABASE COLLATE latin1_bin");
  follow("ALTER DATABASE shop ENCRYPTION='N'");
  ASSERT_EQ(state.size(), 2u);
  EXPECT_EQ(state[1].item, "shop/");
  tracker_.Clear();
  ASSERT_TRUE(tracker_.Restore(state[1], options_.dialect).ok());
  EXPECT_EQ(*tracker_.databases().Find("shop"), (CharsetDefault{"latin1", "latin1_bin"}));
  state.clear();
  follow("DROP DATABASE shop");
  ASSERT_EQ(state.size(), 1u);
  EXPECT_EQ(state[0].value, "");
  EXPECT_EQ(tracker_.databases().Find("shop"), nullptr);
}

TEST_F(LogDdlTest, PartitionsBecomeTablesAndTablesPartitions) {
  options_.dialect.mariadb = true;
  options_.dialect.server_version = 101119;
  Track("CREATE TABLE p (id INT PRIMARY KEY, t TEXT) PARTITION BY HASH (id)");
  EXPECT_EQ(Log("ALTER TABLE p CONVERT PARTITION p0 TO TABLE orders"), "ALTER shop.orders (new)");
  EXPECT_EQ(Columns("orders"), "id, t utf8mb4");
  EXPECT_EQ(Log("ALTER TABLE p CONVERT TABLE orders TO PARTITION p1"), "ALTER shop.orders");
  EXPECT_EQ(Columns("orders"), "not tracked");
  EXPECT_EQ(Columns("p"), "id, t utf8mb4");
}

TEST_F(LogDdlTest, ARenameIsFollowedAsLongAsNobodyElseComes) {
  options_.followable = follows_ = true;
  Track("CREATE TABLE orders (id INT PRIMARY KEY)");
  EXPECT_EQ(Log("RENAME TABLE orders TO archive"), "RENAME shop.orders");
  EXPECT_TRUE(tables_.Wants("shop", "archive"));
  EXPECT_EQ(bound_as_, "shop.orders");
  EXPECT_EQ(Log("RENAME TABLE archive TO older"), "RENAME shop.archive");
  EXPECT_FALSE(tables_.Wants("shop", "archive"));
  EXPECT_EQ(saved_["shop.archive"].value, "");
  // A later run has it from the state.
  tables_.Clear();
  EXPECT_FALSE(tables_.Wants("shop", "older"));
  tables_.Clear();
  ASSERT_TRUE(RestoreFollowed({saved_["shop.older"], saved_["shop.archive"]}, &tables_).ok());
  EXPECT_TRUE(tables_.Wants("shop", "older"));
  EXPECT_EQ(Log("ALTER TABLE older ADD COLUMN v INT"), "ALTER shop.older (new)");
  EXPECT_EQ(bound_as_, "shop.orders");
  EXPECT_EQ(Log("CREATE TABLE orders (id INT PRIMARY KEY)"), "CREATE shop.orders (new)");
  EXPECT_FALSE(tables_.Wants("shop", "older"));
  EXPECT_EQ(saved_["shop.older"].value, "");
}

TEST_F(LogDdlTest, AFollowedTableEndsWithItsTableAndWithItsDatabase) {
  options_.followable = follows_ = true;
  Track("CREATE TABLE orders (id INT PRIMARY KEY)");
  Log("RENAME TABLE orders TO archive");
  EXPECT_EQ(Log("DROP TABLE archive"), "ERASE shop.archive");
  EXPECT_FALSE(tables_.Wants("shop", "archive"));
  Log("CREATE TABLE orders (id INT PRIMARY KEY)");
  Log("RENAME TABLE orders TO archive");
  EXPECT_TRUE(tables_.Wants("shop", "archive"));
  Log("DROP DATABASE shop", "");
  EXPECT_FALSE(tables_.Wants("shop", "archive"));
}

TEST_F(LogDdlTest, ANameThatARuleLeavesOutIsNotFollowedTo) {
  options_.followable = follows_ = true;
  left_out_ = {"shop._old"};
  Track("CREATE TABLE orders (id INT PRIMARY KEY)");
  EXPECT_EQ(Log("RENAME TABLE orders TO _old"), "RENAME shop.orders");
  EXPECT_FALSE(tables_.Wants("shop", "_old"));
}

TEST_F(LogDdlTest, ASwapIsOneChangeOfTheTableThatKeepsItsName) {
  options_.followable = follows_ = true;
  Track("CREATE TABLE orders (id INT PRIMARY KEY)");
  Log("CREATE TABLE ghost LIKE orders");
  Log("ALTER TABLE ghost ADD COLUMN v INT");
  EXPECT_EQ(Log("RENAME TABLE orders TO old, ghost TO orders"), "RENAME shop.orders");
  EXPECT_EQ(Columns("orders"), "id, v");
  EXPECT_EQ(Columns("old"), "id");
  EXPECT_FALSE(tables_.Wants("shop", "old"));
}

TEST_F(LogDdlTest, ARuleForAChangeComesBeforeWhatItDoesToTheProgram) {
  options_.followable = true;
  Track("CREATE TABLE orders (id INT PRIMARY KEY, v INT)");
  fits_nothing_ = true;
  EXPECT_EQ(Log("ALTER TABLE orders DROP COLUMN v").find("judged: the program does not fit"), 0u);
  stop_ = Error(ErrorCode::kRulePause, "paused");
  EXPECT_EQ(Log("ALTER TABLE orders ADD COLUMN w INT"), "paused");
}

TEST_F(LogDdlTest, AStatementThatIsNotUnderstoodIsJudged) {
  Track("CREATE TABLE orders (id INT PRIMARY KEY)");
  skips_failures_ = true;
  EXPECT_NE(Log("ALTER TABLE orders FORCE ADD COLUMN a INT").find("judged: at "), std::string::npos);
  options_.followable = true;
  handler_.reset();
  EXPECT_EQ(Log("ALTER TABLE orders FORCE ADD COLUMN a INT"), "");
}

TEST_F(LogDdlTest, SequencesAreTrackedAndNeverReported) {
  options_.dialect.mariadb = true;
  options_.dialect.server_version = 101119;
  wanted_ = {"shop.s", "shop.r"};
  EXPECT_EQ(Log("CREATE SEQUENCE s START 5"), "");
  EXPECT_EQ(Columns("s").substr(0, 21), "next_not_cached_value");
  EXPECT_EQ(Log("RENAME TABLE s TO r"), "");
  EXPECT_EQ(Columns("s"), "not tracked");
  EXPECT_EQ(Log("DROP SEQUENCE r"), "");
  EXPECT_EQ(Columns("r"), "not tracked");
  EXPECT_EQ(Log("CREATE TABLE r (id INT PRIMARY KEY)"), "CREATE shop.r (new)");
}

}  // namespace
}  // namespace cdc::sources
