#include "runtime/sinks/files/files_sink.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "runtime/state/file_store.h"
#include "tests/unit/runtime/sinks/batches.h"
#include "tests/unit/runtime/sinks/word.h"

namespace cdc::sinks {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

catalog::SettingValue Number(catalog::SettingKind kind, int64_t number) {
  catalog::SettingValue value;
  value.kind = kind;
  value.number = number;
  return value;
}

class FilesSinkTest : public ::testing::Test {
 protected:
  FilesSinkTest() {
    std::string name = (std::filesystem::temp_directory_path() / "pipewright-files-XXXXXX").string();
    root_ = ::mkdtemp(name.data());
    context_.program = "shop";
    context_.pipe = "orders";
    context_.source = "db";
    context_.project_root = root_;
    context_.settings.Set("directory", Word("out"));
    context_.settings.Set("record", Word("value"));
  }
  ~FilesSinkTest() override { std::filesystem::remove_all(root_); }

  std::unique_ptr<Sink> Opened() {
    std::unique_ptr<Sink> sink = MakeFilesSink(context_);
    const Result<std::vector<StateRecord>> state = sink->Open();
    EXPECT_TRUE(state.ok()) << state.error().message();
    state_ = *state;
    return sink;
  }

  // Writes one row and commits it with its number as the position.
  static void Deliver(Sink* sink, int number, const std::string& topic = "t") {
    const Status written = sink->Write(MakeBatch(sink->Topic(topic)->index, {{"", Value(number)}}));
    ASSERT_TRUE(written.ok()) << written.error().message();
    const Status committed = sink->Commit({{"position", "", std::to_string(number)}});
    ASSERT_TRUE(committed.ok()) << committed.error().message();
  }

  static std::string Value(int number) { return "{\"n\":" + std::to_string(number) + "}"; }

