#pragma once

// A source reads one log, with its first load merged into it, and hands out batches of whole transactions.

#include <memory>
#include <string>
#include <vector>

#include "runtime/record/change_batch.h"
#include "runtime/record/state_record.h"
#include "stdlib/core/result.h"

namespace cdc {

enum class ReadResult { kBatch, kNothing, kEnd };

struct SourceProgress {
  std::string phase;             // "snapshot" or "streaming"
  uint64_t tables_total = 0;
  uint64_t tables_done = 0;
  uint64_t snapshot_rows = 0;
  uint64_t snapshot_rows_estimate = 0;
  Position head;                 // newest position known at the source; empty if unknown
};

class Source {
 public:
  virtual ~Source() = default;

  // Connects, checks that the source is ready (ENGINE §4), and goes to where `state` says, or to the configured start
  // if there is none. Called again after a Rewind, on the same object: everything older is forgotten.
  // `state` holds this pipe and source's records of kinds position, schema and snapshot.
  // Errors: kSourceLost, kCredentials, kPositionLost, kConfig.
  virtual Status Open(const std::vector<StateRecord>& state) = 0;

  // Fills `*out` (empty on entry) with the next batch. kNothing: none came within `timeout_ms`. kEnd: the source is
  // finished (files at their end, `snapshot only`); the last batch had caught_up set.
  // Errors: kSourceLost (Open again with the committed state), kCorruptInput, kPositionLost, kConfig (a DDL broke the
  // program), kRuleStop.
  // Threads: one at a time, the same one as Open.
  virtual Result<ReadResult> Read(ChangeBatch* out, int timeout_ms) = 0;

  // Makes a blocked Read return soon. Threads: any.
  virtual void Interrupt() = 0;

  // Threads: any.
  virtual SourceProgress Progress() const = 0;
};

}  // namespace cdc
