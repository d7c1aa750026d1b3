#pragma once

// The common part of sinks that write lines and have no transactions.

#include <memory>
#include <string>
#include <vector>

#include "runtime/sinks/json_line.h"
#include "runtime/sinks/sink.h"
#include "runtime/sinks/topic_names.h"
#include "runtime/state/store.h"

namespace cdc::sinks {

// Settings of the lines, topic names, and batches that are free at once.
class LineSink : public Sink {
 public:
  explicit LineSink(SinkContext context);

  Result<TopicInfo> Topic(const std::string& name) override;
  std::unique_ptr<MessageBatch> Recycle() override;
  uint64_t uncommitted_bytes() const override { return uncommitted_bytes_; }
  bool commits_are_costly() const override { return false; }

 protected:
  SinkContext context_;
  LineOptions options_;
  TopicNames names_;
  std::vector<std::unique_ptr<MessageBatch>> free_;
  uint64_t uncommitted_bytes_ = 0;

 private:
  int32_t partitions_ = 1;
};

// Where a stream of lines goes: an open file descriptor, which stays the caller's, or -1 and a path to open.
struct StreamTarget {
  int handle = -1;
  std::string name;  // for messages, or the path
};

// One stream for all topics, visible at every commit; rows may repeat after a crash. Without `store` the
// state lasts as long as the process.
std::unique_ptr<Sink> MakeStreamSink(SinkContext context, StreamTarget target, std::unique_ptr<state::Store> store);

}  // namespace cdc::sinks