  std::string File(const std::string& name) const {
    std::ifstream in(root_ + "/out/" + name, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
  }
  bool Exists(const std::string& name) const { return std::filesystem::exists(root_ + "/out/" + name); }

  std::string root_;
  SinkContext context_;
  std::vector<StateRecord> state_;
};

TEST_F(FilesSinkTest, ARestartGoesOnWhereTheLastCommitEnded) {
  {
    const std::unique_ptr<Sink> sink = Opened();
    EXPECT_THAT(state_, IsEmpty());
    Deliver(sink.get(), 1);
    // Neither of these two is committed: one still in memory, one large enough to be in the file.
    const uint32_t topic = sink->Topic("t")->index;
    ASSERT_TRUE(sink->Write(MakeBatch(topic, {{"", Value(2)}})).ok());
    ASSERT_TRUE(sink->Write(MakeBatch(topic, {{"", "[\"" + std::string(3 << 20, 'x') + "\"]"}})).ok());
  }
  EXPECT_GT(File("t.1.jsonl").size(), 1U << 20);
  {
    const std::unique_ptr<Sink> sink = Opened();
    ASSERT_EQ(state_.size(), 1U);
    EXPECT_EQ(state_[0].value, "1");
    EXPECT_EQ(File("t.1.jsonl"), "{\"n\":1}\n");
    Deliver(sink.get(), 2);
  }
  EXPECT_EQ(File("t.1.jsonl"), "{\"n\":1}\n{\"n\":2}\n");
}

TEST_F(FilesSinkTest, AFileThatWasNeverCommittedIsEmptiedOnRestart) {
  {
    const std::unique_ptr<Sink> sink = Opened();
    const uint32_t topic = sink->Topic("t")->index;
    ASSERT_TRUE(sink->Write(MakeBatch(topic, {{"", "[\"" + std::string(3 << 20, 'x') + "\"]"}})).ok());
  }
  ASSERT_GT(File("t.1.jsonl").size(), 0U);
  const std::unique_ptr<Sink> sink = Opened();
  EXPECT_EQ(File("t.1.jsonl"), "");
  Deliver(sink.get(), 1);
  EXPECT_EQ(File("t.1.jsonl"), "{\"n\":1}\n");
  EXPECT_FALSE(Exists("t.2.jsonl"));
}

TEST_F(FilesSinkTest, ARewindCutsTheFiles) {
  const std::unique_ptr<Sink> sink = Opened();
  Deliver(sink.get(), 1);
  const uint32_t topic = sink->Topic("t")->index;
  ASSERT_TRUE(sink->Write(MakeBatch(topic, {{"", Value(2)}})).ok());
  ASSERT_TRUE(sink->Open().ok());
  EXPECT_EQ(sink->Topic("t")->index, topic);
  Deliver(sink.get(), 3);
  EXPECT_EQ(File("t.1.jsonl"), "{\"n\":1}\n{\"n\":3}\n");
}

TEST_F(FilesSinkTest, RotatesBySizeBetweenCommits) {
  context_.settings.Set("rotate_size", Number(catalog::SettingKind::kSize, 10));
  {
    const std::unique_ptr<Sink> sink = Opened();
    Deliver(sink.get(), 1);
    Deliver(sink.get(), 2);
    Deliver(sink.get(), 3);
  }
  EXPECT_EQ(File("t.1.jsonl"), "{\"n\":1}\n{\"n\":2}\n");
  EXPECT_EQ(File("t.2.jsonl"), "{\"n\":3}\n");
  const std::unique_ptr<Sink> sink = Opened();
  Deliver(sink.get(), 4);
  Deliver(sink.get(), 5);
  EXPECT_EQ(File("t.2.jsonl"), "{\"n\":3}\n{\"n\":4}\n");
  EXPECT_EQ(File("t.3.jsonl"), "{\"n\":5}\n");
}

TEST_F(FilesSinkTest, RotatesByTime) {
  context_.settings.Set("rotate_every", Number(catalog::SettingKind::kDuration, 0));
  const std::unique_ptr<Sink> sink = Opened();
  Deliver(sink.get(), 1);
  Deliver(sink.get(), 2);
  EXPECT_EQ(File("t.1.jsonl"), "{\"n\":1}\n");
  EXPECT_EQ(File("t.2.jsonl"), "{\"n\":2}\n");
}

TEST_F(FilesSinkTest, TopicsHaveFilesOfTheirOwn) {
  const std::unique_ptr<Sink> sink = Opened();
  Deliver(sink.get(), 1, "a");
  Deliver(sink.get(), 2, "a.1");
  Deliver(sink.get(), 3, "../b");
  EXPECT_EQ(File("a.1.jsonl"), "{\"n\":1}\n");
  EXPECT_EQ(File("a.1.1.jsonl"), "{\"n\":2}\n");
  EXPECT_EQ(File("%2E.%2Fb.1.jsonl"), "{\"n\":3}\n");
}

TEST_F(FilesSinkTest, SourcesOfOnePipeHaveFoldersOfTheirOwn) {
  Deliver(Opened().get(), 1);
  context_.among_sources = true;
  const std::unique_ptr<Sink> first = Opened();
  // Saved when it was the only one.
  EXPECT_THAT(state_, ::testing::Contains(::testing::Field(&StateRecord::value, "1")));
  context_.source = "other";
  const std::unique_ptr<Sink> second = Opened();
  EXPECT_THAT(state_, IsEmpty());
  Deliver(first.get(), 2);
  Deliver(second.get(), 3);
  EXPECT_EQ(File("t.1.jsonl"), "{\"n\":1}\n");
  EXPECT_EQ(File("db/t.2.jsonl"), "{\"n\":2}\n");
  EXPECT_EQ(File("other/t.1.jsonl"), "{\"n\":3}\n");
}

TEST_F(FilesSinkTest, FilesOfOthersAreNotTouched) {
  std::filesystem::create_directories(root_ + "/out");
  std::ofstream(root_ + "/out/t.7.jsonl") << "somebody else's\n";
  const std::unique_ptr<Sink> sink = Opened();
  Deliver(sink.get(), 1);
  EXPECT_EQ(File("t.7.jsonl"), "somebody else's\n");
  EXPECT_EQ(File("t.8.jsonl"), "{\"n\":1}\n");
}

TEST_F(FilesSinkTest, ResetStartsANewFileAndForgetsThePosition) {
  {
    const std::unique_ptr<Sink> sink = Opened();
    Deliver(sink.get(), 1);
  }
  context_.reset_position = true;
  const std::unique_ptr<Sink> sink = Opened();
  EXPECT_THAT(state_, IsEmpty());
  Deliver(sink.get(), 2);
  EXPECT_EQ(File("t.1.jsonl"), "{\"n\":1}\n");
  EXPECT_EQ(File("t.2.jsonl"), "{\"n\":2}\n");
}

TEST_F(FilesSinkTest, AFileShorterThanCommittedStopsThePipe) {
  {
    const std::unique_ptr<Sink> sink = Opened();
    Deliver(sink.get(), 1);
  }
  std::filesystem::resize_file(root_ + "/out/t.1.jsonl", 3);
  const std::unique_ptr<Sink> sink = MakeFilesSink(context_);
  const Result<std::vector<StateRecord>> state = sink->Open();
  ASSERT_FALSE(state.ok());
  EXPECT_EQ(state.error().code(), ErrorCode::kSinkRejected);
  EXPECT_THAT(state.error().message(), HasSubstr("has 3 bytes, and 8 were written"));
}

TEST_F(FilesSinkTest, AFileThatWasTakenAwayIsFollowedByTheNext) {
  {
    const std::unique_ptr<Sink> sink = Opened();
    Deliver(sink.get(), 1);
  }
  std::filesystem::remove(root_ + "/out/t.1.jsonl");
  const std::unique_ptr<Sink> sink = Opened();
  Deliver(sink.get(), 2);
  EXPECT_FALSE(Exists("t.1.jsonl"));
  EXPECT_EQ(File("t.2.jsonl"), "{\"n\":2}\n");
}

TEST_F(FilesSinkTest, ASecondProcessOfThePipeIsRefused) {
  const std::unique_ptr<Sink> first = Opened();
  const std::unique_ptr<Sink> second = MakeFilesSink(context_);
  const Result<std::vector<StateRecord>> state = second->Open();
  ASSERT_FALSE(state.ok());
  EXPECT_EQ(state.error().code(), ErrorCode::kTakenOver);
}

TEST_F(FilesSinkTest, AStoreOfItsOwnHoldsTheStateElsewhere) {
  const state::StateOwner owner = {"shop", "orders", "db"};
  {
    const std::unique_ptr<Sink> sink = MakeFilesSink(context_, state::MakeFileStore(root_ + "/elsewhere", owner));
    ASSERT_TRUE(sink->Open().ok());
    Deliver(sink.get(), 1);
  }
  EXPECT_FALSE(Exists(".pipewright"));
  const std::unique_ptr<Sink> sink = MakeFilesSink(context_, state::MakeFileStore(root_ + "/elsewhere", owner));
  const Result<std::vector<StateRecord>> state = sink->Open();
  ASSERT_TRUE(state.ok());
  ASSERT_EQ(state->size(), 1U);
  EXPECT_EQ(state->front().value, "1");
}

TEST_F(FilesSinkTest, ManyTopicsNeedFewHandles) {
  constexpr int kTopics = 600;
  constexpr int kTopicsInACommit = 50;
  context_.settings.Set("sync", Word("never"));
  const auto deliver_all = [](Sink* sink) {
    for (int i = 0; i < kTopics; ++i) {
      const uint32_t topic = sink->Topic("topic" + std::to_string(i))->index;
      ASSERT_TRUE(sink->Write(MakeBatch(topic, {{"", Value(i)}})).ok());
      if ((i + 1) % kTopicsInACommit == 0) {
        ASSERT_TRUE(sink->Commit({{"position", "", std::to_string(i)}}).ok());
      }
    }
  };
  {
    const std::unique_ptr<Sink> sink = Opened();
    deliver_all(sink.get());
    const auto handles = std::distance(std::filesystem::directory_iterator("/proc/self/fd"), {});
    EXPECT_LT(handles, kTopics - 50);
  }
  const std::unique_ptr<Sink> sink = Opened();
  deliver_all(sink.get());
  EXPECT_EQ(File("topic599.1.jsonl"), "{\"n\":599}\n{\"n\":599}\n");
}

TEST_F(FilesSinkTest, MoreTopicsInOneCommitThanHandles) {
  constexpr int kTopics = 300;
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
  rlimit low = before;
  low.rlim_cur = 80;
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &low), 0);
  context_.settings.Set("sync", Word("never"));
  const auto write_all = [&](Sink* sink, int number) {
    for (int i = 0; i < kTopics; ++i) {
      const uint32_t topic = sink->Topic("topic" + std::to_string(i))->index;
      const Status written = sink->Write(MakeBatch(topic, {{"", Value(number)}}));
      ASSERT_TRUE(written.ok()) << written.error().message();
    }
  };
  {
    const std::unique_ptr<Sink> sink = Opened();
    for (const int number : {1, 2}) write_all(sink.get(), number);
    const Status committed = sink->Commit({{"position", "", "2"}});
    ASSERT_TRUE(committed.ok()) << committed.error().message();
    // More than is held in memory, and never committed.
    write_all(sink.get(), 3);
    const std::string large = "[\"" + std::string(3 << 20, 'x') + "\"]";
    ASSERT_TRUE(sink->Write(MakeBatch(sink->Topic("topic0")->index, {{"", large}})).ok());
  }
  const std::unique_ptr<Sink> sink = Opened();
  write_all(sink.get(), 3);
  const Status committed = sink->Commit({{"position", "", "3"}});
  ASSERT_TRUE(committed.ok()) << committed.error().message();
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &before), 0);
  for (int i = 0; i < kTopics; ++i) {
    ASSERT_EQ(File("topic" + std::to_string(i) + ".1.jsonl"), "{\"n\":1}\n{\"n\":2}\n{\"n\":3}\n") << i;
  }
}

TEST_F(FilesSinkTest, APathThatIsNoDirectoryIsOneStreamWithoutResume) {
  std::ofstream(root_ + "/stream");
  context_.settings.Set("directory", Word("stream"));
  {
    const std::unique_ptr<Sink> sink = Opened();
    Deliver(sink.get(), 1, "a");
    Deliver(sink.get(), 2, "b");
  }
  std::ifstream in(root_ + "/stream");
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(in), {}), "{\"n\":1}\n{\"n\":2}\n");
  Opened();
  EXPECT_THAT(state_, IsEmpty());
  context_.settings.Set("directory", Word("/dev/null"));
  const std::unique_ptr<Sink> sink = Opened();
  Deliver(sink.get(), 1);
}

}  // namespace
}  // namespace cdc::sinks
