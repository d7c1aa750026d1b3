#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "runtime/sinks/kafka/admin.h"
#include "runtime/sinks/sink.h"

namespace cdc::sinks::kafka {

// One topic that the pipe writes to.
struct TopicFacts {
  std::string name;
  uint32_t index = 0;
  int32_t partitions = 0;
  bool saved = false;            // the saved state holds this partition count
  int64_t record_bytes_max = 0;  // key, value and headers: the smaller of the setting and the topic's limit
};

// The topics of a sink: looked up, created where the settings allow, numbered for its life.
class Topics {
 public:
  Topics(const SinkContext& context, const KafkaSettings& settings) : context_(context), settings_(settings) {}

  // What earlier runs saved: partition counts by topic. Empty `saved` with `first_start`: nothing was saved
  // yet.
  void Remember(std::map<std::string, int32_t> saved, bool first_start);

  // Finds or creates a topic. Errors: kSinkRejected, kSinkLost, kCredentials. Threads: any.
  Result<TopicInfo> Find(const std::string& name, const Admin& admin);

  // Requires: Find() returned `index`. Threads: the writer's.
  const TopicFacts& At(uint32_t index);

  // Topics found since the last call, or since Remember(), whose partition count is not saved. Threads: the
  // writer's.
  std::vector<std::shared_ptr<const TopicFacts>> TakeNew();

 private:
  Result<TopicFacts> LookUp(const std::string& name, const Admin& admin) const;
  Status Create(const std::string& name, const Admin& admin) const;
  Status CheckLimits(const Admin& admin, TopicFacts* facts) const;
  Status CheckExisting(const Admin& admin, const TopicFacts& facts) const;
  Status CheckCount(TopicFacts* facts) const;

  const SinkContext& context_;
  const KafkaSettings& settings_;

  std::mutex lookup_mutex_;  // one look-up at a time; guards nothing else but saved_ and first_start_
  std::map<std::string, int32_t> saved_;
  bool first_start_ = false;

  std::mutex mutex_;
  std::map<std::string, uint32_t> indexes_;
  std::vector<std::shared_ptr<const TopicFacts>> topics_;
  std::vector<std::shared_ptr<const TopicFacts>> seen_;  // the writer's copy: no lock per record
  size_t saved_count_ = 0;
};

}  // namespace cdc::sinks::kafka
