#pragma once

// The operators of one pipe, in the order of LANGUAGE §2: owner, filter transition, `on` rules, select, key change,
// partition, encode. Stateless operators of one table are fused into one pass over the row when a table is bound.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "compiler/plan/plan.h"
#include "runtime/record/change_batch.h"
#include "runtime/record/message_batch.h"
#include "stdlib/core/result.h"

namespace cdc::operators {

struct ResolvedTopic {
  uint32_t index = 0;
  int32_t partitions = 1;
};
// Finds or creates a topic at the sink. Called from the source thread (binding) and the transform thread.
using TopicResolver = std::function<Result<ResolvedTopic>(const std::string& topic)>;

struct TransformCounters {
  uint64_t rows_in = 0;
  uint64_t records_out = 0;
  uint64_t rows_filtered = 0;  // by where or an `on … skip`
  uint64_t rows_failed = 0;    // by `on error … skip`
};

class Transform : public Capture {
 public:
  // `plan` and `pipe` outlive the transform. Errors: kConfig.
  static Result<std::unique_ptr<Transform>> Make(const plan::Plan& plan, const plan::Pipe& pipe,
                                                 const std::string& source_name, TopicResolver topics);

  // Appends the records of `in` to `*out`, in order. DDL is judged by the pipe's rules. State, end and generation of
  // `in` are the caller's to pass on.
  // On an error, `out` is cut back so that the caller can commit it: it holds the records of the complete groups before
  // the row or statement that failed, and `out->end` is the position before the failing group. Where that position
  // cannot be told (it is left empty then), nothing of `in` is kept.
  // Errors: kRow (on error fail), kRuleStop (a `fail` rule; the message is G7's: position, table, rule, what to do),
  // kConfig, kSinkLost, kSinkRejected.
  // Threads: one at a time; Capture's functions may run in another thread meanwhile.
  virtual Status Apply(const ChangeBatch& in, MessageBatch* out) = 0;

  // Threads: any.
  virtual TransformCounters counters() const = 0;

  // What `skip '…'` rules for schema changes have to say since the last call, and which tables that were bound have no
  // key; one line each. Threads: any.
  virtual std::vector<std::string> TakeWarnings() { return {}; }
};

}  // namespace cdc::operators
