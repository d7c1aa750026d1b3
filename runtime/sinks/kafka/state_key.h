#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "runtime/sinks/sink.h"

namespace cdc::sinks::kafka {

// Keys of the state topic (docs/state.md): one line of JSON,
// {"program":…,"pipe":…,"source":…,"lane":0,"kind":…,"item":…}, always written in exactly this form, because
// compaction compares bytes.
struct StateKey {
  int lane = 0;
  std::string kind;
  std::string item;
};

class StateKeys {
 public:
  explicit StateKeys(const SinkContext& context);

  std::string Write(const std::string& kind, const std::string& item) const;
  // The key's rest if it is one of this pipe and source.
  std::optional<StateKey> Read(std::string_view key) const;
  // Where new state goes among `partitions`: the same for all of a pipe.
  int32_t PartitionOf(int32_t partitions) const;

 private:
  std::string prefix_;  // up to `"lane":`
};

// "pipe `p` of program `q`" of any pipe's key, empty if it is no key of ours.
std::string PipeOfKey(std::string_view key);

// Who runs a pipe: the value of its `owner` record.
struct Owner {
  std::string id;
  std::string host;
  std::string since;  // UTC, RFC 3339
  int64_t process = 0;
};

// An owner that stands for this sink in this process, with a random id.
Owner MakeOwner();
std::string ToJson(const Owner& owner);
// Nothing if `json` is no owner.
std::optional<Owner> ReadOwner(const std::string& json);

}  // namespace cdc::sinks::kafka
