#include "runtime/state/file_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace cdc::state {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string Text(const StateRecord& record) { return record.kind + "/" + record.item + "=" + record.value; }

class FileStoreTest : public ::testing::Test {
 protected:
  FileStoreTest() {
    std::string name = (std::filesystem::temp_directory_path() / "pipewright-store-XXXXXX").string();
    directory_ = ::mkdtemp(name.data());
  }
  ~FileStoreTest() override { std::filesystem::remove_all(directory_); }

  std::unique_ptr<Store> Make() const { return MakeFileStore(directory_ + "/state", {"shop", "orders", "db"}); }

  static std::vector<std::string> Open(Store* store) {
    const Result<std::vector<StateRecord>> records = store->Open();
    EXPECT_TRUE(records.ok()) << records.error().message();
    std::vector<std::string> texts;
    for (const StateRecord& record : *records) texts.push_back(Text(record));
    return texts;
  }

  std::vector<std::string> Reopened() const {
    const std::unique_ptr<Store> store = Make();
    return Open(store.get());
  }

  std::string directory_;
};

TEST_F(FileStoreTest, StartsEmptyAndKeepsWhatIsSaved) {
  {
    const std::unique_ptr<Store> store = Make();
    EXPECT_THAT(Open(store.get()), IsEmpty());
    ASSERT_TRUE(store->Save({{"position", "", "{\"offset\":4}"}, {"schema", "shop.t/1", "{}"}}).ok());
    ASSERT_TRUE(store->Save({{"position", "", "{\"offset\":9}"}}).ok());
  }
  EXPECT_THAT(Reopened(), ElementsAre("position/={\"offset\":9}", "schema/shop.t/1={}"));
}

TEST_F(FileStoreTest, AnEmptyValueDeletes) {
  {
    const std::unique_ptr<Store> store = Make();
    Open(store.get());
    ASSERT_TRUE(store->Save({{"snapshot", "a", "1"}, {"snapshot", "b", "2"}}).ok());
    ASSERT_TRUE(store->Save({{"snapshot", "a", ""}}).ok());
  }
  EXPECT_THAT(Reopened(), ElementsAre("snapshot/b=2"));
}

