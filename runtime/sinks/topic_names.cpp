#include "runtime/sinks/topic_names.h"

#include "runtime/sinks/json_line.h"
#include "stdlib/core/check.h"
#include "stdlib/core/out_buffer.h"

namespace cdc::sinks {

uint32_t TopicNames::IndexOf(const std::string& name) {
  const std::lock_guard lock(mutex_);
  const auto [entry, added] = indexes_.emplace(name, static_cast<uint32_t>(entries_.size()));
  if (added) {
    OutBuffer json;
    AppendQuoted(name, &json);
    entries_.push_back(std::make_shared<const Entry>(Entry{name, std::string(json.view())}));
  }
  return entry->second;
}

const TopicNames::Entry& TopicNames::At(uint32_t index) {
  if (index >= seen_.size()) [[unlikely]] {
    const std::lock_guard lock(mutex_);
    seen_ = entries_;
  }
  CHECK(index < seen_.size());
  return *seen_[index];
}

}  // namespace cdc::sinks
