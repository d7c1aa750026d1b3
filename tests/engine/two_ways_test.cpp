// A recorded log through the real parts, from file to file: whatever the size of the batches, whether the
// plan went through JSON or not, and every time again, the same bytes come out (ENGINE G6).

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

#include "compiler/compile/compile.h"
#include "compiler/plan/plan.h"
#include "runtime/operators/transform.h"
#include "runtime/sinks/files/files_sink.h"
#include "runtime/sources/binlog_files/binlog_files.h"

namespace cdc::testing {
namespace {

namespace fs = std::filesystem;

std::string ReadAll(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

// Puts `with` in place of the declaration that begins with `head`, up to its closing brace.
void ReplaceDeclaration(std::string* program, const std::string& head, const std::string& with) {
  const size_t begin = program->find(head);
  ASSERT_NE(begin, std::string::npos) << head;
  program->replace(begin, program->find("\n}\n", begin) + 3 - begin, with);
}

class TwoWays : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "pipewright-two-ways-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    // The shop's own program, over the log that the server wrote.
    std::string program = ReadAll(fs::path(PIPEWRIGHT_ROOT) / "examples/shop/shop.pipe");
    const std::string log = std::string(PIPEWRIGHT_ROOT) + "/tests/engine/data/shop.mariadb.*";
    ReplaceDeclaration(&program, "source db: mysql {", "source db: binlog_files { path = '" + log + "'; }\n");
    ReplaceDeclaration(&program, "sink bus: kafka {", "sink bus: files { directory = 'out'; partitions = 3; }\n");
    std::ofstream(folder_ / "shop.pipe") << program;
    compiled_ = compile::Compile((folder_ / "shop.pipe").string(), {.demand_params = true});
    ASSERT_EQ(compiled_.ExitCode(), 0) << compiled_.usage_error;
  }
  void TearDown() override { fs::remove_all(folder_); }

  // What a run writes: by file name, its lines.
  std::map<std::string, std::string> Run(const plan::Plan& plan, size_t batch_bytes, size_t* batches) {
    const plan::Pipe& pipe = plan.pipes.front();
    const fs::path place = folder_ / std::to_string(++runs_);
    SinkContext to;
    to.program = plan.program;
    to.pipe = pipe.name;
    to.source = pipe.sources.front();
    to.name = pipe.sink;
    to.settings = plan.sinks.front().settings;
    to.project_root = place.string();
    to.json_values = true;
    const auto sink = sinks::MakeFilesSink(std::move(to));
    auto topics = [&](const std::string& name) -> Result<operators::ResolvedTopic> {
      ASSIGN_OR_RETURN(const TopicInfo info, sink->Topic(name));
      return operators::ResolvedTopic{info.index, info.partitions};
    };
    auto opened = sink->Open();
    EXPECT_TRUE(opened.ok());
    auto transform = operators::Transform::Make(plan, pipe, pipe.sources.front(), topics);
    EXPECT_TRUE(transform.ok());
    SourceContext from;
    from.program = plan.program;
    from.pipe = pipe.name;
    from.name = pipe.sources.front();
    from.settings = plan.sources.front().settings;
    from.capture = transform.value().get();
    from.batch_bytes = batch_bytes;
    const auto source = sources::MakeBinlogFilesSource(std::move(from));
    Status done = Pump(source.get(), transform.value().get(), sink.get(), batches);
    EXPECT_TRUE(done.ok()) << (done.ok() ? "" : done.error().message());
    sink->Close();
    std::map<std::string, std::string> written;
    for (const auto& entry : fs::directory_iterator(place / "out")) {
      if (entry.is_regular_file()) written[entry.path().filename().string()] = ReadAll(entry.path());
    }
    return written;
  }

  static Status Pump(Source* source, operators::Transform* transform, Sink* sink, size_t* batches) {
    RETURN_IF_ERROR(source->Open({}));
    for (*batches = 0;; ++*batches) {
      ChangeBatch in;
      ASSIGN_OR_RETURN(const ReadResult result, source->Read(&in, 0));
      if (result == ReadResult::kEnd) return sink->Commit({});
      auto out = std::make_unique<MessageBatch>();
      RETURN_IF_ERROR(transform->Apply(in, out.get()));
      RETURN_IF_ERROR(sink->Write(std::move(out)));
    }
  }

  fs::path folder_;
  compile::Compiled compiled_;
  int runs_ = 0;
};

TEST_F(TwoWays, BatchesOfOneRowAndOfManyGiveTheSameBytes) {
  size_t many = 0, single = 0;
  const auto expected = Run(*compiled_.plan, 1u << 20, &many);
  EXPECT_EQ(expected.size(), 11u);  // the shop's tables, each a topic
  EXPECT_EQ(Run(*compiled_.plan, 1, &single), expected);
  EXPECT_LT(many, 20u);
  EXPECT_GT(single, 200u);
}

TEST_F(TwoWays, TheSameLogTwiceGivesTheSameBytes) {
  size_t batches = 0;
  const auto first = Run(*compiled_.plan, 1u << 20, &batches);
  EXPECT_EQ(Run(*compiled_.plan, 1u << 20, &batches), first);
}

TEST_F(TwoWays, PlanFromTextAndFromJsonGiveTheSameBytes) {
  auto from_json = plan::FromJson(plan::ToJson(*compiled_.plan));
  ASSERT_TRUE(from_json.ok()) << from_json.error().message();
  size_t batches = 0;
  EXPECT_EQ(Run(from_json.value(), 1u << 20, &batches), Run(*compiled_.plan, 1u << 20, &batches));
}

}  // namespace
}  // namespace cdc::testing