TEST_F(FileStoreTest, LargeStateMovesIntoANewBaseAndStaysWhole) {
  const std::string large(100'000, 'x');
  {
    const std::unique_ptr<Store> store = Make();
    Open(store.get());
    for (int i = 0; i < 10; ++i) ASSERT_TRUE(store->Save({{"schema", std::to_string(i), large}}).ok());
    ASSERT_TRUE(store->Save({{"schema", "3", ""}, {"position", "", "p"}}).ok());
  }
  EXPECT_TRUE(std::filesystem::exists(directory_ + "/state/shop.orders.db.base.json"));
  EXPECT_LT(std::filesystem::file_size(directory_ + "/state/shop.orders.db.head.json"), 100'000U);
  const std::vector<std::string> records = Reopened();
  ASSERT_EQ(records.size(), 10U);
  EXPECT_EQ(records[0], "position/=p");
  EXPECT_EQ(records[4], "schema/4=" + large);
}

// A crash between the new base and the next head leaves the head of the older base behind.
TEST_F(FileStoreTest, AHeadOfAnOlderBaseIsVoid) {
  const std::string head = directory_ + "/state/shop.orders.db.head.json";
  {
    const std::unique_ptr<Store> store = Make();
    Open(store.get());
    ASSERT_TRUE(store->Save({{"position", "", "old"}}).ok());
    std::filesystem::copy_file(head, directory_ + "/kept");
    ASSERT_TRUE(store->Save({{"position", "", "new"}, {"schema", "t/1", std::string(300'000, 'x')}}).ok());
  }
  std::filesystem::copy_file(directory_ + "/kept", head, std::filesystem::copy_options::overwrite_existing);
  EXPECT_EQ(Reopened()[0], "position/=new");
}

TEST_F(FileStoreTest, ATemporaryFileOfACrashIsIgnored) {
  {
    const std::unique_ptr<Store> store = Make();
    Open(store.get());
    ASSERT_TRUE(store->Save({{"position", "", "p"}}).ok());
  }
  std::ofstream(directory_ + "/state/shop.orders.db.head.json.new") << "{\"base\":0,\"rec";
  EXPECT_THAT(Reopened(), ElementsAre("position/=p"));
}

TEST_F(FileStoreTest, ADamagedFileIsRefusedByName) {
  {
    const std::unique_ptr<Store> store = Make();
    Open(store.get());
    ASSERT_TRUE(store->Save({{"position", "", "p"}}).ok());
  }
  std::ofstream(directory_ + "/state/shop.orders.db.head.json") << "{\"base\":0,\"records\":[{\"kind\":1}]}";
  const std::unique_ptr<Store> store = Make();
  const Result<std::vector<StateRecord>> records = store->Open();
  ASSERT_FALSE(records.ok());
  EXPECT_EQ(records.error().code(), ErrorCode::kSinkRejected);
  EXPECT_THAT(records.error().message(), HasSubstr("shop.orders.db.head.json` is damaged"));
}

TEST_F(FileStoreTest, ClearForgets) {
  {
    const std::unique_ptr<Store> store = Make();
    Open(store.get());
    ASSERT_TRUE(store->Save({{"position", "", "p"}}).ok());
    ASSERT_TRUE(store->Clear().ok());
  }
  EXPECT_THAT(Reopened(), IsEmpty());
}

TEST_F(FileStoreTest, OneOwnerAtATime) {
  const std::unique_ptr<Store> first = Make();
  Open(first.get());
  const std::unique_ptr<Store> second = Make();
  const Result<std::vector<StateRecord>> refused = second->Open();
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code(), ErrorCode::kTakenOver);
  EXPECT_THAT(refused.error().message(), HasSubstr("in use by process " + std::to_string(::getpid())));
  first->Close();
  EXPECT_TRUE(second->Open().ok());
}

TEST_F(FileStoreTest, ADeadProcessHoldsNothing) {
  const pid_t child = ::fork();
  if (child == 0) {
    const std::unique_ptr<Store> store = Make();
    const std::vector<StateRecord> records = {{"position", "", "of the dead"}};
    if (!store->Open().ok()) ::_exit(1);
    ::_exit(store->Save(records).ok() ? 0 : 1);
  }
  int result = 0;
  ASSERT_EQ(::waitpid(child, &result, 0), child);
  ASSERT_EQ(result, 0);
  EXPECT_THAT(Reopened(), ElementsAre("position/=of the dead"));
}

TEST_F(FileStoreTest, OtherPipesAreApart) {
  const std::unique_ptr<Store> mine = Make();
  Open(mine.get());
  ASSERT_TRUE(mine->Save({{"position", "", "mine"}}).ok());
  const std::unique_ptr<Store> other = MakeFileStore(directory_ + "/state", {"shop", "../evil", "db"});
  EXPECT_THAT(Open(other.get()), IsEmpty());
  EXPECT_TRUE(std::filesystem::exists(directory_ + "/state/shop.%2E.%2Fevil.db.lock"));
}

TEST(MemoryStoreTest, KeepsItsStateAcrossOpen) {
  const std::unique_ptr<Store> store = MakeMemoryStore();
  ASSERT_TRUE(store->Open().ok());
  ASSERT_TRUE(store->Save({{"position", "", "p"}, {"schema", "t", "s"}}).ok());
  ASSERT_TRUE(store->Save({{"schema", "t", ""}}).ok());
  const Result<std::vector<StateRecord>> records = store->Open();
  ASSERT_TRUE(records.ok());
  ASSERT_EQ(records->size(), 1U);
  EXPECT_EQ(Text(records->front()), "position/=p");
}

}  // namespace
}  // namespace cdc::state
