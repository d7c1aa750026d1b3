#include "tests/engine/file_pipe.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <sstream>
#include <utility>

#include "runtime/sinks/files/files_sink.h"
#include "runtime/sources/binlog_files/binlog_files.h"

namespace cdc::testing {
namespace {

namespace fs = std::filesystem;

// Puts `with` in place of the declaration that begins with `head`, up to its closing brace.
void ReplaceDeclaration(std::string* program, const std::string& head, const std::string& with) {
  const size_t begin = program->find(head);
  ASSERT_NE(begin, std::string::npos) << head;
  program->replace(begin, program->find("\n}\n", begin) + 3 - begin, with);
}

std::string ShopProgram() {
  std::string program = ReadWholeFile(fs::path(PIPEWRIGHT_ROOT) / "examples/shop/shop.pipe");
  const std::string log = std::string(PIPEWRIGHT_ROOT) + "/tests/engine/data/shop.mariadb.*";
  ReplaceDeclaration(&program, "source db: mysql {", "source db: binlog_files { path = '" + log + "'; }\n");
  ReplaceDeclaration(&program, "sink bus: kafka {",
                     "sink bus: files { directory = 'out'; partitions = 3; sync = never; }\n");
  return program;
}

}  // namespace

std::string ReadWholeFile(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

FilePipe::FilePipe(std::string program, const std::string& log) {
  std::string pattern = (fs::temp_directory_path() / "pipewright-pipe-XXXXXX").string();
  folder_ = ::mkdtemp(pattern.data());
  const std::string mark = "$LOG_FOLDER$";
  if (const size_t at = program.find(mark); at != std::string::npos) program.replace(at, mark.size(), folder_.string());
  if (!log.empty()) std::ofstream(folder_ / "binlog.000001", std::ios::binary) << log;
  std::ofstream(folder_ / "program.pipe") << program;
  compiled_ = compile::Compile((folder_ / "program.pipe").string(), {.demand_params = true});
  EXPECT_EQ(compiled_.ExitCode(), 0) << compiled_.usage_error;
}

FilePipe::~FilePipe() { fs::remove_all(folder_); }

FilePipe::Parts FilePipe::Make(const plan::Plan& plan, size_t batch_bytes, BeforeTopic before_topic) {
  const plan::Pipe& pipe = plan.pipes.front();
  const fs::path place = folder_ / std::to_string(++runs_);
  Parts parts;
  parts.directory = place / "out";
  SinkContext to;
  to.program = plan.program;
  to.pipe = pipe.name;
  to.source = pipe.sources.front();
  to.name = pipe.sink;
  to.settings = plan.sinks.front().settings;
  to.project_root = place.string();
  to.json_values = true;
  parts.sink = sinks::MakeFilesSink(std::move(to));
  auto topics = [sink = parts.sink.get(),
                 before = std::move(before_topic)](const std::string& name) -> Result<operators::ResolvedTopic> {
    if (before) RETURN_IF_ERROR(before(name));
    ASSIGN_OR_RETURN(const TopicInfo info, sink->Topic(name));
    return operators::ResolvedTopic{info.index, info.partitions, info.record_bytes_max, name};
  };
  auto transform = operators::Transform::Make(plan, pipe, pipe.sources.front(), std::move(topics));
  EXPECT_TRUE(transform.ok()) << (transform.ok() ? "" : transform.error().message());
  parts.transform = std::move(transform).value();
  SourceContext from;
  from.program = plan.program;
  from.pipe = pipe.name;
  from.name = pipe.sources.front();
  from.settings = plan.sources.front().settings;
  from.capture = parts.transform.get();
  from.batch_bytes = batch_bytes;
  parts.source = sources::MakeBinlogFilesSource(std::move(from));
  return parts;
}

std::map<std::string, std::string> FilePipe::Written(const Parts& parts) {
  std::map<std::string, std::string> written;
  for (const auto& entry : fs::directory_iterator(parts.directory)) {
    if (entry.is_regular_file()) written[entry.path().filename().string()] = ReadWholeFile(entry.path());
  }
  return written;
}

ShopPipe::ShopPipe() : FilePipe(ShopProgram()) {}

}  // namespace cdc::testing
