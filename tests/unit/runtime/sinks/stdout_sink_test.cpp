#include "runtime/sinks/stdout/stdout_sink.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <future>
#include <string>

#include "tests/unit/runtime/sinks/batches.h"
#include "tests/unit/runtime/sinks/word.h"

namespace cdc::sinks {
namespace {

class StdoutSinkTest : public ::testing::Test {
 protected:
  StdoutSinkTest() {
    ::signal(SIGPIPE, SIG_IGN);
    int ends[2] = {};
    EXPECT_EQ(::pipe(ends), 0);
    reader_ = ends[0];
    out_ = ::fdopen(ends[1], "w");
  }
  ~StdoutSinkTest() override {
    CloseReader();
    if (out_ != nullptr) std::fclose(out_);
  }

  void CloseReader() {
    if (reader_ >= 0) ::close(reader_);
    reader_ = -1;
  }

  std::string ReadAvailable() const {
    char buffer[64 * 1024];
    const ssize_t got = ::read(reader_, buffer, sizeof(buffer));
    return std::string(buffer, got > 0 ? static_cast<size_t>(got) : 0);
  }

  int reader_ = -1;
  std::FILE* out_ = nullptr;
};

TEST_F(StdoutSinkTest, LinesAppearAtTheCommit) {
  const std::unique_ptr<Sink> sink = MakeStdoutSink({}, out_);
  ASSERT_TRUE(sink->Open().ok());
  const Result<TopicInfo> topic = sink->Topic("orders");
  ASSERT_TRUE(topic.ok());
  EXPECT_EQ(topic->partitions, 1);
  ASSERT_TRUE(sink->Write(MakeBatch(topic->index, {{"1", "{\"id\":1}"}})).ok());
  EXPECT_GT(sink->uncommitted_bytes(), 0U);
  ASSERT_TRUE(sink->Commit({{"position", "", "p"}}).ok());
  EXPECT_EQ(sink->uncommitted_bytes(), 0U);
  EXPECT_EQ(ReadAvailable(),
            "{\"topic\":\"orders\",\"partition\":0,\"key\":\"1\",\"headers\":{},\"value\":{\"id\":1}}\n");
  EXPECT_NE(sink->Recycle(), nullptr);
  EXPECT_EQ(sink->Recycle(), nullptr);
}

TEST_F(StdoutSinkTest, ARewindForgetsWhatIsNotCommitted) {
  SinkContext context;
  context.settings.Set("record", Word("value"));
  const std::unique_ptr<Sink> sink = MakeStdoutSink(context, out_);
  ASSERT_TRUE(sink->Open().ok());
  const uint32_t topic = sink->Topic("t")->index;
  ASSERT_TRUE(sink->Commit({{"position", "", "first"}}).ok());
  ASSERT_TRUE(sink->Write(MakeBatch(topic, {{"1", "{\"lost\":true}"}})).ok());
  const Result<std::vector<StateRecord>> state = sink->Open();
  ASSERT_TRUE(state.ok());
  ASSERT_EQ(state->size(), 1U);
  EXPECT_EQ(state->front().value, "first");
  ASSERT_TRUE(sink->Write(MakeBatch(topic, {{"1", "{\"kept\":true}"}})).ok());
  ASSERT_TRUE(sink->Commit({}).ok());
  EXPECT_EQ(ReadAvailable(), "{\"kept\":true}\n");
}

// As the sources of one pipe do.
TEST_F(StdoutSinkTest, LinesOfSeveralWritersDoNotMix) {
  constexpr size_t kLines = 20;
  const size_t value_bytes = 50'000;  // more than the system takes at a time
  SinkContext context;
  context.settings.Set("record", Word("value"));
  context.json_values = true;
  auto write = [&](char letter) {
    const std::unique_ptr<Sink> sink = MakeStdoutSink(context, out_);
    EXPECT_TRUE(sink->Open().ok());
    const uint32_t topic = sink->Topic("t")->index;
    for (size_t i = 0; i < kLines; ++i) {
      EXPECT_TRUE(sink->Write(MakeBatch(topic, {{"1", std::string(value_bytes, letter)}})).ok());
      EXPECT_TRUE(sink->Commit({}).ok());
    }
  };
  std::future<void> first = std::async(std::launch::async, write, 'a');
  std::future<void> second = std::async(std::launch::async, write, 'b');
  std::string all;
  size_t line = 0;
  for (size_t lines = 0; lines < 2 * kLines;) {
    all += ReadAvailable();
    for (size_t end = all.find('\n', line); end != std::string::npos; end = all.find('\n', line), ++lines) {
      EXPECT_EQ(all.find_first_not_of(all[line], line), end) << "line " << lines;
      line = end + 1;
    }
  }
  first.get();
  second.get();
  EXPECT_EQ(all.size(), 2 * kLines * (value_bytes + std::string("\n").size()));
}

TEST_F(StdoutSinkTest, AReaderThatHasGoneIsACleanStop) {
  const std::unique_ptr<Sink> sink = MakeStdoutSink({}, out_);
  ASSERT_TRUE(sink->Open().ok());
  const uint32_t topic = sink->Topic("t")->index;
  CloseReader();
  ASSERT_TRUE(sink->Write(MakeBatch(topic, {{"1", "{}"}})).ok());
  const Status status = sink->Commit({});
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code(), ErrorCode::kSinkRejected);
  EXPECT_EQ(status.error().message(), "the reader of standard output has gone");
}

TEST_F(StdoutSinkTest, ASlowReaderHoldsUpOnlyUntilInterrupt) {
  const std::unique_ptr<Sink> sink = MakeStdoutSink({}, out_);
  ASSERT_TRUE(sink->Open().ok());
  const uint32_t topic = sink->Topic("t")->index;
  ASSERT_TRUE(sink->Write(MakeBatch(topic, {{"1", std::string(500'000, 'x')}})).ok());
  std::future<Status> committed = std::async(std::launch::async, [&] { return sink->Commit({}); });
  EXPECT_EQ(committed.wait_for(std::chrono::milliseconds(300)), std::future_status::timeout);
  sink->Interrupt();
  const Status status = committed.get();
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code(), ErrorCode::kSinkLost);
}

}  // namespace
}  // namespace cdc::sinks
