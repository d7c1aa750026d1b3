// One lane: one producer with its transactional id, whose transactions hold rows and the state that follows
// them.
//
//     Open ─► state topic ─► init_transactions (fences) ─► read state ─► owner record ─► [Write… Commit]… ─►
//     Open
//
// After any error the producer is done with; Open() makes a new one, whose init_transactions has the
// coordinator finish what the old one left, and reads what was committed. So a commit in doubt is decided by
// reading.

#include "runtime/sinks/kafka/kafka_sink.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <optional>
#include <thread>
#include <utility>

#include "runtime/sinks/kafka/admin.h"
#include "runtime/sinks/kafka/producer.h"
#include "runtime/sinks/kafka/properties.h"
#include "runtime/sinks/kafka/state_topic.h"
#include "runtime/sinks/kafka/topics.h"

namespace cdc::sinks {
namespace {

using kafka::Owner;

constexpr char kOwnerKind[] = "owner";
// From init_transactions to a committed owner record, on a busy machine.
constexpr std::chrono::milliseconds kClaimTime{2'000};
constexpr std::chrono::milliseconds kClaimPoll{100};
constexpr char kTopicKind[] = "topic";  // item: the topic's name, value: its partition count

const std::string* ValueOf(const std::vector<StateRecord>& records, std::string_view kind) {
  const auto found = std::find_if(records.begin(), records.end(), [&](const StateRecord& r) { return r.kind == kind; });
  return found == records.end() ? nullptr : &found->value;
}

// The connection for questions: lives across rewinds, and is shared with threads that look topics up.
struct Cluster {
  Cluster(std::unique_ptr<kafka::Client> made, const std::atomic<bool>& interrupted)
      : client(std::move(made)), admin(*client, interrupted) {}
  const std::unique_ptr<kafka::Client> client;
  const kafka::Admin admin;
};

class KafkaSink : public Sink {
 public:
  explicit KafkaSink(SinkContext context)
      : context_(std::move(context)), keys_(context_), topics_(context_, settings_), me_(kafka::MakeOwner()) {}
  ~KafkaSink() override { Close(); }

  Result<std::vector<StateRecord>> Open() override {
    interrupted_ = false;
    uncommitted_bytes_ = 0;
    RETURN_IF_ERROR(Configure());
    EndProducer();
    ASSIGN_OR_RETURN(const std::shared_ptr<const Cluster> cluster, Connect());
    kafka::StateTopic state_topic(settings_, keys_, cluster->admin, interrupted_);
    RETURN_IF_ERROR(state_topic.Ensure());
    if (owned_) RETURN_IF_ERROR(StillMine(state_topic));
    if (owned_ && fenced_) RETURN_IF_ERROR(AwaitClaim(state_topic));
    ASSIGN_OR_RETURN(producer_, kafka::MakeProducer(settings_, interrupted_));
    if (settings_.exactly_once) RETURN_IF_ERROR(producer_->InitTransactions());
    ASSIGN_OR_RETURN(kafka::LoadedState loaded, state_topic.Load(kafka::ReadTo::kEnd));
    if (owned_) RETURN_IF_ERROR(CheckOwner(loaded.records));
    partition_ = loaded.partition >= 0 ? loaded.partition : keys_.PartitionOf(state_topic.partitions());
    RETURN_IF_ERROR(TakeOwnership(&loaded.records));
    return Restore(std::move(loaded.records));
  }

  Result<TopicInfo> Topic(const std::string& name) override {
    const std::shared_ptr<const Cluster> cluster = CurrentCluster();
    if (cluster == nullptr) return Error(ErrorCode::kSinkLost, "the sink is not open");
    return topics_.Find(name, cluster->admin);
  }

  Status Write(std::unique_ptr<MessageBatch> batch) override {
    RETURN_IF_ERROR(Usable());
    // Without transactions records are seen before they are committed: the state says first whose topic it is.
    if (!settings_.exactly_once) {
      std::vector<StateRecord> topics = NewTopics();
      if (Status saved = topics.empty() ? OkStatus() : CommitRecords(std::move(topics)); !saved.ok()) {
        return Explain(std::move(saved).error());
      }
    }
    const uint64_t bytes = batch->bytes.size();
    Status written = producer_->Write(std::move(batch), &topics_);
    if (!written.ok()) return Explain(std::move(written).error());
    uncommitted_bytes_ += bytes;
    return OkStatus();
  }

  Status Commit(const std::vector<StateRecord>& state) override {
    RETURN_IF_ERROR(Usable());
    std::vector<StateRecord> records = NewTopics();
    records.insert(records.end(), state.begin(), state.end());
    Status committed = CommitRecords(std::move(records));
    if (!committed.ok()) return Explain(std::move(committed).error());
    uncommitted_bytes_ = 0;
    return OkStatus();
  }

  std::unique_ptr<MessageBatch> Recycle() override {
    if (!leftover_.empty()) {
      std::unique_ptr<MessageBatch> batch = std::move(leftover_.back());
      leftover_.pop_back();
      return batch;
    }
    return producer_ == nullptr ? nullptr : producer_->Recycle();
  }

  void Close() override {
    EndProducer();
    const std::lock_guard lock(cluster_mutex_);
    cluster_ = nullptr;
  }

  void Interrupt() override { interrupted_ = true; }
  uint64_t uncommitted_bytes() const override { return uncommitted_bytes_; }
  bool commits_are_costly() const override { return settings_.exactly_once; }

 private:
  Status Configure() {
    if (configured_) return OkStatus();
    ASSIGN_OR_RETURN(settings_, kafka::ReadSettings(context_));
    configured_ = true;
    return OkStatus();
  }

  void EndProducer() {
    if (producer_ == nullptr) return;
    producer_->End();
    while (std::unique_ptr<MessageBatch> batch = producer_->Recycle()) leftover_.push_back(std::move(batch));
    producer_ = nullptr;
    failed_ = false;
  }

  std::shared_ptr<const Cluster> CurrentCluster() {
    const std::lock_guard lock(cluster_mutex_);
    return cluster_;
  }

  // A refused login is final for a connection, so a new try needs a new one.
  Result<std::shared_ptr<const Cluster>> Connect() {
    std::shared_ptr<const Cluster> cluster = CurrentCluster();
    if (cluster != nullptr && !cluster->client->Refusal()) return cluster;
    ASSIGN_OR_RETURN(auto client, kafka::Client::Make(kafka::ClientKind::kConsumer, settings_.connection,
                                                      settings_.address, nullptr));
    cluster = std::make_shared<const Cluster>(std::move(client), interrupted_);
    const std::lock_guard lock(cluster_mutex_);
    cluster_ = cluster;
    return cluster;
  }

  // Before init_transactions fences anybody: has another process taken the pipe while this one was away?
  Status StillMine(const kafka::StateTopic& state_topic) {
    ASSIGN_OR_RETURN(const kafka::LoadedState loaded, state_topic.Load(kafka::ReadTo::kStable));
    return CheckOwner(loaded.records);
  }

  // Whoever fenced this process may be about to write its owner record. Fenced in turn before it can, it would fence
  // this one again, and so on: two processes that keep each other from taking the pipe and from running it.
  Status AwaitClaim(const kafka::StateTopic& state_topic) {
    const auto end = std::chrono::steady_clock::now() + kClaimTime;
    while (std::chrono::steady_clock::now() < end) {
      std::this_thread::sleep_for(kClaimPoll);
      if (interrupted_) return Error(ErrorCode::kSinkLost, "interrupted");
      RETURN_IF_ERROR(StillMine(state_topic));
    }
    fenced_ = false;
    return OkStatus();
  }

  Status CheckOwner(const std::vector<StateRecord>& records) const {
    const std::string* value = ValueOf(records, kOwnerKind);
    const std::optional<Owner> owner = value == nullptr ? std::nullopt : kafka::ReadOwner(*value);
    if (!owner || owner->id == me_.id) return OkStatus();
    // Whom this process was about to succeed has not taken over from it.
    if (!owned_ && owner->id == previous_owner_) return OkStatus();
    return Error(ErrorCode::kTakenOver, "pipe `" + context_.pipe + "` of program `" + context_.program +
                                            "` was taken over by process " + std::to_string(owner->process) + " on " +
                                            owner->host + " at " + owner->since);
  }

  // Writes who runs the pipe now, and forgets the saved state where that was asked for, in one transaction.
  Status TakeOwnership(std::vector<StateRecord>* records) {
    const std::string* value = ValueOf(*records, kOwnerKind);
    const std::optional<Owner> owner = value == nullptr ? std::nullopt : kafka::ReadOwner(*value);
    std::vector<StateRecord> changes;
    if (context_.reset_position) {
      for (const StateRecord& record : *records) {
        if (record.kind != kOwnerKind) changes.push_back({record.kind, record.item, ""});
      }
      records->clear();
    }
    if (!owner || owner->id != me_.id) {
      previous_owner_ = owner ? owner->id : "";
      changes.push_back({kOwnerKind, "", kafka::ToJson(me_)});
    }
    if (!changes.empty()) {
      const Status taken = CommitRecords(std::move(changes));
      if (!taken.ok()) return Explain(taken.error());
    }
    if (!owned_ && owner && owner->id != me_.id) {
      spdlog::info("pipe {}: process {} on {} ran it before, since {}; if it still does, it ends now", context_.pipe,
                   owner->process, owner->host, owner->since);
    }
    context_.reset_position = false;
    owned_ = true;
    fenced_ = false;
    return OkStatus();
  }

  std::vector<StateRecord> NewTopics() {
    std::vector<StateRecord> records;
    for (const auto& topic : topics_.TakeNew()) {
      records.push_back({kTopicKind, topic->name, std::to_string(topic->partitions)});
    }
    return records;
  }

  // Keeps what is the sink's own of the saved state and returns the rest.
  std::vector<StateRecord> Restore(std::vector<StateRecord> records) {
    std::map<std::string, int32_t> partitions;
    std::vector<StateRecord> rest;
    for (StateRecord& record : records) {
      if (record.kind == kTopicKind) {
        partitions[record.item] = static_cast<int32_t>(std::atoi(record.value.c_str()));
      } else if (record.kind != kOwnerKind) {
        rest.push_back(std::move(record));
      }
    }
    topics_.Remember(std::move(partitions), rest.empty());
    return rest;
  }

  Status CommitRecords(std::vector<StateRecord> records) {
    // Without transactions the position must come last: what is before it may then be written again, but not
    // lost.
    std::stable_partition(records.begin(), records.end(), [](const StateRecord& r) { return r.kind != "position"; });
    if (!settings_.exactly_once) RETURN_IF_ERROR(producer_->Flush());
    for (const StateRecord& record : records) {
      if (record.value.size() > kafka::kStateRecordBytesMax) {
        return Error(ErrorCode::kSinkRejected, "the state record " + record.kind + " `" + record.item + "` has " +
                                                   std::to_string(record.value.size()) + " bytes, more than " +
                                                   std::to_string(kafka::kStateRecordBytesMax));
      }
      RETURN_IF_ERROR(producer_->WriteState(settings_.state_topic, partition_, keys_.Write(record.kind, record.item),
                                            record.value));
    }
    return settings_.exactly_once ? producer_->Commit() : producer_->Flush();
  }

  Status Usable() const {
    if (producer_ == nullptr || failed_) return Error(ErrorCode::kSinkLost, "the sink must be opened again");
    return OkStatus();
  }

  // Fenced is not yet taken over: a stall past the transaction time-out looks the same. The owner record
  // knows.
  Error Explain(Error error) {
    // A record that does not fit is refused before anything of its batch is queued.
    failed_ = error.code() != ErrorCode::kRow;
    if (!producer_->fenced()) return error;
    fenced_ = true;
    const std::shared_ptr<const Cluster> cluster = CurrentCluster();
    kafka::StateTopic state_topic(settings_, keys_, cluster->admin, interrupted_);
    const Status known = state_topic.Ensure();
    const Result<kafka::LoadedState> loaded =
        known.ok() ? state_topic.Load(kafka::ReadTo::kEnd) : Result<kafka::LoadedState>(known.error());
    if (loaded.ok()) {
      const Status mine = CheckOwner(loaded->records);
      if (!mine.ok()) return mine.error();
    }
    return Error(ErrorCode::kSinkLost, error.message());
  }

  SinkContext context_;
  kafka::KafkaSettings settings_;
  const kafka::StateKeys keys_;
  kafka::Topics topics_;
  const Owner me_;
  std::string previous_owner_;
  bool configured_ = false;
  bool owned_ = false;
  bool failed_ = false;
  bool fenced_ = false;  // by a process that may be about to take the pipe
  std::atomic<bool> interrupted_{false};
  std::mutex cluster_mutex_;
  std::shared_ptr<const Cluster> cluster_;
  std::unique_ptr<kafka::Producer> producer_;
  std::vector<std::unique_ptr<MessageBatch>> leftover_;
  int32_t partition_ = 0;
  uint64_t uncommitted_bytes_ = 0;
};

}  // namespace

std::unique_ptr<Sink> MakeKafkaSink(SinkContext context) { return std::make_unique<KafkaSink>(std::move(context)); }

}  // namespace cdc::sinks
