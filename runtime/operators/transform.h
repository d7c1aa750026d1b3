#pragma once

// The operators of one pipe, in the order of LANGUAGE §2: owner, filter transition, `on` rules, select, key change,
// partition, encode. Stateless operators of one table are fused into one pass over the row when a table is bound.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "compiler/plan/plan.h"
#include "runtime/bind/secret_values.h"
#include "runtime/formats/format.h"
#include "runtime/record/change_batch.h"
#include "runtime/record/message_batch.h"
#include "stdlib/core/result.h"

namespace cdc::operators {

class MergedTables;

struct ResolvedTopic {
  uint32_t index = 0;
  int32_t partitions = 1;
  int64_t record_bytes_max = INT64_MAX;  // key, value and headers of one record
  std::string name = {};
};
// Finds or creates a topic at the sink. Called from the source thread (binding) and the transform thread.
using TopicResolver = std::function<Result<ResolvedTopic>(const std::string& topic)>;

struct TransformCounters {
  uint64_t rows_in = 0;
  uint64_t records_out = 0;
  uint64_t rows_filtered = 0;  // by where or an `on … skip`
  uint64_t rows_failed = 0;    // by `on error … skip` or `quarantine`
};

// Looks on: `test` blocks compare rows before they are encoded, and expect failures. Threads: those of the transform.
class TransformObserver {
 public:
  virtual ~TransformObserver() = default;
  // What stands between the transform and one of its formats from now on.
  virtual std::unique_ptr<formats::Format> Watch(std::unique_ptr<formats::Format> format) = 0;
  // A row failed at `stage` (transform, encode, oversize): what was encoded for it behind the first `bytes` of the
  // batch is taken back. Its `on error` rule decides next.
  virtual void OnRowFailed(const char* stage, const Error& error, size_t bytes) = 0;
};

class Transform : public Capture {
 public:
  // `plan`, `pipe` and `observer`, which may be null, outlive the transform. `secrets`: the values of Plan::secrets.
  // `registries`: those of Plan::registries. `merged`: what the transforms of one pipe's sources share; null: there is
  // one source. Errors: kConfig.
  static Result<std::unique_ptr<Transform>> Make(const plan::Plan& plan, const plan::Pipe& pipe,
                                                 const std::string& source_name, TopicResolver topics,
                                                 bind::SecretValues secrets = {}, TransformObserver* observer = nullptr,
                                                 const SchemaRegistries& registries = {},
                                                 std::shared_ptr<MergedTables> merged = nullptr);

  // The next batch begins where the sink stands: at `committed`, empty if nothing is committed. Forgets the batches
  // before, which a rewind may have taken back.
  virtual void Begin(const Position& committed) = 0;

  // Appends the records of `in` to `*out`, in order. DDL is judged by the pipe's rules. State and end of `in` are the
  // caller's to pass on.
  // On an error, `out` is cut back so that the caller can commit it: it holds the records of the complete groups before
  // the row or statement that failed, and `out->end` is the position before the failing group. Where that position
  // cannot be told, or `in` has state to save (`out->end` is left empty then), nothing of `in` is kept.
  // Errors: kRow (a row that cannot be processed), kRuleStop, kRulePause, kTryAgain (a rule says so; the message is
  // G7's: position, table, rule, what to do), kConfig, kSinkLost, kSinkRejected, kRegistryLost,
  // kCredentials. Threads: one at a time; Capture's
  // functions may run in another thread meanwhile.
  Status Apply(const ChangeBatch& in, MessageBatch* out);

  // Apply in parts, so that a batch of rows never becomes more than a bounded number of bytes at a time: a part ends
  // before a transaction once it has `bytes_max`, inside one once it has twice that. Call it with the same `in` and an
  // empty `out` until it returns true. The parts before the last have `out->more`. After an error with `out->more`,
  // nothing of the parts before may be committed.
  virtual Result<bool> ApplyPart(const ChangeBatch& in, size_t bytes_max, MessageBatch* out) = 0;

  // What the pipe's `on error (decode)` rule makes of damage in the log: the error with its words, or as kRulePause or
  // kTryAgain. Threads: any.
  virtual Error JudgeDecodeError(Error error) const { return error; }

  // Threads: any.
  virtual TransformCounters counters() const = 0;

  // What `skip '…'` rules for schema changes have to say since the last call, which tables that were bound have no key,
  // and the first row that failed of each table; one line each. Threads: any.
  virtual std::vector<std::string> TakeWarnings() { return {}; }
};

}  // namespace cdc::operators
