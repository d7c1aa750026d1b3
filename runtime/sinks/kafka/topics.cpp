#include "runtime/sinks/kafka/topics.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "runtime/sinks/kafka/partition_reader.h"

namespace cdc::sinks::kafka {
namespace {

// What a batch of one record takes besides key, value and headers, rounded up.
constexpr int64_t kRecordOverheadBytes = 256;

std::vector<std::pair<std::string, std::string>> TopicConfigOf(const catalog::Settings& settings) {
  std::vector<std::pair<std::string, std::string>> config;
  const std::string cleanup = settings.Text("topics.cleanup");
  if (cleanup == "deletion") config.emplace_back("cleanup.policy", "delete");
  if (cleanup == "compaction") config.emplace_back("cleanup.policy", "compact");
  if (cleanup == "both") config.emplace_back("cleanup.policy", "compact,delete");
  const catalog::SettingValue* retention = settings.Find("topics.retention");
  if (retention != nullptr && retention->kind == catalog::SettingKind::kDuration) {
    config.emplace_back("retention.ms", std::to_string(retention->number));
  } else if (settings.Is("topics.retention", "forever")) {
    config.emplace_back("retention.ms", "-1");
  }
  static constexpr std::string_view kPrefix = "topics.config.";
  for (const auto& [name, value] : settings.all()) {
    if (name.rfind(kPrefix, 0) == 0) config.emplace_back(name.substr(kPrefix.size()), value.text);
  }
  return config;
}

}  // namespace

void Topics::Remember(std::map<std::string, int32_t> saved, bool first_start) {
  const std::lock_guard lock(lookup_mutex_);
  saved_ = std::move(saved);
  first_start_ = first_start;
  const std::lock_guard topics_lock(mutex_);
  saved_count_ = 0;
}

Result<TopicInfo> Topics::Find(const std::string& name, const Admin& admin) {
  const auto known = [&]() -> std::optional<TopicInfo> {
    const std::lock_guard lock(mutex_);
    const auto found = indexes_.find(name);
    if (found == indexes_.end()) return std::nullopt;
    const TopicFacts& facts = *topics_[found->second];
    return TopicInfo{facts.index, facts.partitions, facts.record_bytes_max};
  };
  if (const std::optional<TopicInfo> info = known()) return *info;
  const std::lock_guard lookup_lock(lookup_mutex_);
  if (const std::optional<TopicInfo> info = known()) return *info;
  ASSIGN_OR_RETURN(TopicFacts facts, LookUp(name, admin));
  const std::lock_guard lock(mutex_);
  facts.index = static_cast<uint32_t>(topics_.size());
  indexes_[name] = facts.index;
  topics_.push_back(std::make_shared<const TopicFacts>(facts));
  return TopicInfo{facts.index, facts.partitions, facts.record_bytes_max};
}

const TopicFacts& Topics::At(uint32_t index) {
  if (index >= seen_.size()) [[unlikely]] {
    const std::lock_guard lock(mutex_);
    seen_ = topics_;
  }
  CHECK(index < seen_.size());
  return *seen_[index];
}

std::vector<std::shared_ptr<const TopicFacts>> Topics::TakeNew() {
  const std::lock_guard lock(mutex_);
  std::vector<std::shared_ptr<const TopicFacts>> fresh;
  for (; saved_count_ < topics_.size(); ++saved_count_) {
    if (!topics_[saved_count_]->saved) fresh.push_back(topics_[saved_count_]);
  }
  return fresh;
}

Result<TopicFacts> Topics::LookUp(const std::string& name, const Admin& admin) const {
  TopicFacts facts;
  facts.name = name;
  ASSIGN_OR_RETURN(std::optional<int32_t> partitions, admin.Partitions(name));
  const bool existed = partitions.has_value();
  if (!existed) {
    RETURN_IF_ERROR(Create(name, admin));
    ASSIGN_OR_RETURN(partitions, admin.Partitions(name));
    if (!partitions) return Error(ErrorCode::kSinkLost, "topic `" + name + "` was created and has vanished");
  }
  facts.partitions = *partitions;
  RETURN_IF_ERROR(CheckLimits(admin, &facts));
  if (existed) RETURN_IF_ERROR(CheckExisting(admin, facts));
  RETURN_IF_ERROR(CheckCount(&facts));
  return facts;
}

Status Topics::Create(const std::string& name, const Admin& admin) const {
  const catalog::Settings& settings = context_.settings;
  if (!settings.Flag("topics.auto_create")) {
    return Error(ErrorCode::kSinkRejected, "topic `" + name + "` does not exist; create it, or let sink `" +
                                               context_.name + "` do so: `topics { auto_create = true; }`");
  }
  const auto replication = static_cast<int32_t>(settings.Number("topics.replication"));
  return admin.CreateTopic(name, static_cast<int32_t>(std::max<int64_t>(settings.Number("topics.partitions", 1), 1)),
                           replication > 0 ? replication : -1, TopicConfigOf(settings));
}

Status Topics::CheckLimits(const Admin& admin, TopicFacts* facts) const {
  facts->record_bytes_max = settings_.record_bytes_max;
  const Result<std::map<std::string, std::string>> config = admin.TopicConfig(facts->name);
  if (!config.ok()) {
    if (config.error().code() != ErrorCode::kSinkRejected) return config.error();
    spdlog::debug("the limits of topic `{}` are not known: {}", facts->name, config.error().message());
    return OkStatus();
  }
  const auto found = config->find("max.message.bytes");
  if (found == config->end()) return OkStatus();
  const int64_t limit = std::atoll(found->second.c_str());
  if (settings_.record_bytes_max > limit) {
    return Error(ErrorCode::kSinkRejected, "topic `" + facts->name + "` takes at most " + std::to_string(limit) +
                                               " bytes (max.message.bytes), less than `record_max`, " +
                                               std::to_string(settings_.record_bytes_max) +
                                               "; lower `record_max` or raise the topic's limit");
  }
  if (settings_.batch_bytes > limit) {
    return Error(ErrorCode::kSinkRejected, "topic `" + facts->name + "` takes at most " + std::to_string(limit) +
                                               " bytes (max.message.bytes), less than `batch`, " +
                                               std::to_string(settings_.batch_bytes) +
                                               "; lower `batch` or raise the topic's limit");
  }
  facts->record_bytes_max = std::min(settings_.record_bytes_max, limit - kRecordOverheadBytes);
  return OkStatus();
}

Status Topics::CheckExisting(const Admin& admin, const TopicFacts& facts) const {
  // What was written to a topic of ours before a first commit without transactions is ours.
  if (!first_start_ || saved_.contains(facts.name) || !context_.settings.Is("topics.existing", "error"))
    return OkStatus();
  ASSIGN_OR_RETURN(const bool shows_records, ShowsRecords(settings_, admin, facts.name, facts.partitions));
  if (!shows_records) return OkStatus();
  return Error(ErrorCode::kSinkRejected,
               "topic `" + facts.name + "` is not empty at the first start of the pipe, and `topics.existing = error`");
}

Status Topics::CheckCount(TopicFacts* facts) const {
  const auto saved = saved_.find(facts->name);
  facts->saved = saved != saved_.end() && saved->second == facts->partitions;
  if (saved == saved_.end() || facts->saved) return OkStatus();
  const std::string change = "topic `" + facts->name + "` has " + std::to_string(facts->partitions) +
                             " partitions and had " + std::to_string(saved->second) +
                             ": keys move to other partitions, so their order breaks once";
  const std::string choice = context_.settings.Text("topics.on_partition_change", "stop");
  if (choice == "stop") {
    return Error(ErrorCode::kSinkRejected, change + "; accept it with `topics { on_partition_change = follow; }`");
  }
  if (choice == "warn") spdlog::warn("{}", change);
  return OkStatus();
}

}  // namespace cdc::sinks::kafka
