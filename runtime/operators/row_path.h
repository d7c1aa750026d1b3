#pragma once

// What happens to one row (LANGUAGE §2): filter transition, `on` rules, select, key change, partition, encode. The
// steps of one table are one pass over the row; what a table does not ask for costs nothing.

#include <string>

#include "runtime/operators/bound_table.h"
#include "runtime/operators/transform.h"
#include "runtime/record/message_batch.h"

namespace cdc::operators {

// Why a row failed: which `on error` rule decides.
enum class Stage : uint8_t { kTransform, kEncode, kOversize };

class RowPath {
 public:
  RowPath(const BindingContext& context, const TopicResolver& topics) : context_(context), topics_(topics) {}

  // Says that the rows to come belong to `group`. Lifetime: `group` until the next call.
  void BeginGroup(const Group& group);

  // Appends the records of one row. Errors: kRow, see stage(); kRuleStop; those of the topic resolver. On an error
  // `out` may hold part of the row's records.
  Status Apply(const RowChange& row, BoundTable* table, MessageBatch* out);

  Stage stage() const { return stage_; }
  uint64_t sequence(uint64_t event_offset) const { return sequence_base_ + event_offset; }
  uint64_t TakeFiltered() { return std::exchange(filtered_, 0); }

 private:
  // `row` has the columns that the table's rule sees.
  Status ApplySeen(const RowChange& row, BoundTable* table, MessageBatch* out);
  Status ApplyInFull(const RowChange& row, BoundTable* table, MessageBatch* out);
  // Nothing: the change does not concern the topic.
  Result<std::optional<Transition>> Filter(const RowChange& row, const BoundTable& table);
  Result<const Decision*> Decide(Transition transition, const RowChange& row, BoundTable* table);
  Status Project(const Value* before, const Value* after, BoundTable* table, const Value** out_before,
                 const Value** out_after);
  Status Publish(const Decision& decision, const RowChange& row, BoundTable* table, MessageBatch* out);
  Status Split(const Decision& decision, const formats::OutputRow& update, BoundTable* table, MessageBatch* out);
  // `source` is the source image that the record shows.
  Status Emit(const Decision& decision, const formats::OutputRow& row, const Value* source, bool tombstone,
              BoundTable* table, MessageBatch* out);
  Result<const ResolvedTopic*> TopicOf(const Decision& decision, const formats::OutputRow& row, BoundTable* table);
  Status AppendHeaders(const formats::OutputRow& row, BoundTable* table, MessageBatch* out, Message* message);
  bool Moved(const BoundTable& table, const RowChange& row, const Value* before, const Value* after) const;
  void FillRowMeta(const RowChange& row, const BoundTable& table, std::string_view label);
  bind::RowView View(const Value* before, const Value* after, const BoundTable& table) const;

  const BindingContext& context_;
  const TopicResolver& topics_;
  const Group* group_ = nullptr;
  int64_t timestamp_ms_ = 0;
  uint64_t sequence_base_ = 0;
  uint64_t filtered_ = 0;
  Stage stage_ = Stage::kTransform;
  Arena scratch_;
  Arena wide_;  // values of the row in hand that its table writes otherwise
  std::vector<Value> meta_ = std::vector<Value>(expr::kMetaFieldCount);
};

// Places of changes that grow with the log (OutputRow::sequence): number of the file * 2^32.
uint64_t SequenceBase(const std::string& file);

}  // namespace cdc::operators
