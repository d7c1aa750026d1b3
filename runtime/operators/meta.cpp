#include "runtime/operators/meta.h"

#include "runtime/formats/clock.h"

namespace cdc::operators {
namespace {

Value TextOrNull(std::string_view text) { return text.empty() ? Value::Null() : Value::Text(text); }

Value PositionText(const MetaInput& input, Arena* scratch) {
  const uint64_t offset = input.change == nullptr ? input.group->offset : input.change->event_offset;
  if (input.group->file.empty()) return Value::Null();
  return Value::Text(scratch->Copy(input.group->file + ":" + std::to_string(offset)));
}

Value Field(expr::MetaField field, const MetaInput& input, Arena* scratch) {
  using expr::MetaField;
  const bool snapshot = input.change != nullptr && input.change->op == Op::kSnapshot;
  const bool in_transaction = input.change != nullptr && !snapshot;
  switch (field) {
    case MetaField::kSource:
      return Value::Text(input.source);
    case MetaField::kDatabase:
      return Value::Text(input.database);
    case MetaField::kTable:
      return TextOrNull(input.table_name);
    case MetaField::kOp:
      return Value::Text(input.op);
    case MetaField::kOpLabel:
      return Value::Text(input.op_label);
    case MetaField::kGtid:
      return snapshot ? Value::Null() : TextOrNull(input.group->gtid);
    case MetaField::kPosition:
      return PositionText(input, scratch);
    case MetaField::kCommittedAt:
      return Value::Timestamp(input.group->commit_time_us);
    case MetaField::kSnapshot:
      return Value::Bool(snapshot);
    case MetaField::kServerId:
      return snapshot ? Value::Null() : Value::Uint(input.group->server_id);
    case MetaField::kSchemaVersion:
      return input.table == nullptr ? Value::Null() : Value::Uint(input.table->version);
    case MetaField::kTxid:
      return snapshot ? Value::Null() : TextOrNull(input.group->txid);
    case MetaField::kTxOrdinal:
      return in_transaction ? Value::Uint(input.change->ordinal) : Value::Null();
    case MetaField::kTxLast:
      return in_transaction ? Value::Bool(input.change->last_in_group) : Value::Null();
    case MetaField::kPipe:
      return Value::Text(input.pipe);
    case MetaField::kSink:
      return Value::Text(input.sink);
    case MetaField::kTargetDatabase:
      return Value::Text(input.target_database);
    case MetaField::kTargetTable:
      return TextOrNull(input.target_table);
    case MetaField::kProcessingTime:
      return Value::Timestamp(formats::ProcessingMicros(input.real_clock, *input.group));
  }
  return Value::Null();
}

}  // namespace

void FillMeta(uint32_t fields, const MetaInput& input, Arena* scratch, Value* out) {
  for (int i = 0; i < expr::kMetaFieldCount; ++i) {
    if ((fields >> i & 1) != 0) out[i] = Field(static_cast<expr::MetaField>(i), input, scratch);
  }
}

}  // namespace cdc::operators
