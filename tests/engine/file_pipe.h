#pragma once

// A program over recorded logs, from file to file, through the real parts.

#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "compiler/compile/compile.h"
#include "compiler/plan/plan.h"
#include "runtime/operators/transform.h"
#include "runtime/sinks/sink.h"
#include "runtime/sources/source.h"

namespace cdc::testing {

std::string ReadWholeFile(const std::filesystem::path& path);

class FilePipe {
 public:
  // `program`: its sink is `files` with the directory 'out'; `$LOG_FOLDER$` in it is folder(). `log`: the bytes of
  // binlog.000001 there; empty for none.
  explicit FilePipe(std::string program, const std::string& log = {});
  ~FilePipe();
  FilePipe(const FilePipe&) = delete;
  FilePipe& operator=(const FilePipe&) = delete;

  const plan::Plan& plan() const { return *compiled_.plan; }

  // The parts of a run. The plan outlives them.
  struct Parts {
    std::filesystem::path directory;  // of the files written
    std::unique_ptr<Sink> sink;
    std::unique_ptr<operators::Transform> transform;
    std::unique_ptr<Source> source;
  };
  // `before_topic` is asked before every topic look-up; its error is the look-up's.
  using BeforeTopic = std::function<Status(const std::string& topic)>;
  // Parts that write to a place of their own.
  Parts Make(const plan::Plan& plan, size_t batch_bytes, BeforeTopic before_topic = nullptr);

  // What a run wrote: by file name, its lines.
  static std::map<std::string, std::string> Written(const Parts& parts);

 private:
  std::filesystem::path folder_;
  compile::Compiled compiled_;
  int runs_ = 0;
};

// The shop's own program over the log that the server wrote.
class ShopPipe : public FilePipe {
 public:
  ShopPipe();
};

}  // namespace cdc::testing
