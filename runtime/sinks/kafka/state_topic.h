#pragma once

// The state topic (ENGINE §3): one compacted topic for all pipes of a cluster. All records of a pipe lie in
// one partition, which is found by searching them all.
//
// Reading it right is what "exactly once" rests on. The end E of a partition is asked as a read_uncommitted
// consumer sees it; then records are read as a read_committed consumer until the *position* has reached E.
// The end that a read_committed consumer is told, and PARTITION_EOF, stop at the first open transaction of
// anybody: a position that is committed behind it would not be seen, and its rows would be sent again.

#include <atomic>
#include <map>
#include <string>
#include <vector>

#include "runtime/record/state_record.h"
#include "runtime/sinks/kafka/admin.h"
#include "runtime/sinks/kafka/state_key.h"

namespace cdc::sinks::kafka {

inline constexpr size_t kStateRecordBytesMax = 512 * 1024;

struct LoadedState {
  std::vector<StateRecord> records;  // in order of kind and item, `owner` and `topic` among them
  int32_t partition = -1;            // where they lie; -1: there are none
};

enum class ReadTo {
  kEnd,     // everything that was written when the call began, decided: waits for open transactions
  kStable,  // what is decided now
};

class StateTopic {
 public:
  // All arguments outlive it.
  StateTopic(const KafkaSettings& settings, const StateKeys& keys, const Admin& admin,
             const std::atomic<bool>& interrupted)
      : settings_(settings), keys_(keys), admin_(admin), interrupted_(interrupted) {}

  // Creates the topic if missing and checks that it is compacted and never deleted from.
  // Errors: kSinkRejected, kSinkLost, kCredentials.
  Status Ensure();

  // Reads this pipe's records. Blocks while transactions of others are open, at most for the transaction
  // time-out. Requires: Ensure() succeeded. Errors: kSinkLost (also: "waiting for …" took too long),
  // kSinkRejected (saved by more lanes, or twice).
  Result<LoadedState> Load(ReadTo to) const;

  int32_t partitions() const { return partitions_; }

 private:
  struct Reading;
  Status Consume(Reading* reading) const;
  Result<LoadedState> Sort(const Reading& reading) const;
  // The pipes with records between `from` and `to` of a partition, decided or not.
  Result<std::string> WhoHolds(int32_t partition, int64_t from, int64_t to) const;

  const KafkaSettings& settings_;
  const StateKeys& keys_;
  const Admin& admin_;
  const std::atomic<bool>& interrupted_;
  int32_t partitions_ = 0;
};

}  // namespace cdc::sinks::kafka
