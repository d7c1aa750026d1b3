#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace cdc::sinks {

// The topics of a sink that has none to look up: names get indexes in order of appearance.
class TopicNames {
 public:
  // Threads: any.
  uint32_t IndexOf(const std::string& name);

  struct Entry {
    std::string name;
    std::string json;  // the name as a JSON string
  };
  // Requires: IndexOf() returned `index`. Threads: the writer's.
  const Entry& At(uint32_t index);

 private:
  std::mutex mutex_;
  std::map<std::string, uint32_t> indexes_;
  std::vector<std::shared_ptr<const Entry>> entries_;
  std::vector<std::shared_ptr<const Entry>> seen_;  // the writer's copy: no lock per record
};

}  // namespace cdc::sinks
