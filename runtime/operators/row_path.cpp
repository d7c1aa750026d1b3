#include "runtime/operators/row_path.h"

#include <cstring>

#include "runtime/formats/same_value.h"
#include "runtime/operators/meta.h"
#include "runtime/operators/rule_text.h"
#include "stdlib/core/value_text.h"

namespace cdc::operators {
namespace {

using formats::OutputRow;
using plan::ActionKind;

Transition PlainTransition(Op op) {
  switch (op) {
    case Op::kInsert:
      return Transition::kInsert;
    case Op::kUpdate:
      return Transition::kUpdate;
    case Op::kDelete:
      return Transition::kDelete;
    case Op::kSnapshot:
      return Transition::kSnapshot;
  }
  return Transition::kInsert;
}

void AppendSized(std::string_view bytes, OutBuffer* out) {
  const auto size = static_cast<uint32_t>(bytes.size());
  out->Append({reinterpret_cast<const char*>(&size), sizeof size});
  out->Append(bytes);
}

const char* ChangeName(Op op) {
  switch (op) {
    case Op::kInsert:
      return "an insert";
    case Op::kUpdate:
      return "an update";
    case Op::kDelete:
      return "a delete";
    case Op::kSnapshot:
      return "a row of the first load";
  }
  return "a change";
}

}  // namespace

uint64_t SequenceBase(const std::string& file) {
  uint64_t number = 0;
  size_t at = file.size();
  while (at > 0 && file[at - 1] >= '0' && file[at - 1] <= '9') --at;
  for (; at < file.size(); ++at) number = number * 10 + static_cast<uint64_t>(file[at] - '0');
  return (number & 0x1fffff) << 32;
}

void RowPath::BeginGroup(const Group& group) {
  group_ = &group;
  timestamp_ms_ = group.commit_time_us / 1000;
  sequence_base_ = SequenceBase(group.file);
}

bind::RowView RowPath::View(const Value* before, const Value* after, const BoundTable& table) const {
  bind::RowView view;
  view.before = before;
  view.after = after;
  view.meta = meta_.data();
  view.match = table.match.data();
  return view;
}

bool RowPath::Moved(const BoundTable& table, const RowChange& row, const Value* before, const Value* after) const {
  for (const int column : table.moving_outputs) {
    if (!formats::SameValue(before[column], after[column])) return true;
  }
  for (const int column : table.moving_sources) {
    if (!formats::SameValue(row.before[column], row.after[column])) return true;
  }
  return false;
}

Status RowPath::Apply(const RowChange& row, BoundTable* table, MessageBatch* out) {
  stage_ = Stage::kTransform;
  if (!table->widening) [[likely]]
    return ApplySeen(row, table, out);
  wide_.Reset();
  RowChange wide = row;
  if (row.before != nullptr) {
    RETURN_IF_ERROR(table->widening->Apply(row.before, &wide_, table->wide_before.data()));
    wide.before = table->wide_before.data();
  }
  if (row.after != nullptr) {
    RETURN_IF_ERROR(table->widening->Apply(row.after, &wide_, table->wide_after.data()));
    wide.after = table->wide_after.data();
  }
  return ApplySeen(wide, table, out);
}

Status RowPath::ApplySeen(const RowChange& row, BoundTable* table, MessageBatch* out) {
  if (!table->simple || table->meta_fields != 0) return ApplyInFull(row, table, out);
  if (table->uses_scratch) scratch_.Reset();
  const Decision& decision = *table->on->Constant(PlainTransition(row.op));
  OutputRow output;
  output.op = row.op;
  output.before = row.before;
  output.after = row.after;
  output.group = group_;
  output.change = &row;
  output.sequence = sequence(row.event_offset);
  if (row.op == Op::kUpdate && !decision.keeps_key_change && Moved(*table, row, row.before, row.after)) [[unlikely]] {
    return Split(decision, output, table, out);
  }
  return Emit(decision, output, row.op == Op::kDelete ? row.before : row.after, decision.and_tombstone, table, out);
}

Status RowPath::ApplyInFull(const RowChange& row, BoundTable* table, MessageBatch* out) {
  scratch_.Reset();
  if (table->meta_fields != 0) FillRowMeta(row, *table, OpName(row.op));
  Result<std::optional<Transition>> transition = Filter(row, *table);
  if (!transition.ok()) return std::move(transition).error();
  if (!transition.value()) {
    ++filtered_;
    return OkStatus();
  }
  constexpr uint32_t kLabelBit = uint32_t{1} << static_cast<int>(expr::MetaField::kOpLabel);
  if ((table->meta_fields & kLabelBit) != 0) FillRowMeta(row, *table, TransitionName(**transition));
  ASSIGN_OR_RETURN(const Decision* decision, Decide(**transition, row, table));
  switch (decision->action) {
    case ActionKind::kSkip:
      ++filtered_;
      return OkStatus();
    case ActionKind::kFail:
      return RuleStop(*context_.plan, decision->rule, table->name, ChangeName(row.op), *group_, row.event_offset);
    default:
      return Publish(*decision, row, table, out);
  }
}

Result<std::optional<Transition>> RowPath::Filter(const RowChange& row, const BoundTable& table) {
  if (!table.where) return std::optional(PlainTransition(row.op));
  const bind::Program& where = table.where->program;
  bool was = false;
  bool is = false;
  if (row.before != nullptr) {
    ASSIGN_OR_RETURN(was, where.Test(View(row.before, nullptr, table), &scratch_));
  }
  if (row.after != nullptr) {
    ASSIGN_OR_RETURN(is, where.Test(View(row.before, row.after, table), &scratch_));
  }
  std::optional<Transition> transition;
  if (row.op == Op::kUpdate) {
    if (was && is) transition = Transition::kUpdate;
    if (!was && is) transition = Transition::kEnter;
    if (was && !is) transition = Transition::kLeave;
  } else if (row.op == Op::kDelete ? was : is) {
    transition = PlainTransition(row.op);
  }
  return transition;
}

Result<const Decision*> RowPath::Decide(Transition transition, const RowChange& row, BoundTable* table) {
  for (const Candidate& candidate : table->on->Of(transition)) {
    bool meets = candidate.always;
    for (size_t i = 0; !meets && i < candidate.of.size(); ++i) {
      meets = !formats::SameValue(row.before[candidate.of[i]], row.after[candidate.of[i]]);
    }
    if (!meets && candidate.of_key) {
      const Value* before = nullptr;
      const Value* after = nullptr;
      RETURN_IF_ERROR(Project(row.before, row.after, table, &before, &after));
      meets = Moved(*table, row, before, after);
    }
    if (!meets) continue;
    if (candidate.when) {
      ASSIGN_OR_RETURN(const bool holds, candidate.when->program.Test(View(row.before, row.after, *table), &scratch_));
      if (!holds) continue;
    }
    return &candidate.decision;
  }
  return &table->on->Of(transition).back().decision;
}

Status RowPath::Project(const Value* before, const Value* after, BoundTable* table, const Value** out_before,
                        const Value** out_after) {
  if (table->projection.identity()) {
    *out_before = before;
    *out_after = after;
    return OkStatus();
  }
  if (before != nullptr) {
    RETURN_IF_ERROR(table->projection.Apply(View(before, nullptr, *table), &scratch_, table->before.data()));
    *out_before = table->before.data();
  }
  if (after != nullptr) {
    RETURN_IF_ERROR(table->projection.Apply(View(before, after, *table), &scratch_, table->after.data()));
    *out_after = table->after.data();
  }
  return OkStatus();
}

Status RowPath::Publish(const Decision& decision, const RowChange& row, BoundTable* table, MessageBatch* out) {
  OutputRow output;
  output.op = decision.action == ActionKind::kTombstone ? Op::kDelete : decision.op;
  output.group = group_;
  output.change = &row;
  output.sequence = sequence(row.event_offset);
  const Value* before = nullptr;
  const Value* after = nullptr;
  RETURN_IF_ERROR(Project(row.before, row.after, table, &before, &after));
  const Value* source = row.after != nullptr ? row.after : row.before;
  switch (output.op) {
    case Op::kInsert:
    case Op::kSnapshot:
      output.after = after != nullptr ? after : before;
      break;
    case Op::kUpdate:
      output.before = before;
      output.after = after != nullptr ? after : before;
      break;
    case Op::kDelete:
      output.before = before != nullptr ? before : after;
      if (row.before != nullptr) source = row.before;
      break;
  }
  const bool update = row.op == Op::kUpdate && output.op == Op::kUpdate;
  if (update && !decision.keeps_key_change && Moved(*table, row, before, after)) {
    return Split(decision, output, table, out);
  }
  return Emit(decision, output, source, decision.and_tombstone, table, out);
}

Status RowPath::Split(const Decision& decision, const OutputRow& update, BoundTable* table, MessageBatch* out) {
  OutputRow half = update;
  half.op = Op::kDelete;
  half.after = nullptr;
  half.key_changed_delete = true;
  half.other_half = update.after;
  RETURN_IF_ERROR(Emit(decision, half, update.change->before, table->deletes_have_tombstone, table, out));
  half = update;
  half.op = Op::kInsert;
  half.before = nullptr;
  half.key_changed_insert = true;
  half.other_half = update.before;
  return Emit(decision, half, update.change->after, false, table, out);
}

Result<const ResolvedTopic*> RowPath::TopicOf(const Decision& decision, const OutputRow& row, BoundTable* table) {
  if (decision.to != nullptr) {
    stage_ = Stage::kEncode;
    return decision.to->Resolve(row.op, topics_);
  }
  const Value* image = row.op == Op::kDelete ? row.before : row.after;
  if (table->topic->constant()) stage_ = Stage::kEncode;
  return table->topic->Choose(row.op, View(nullptr, image, *table), &scratch_, topics_);
}

Status RowPath::Emit(const Decision& decision, const OutputRow& row, const Value* source, bool tombstone,
                     BoundTable* table, MessageBatch* out) {
  const ResolvedTopic* topic = decision.to == nullptr ? table->topic->Ready(row.op) : nullptr;
  if (topic == nullptr) [[unlikely]] {
    ASSIGN_OR_RETURN(topic, TopicOf(decision, row, table));
  }
  stage_ = Stage::kEncode;
  if (table->encoder_depends_on_topic) RETURN_IF_ERROR(table->encoder->SelectTopic(topic->index, topic->name));
  Message message;
  message.topic = topic->index;
  message.timestamp_ms = timestamp_ms_;
  const size_t begin = out->bytes.size();
  const bool hashes_key = table->partition.needs_key_bytes() && topic->partitions > 1;
  if (table->writes_keys || hashes_key) RETURN_IF_ERROR(table->encoder->EncodeKey(row, &out->bytes));
  if (topic->partitions > 1 || table->partition.kind() == Partitioner::Kind::kConstant) {
    const Value* image = row.op == Op::kDelete ? row.before : row.after;
    ASSIGN_OR_RETURN(message.partition,
                     table->partition.Of(out->bytes.view(begin), image, source, topic->partitions, &scratch_));
  }
  if (table->writes_keys) {
    message.key_offset = static_cast<int64_t>(begin);
    message.key_size = static_cast<int32_t>(out->bytes.size() - begin);
  } else {
    out->bytes.Truncate(begin);
  }
  Message value = message;
  if (decision.action != ActionKind::kTombstone) {
    value.value_offset = static_cast<int64_t>(out->bytes.size());
    RETURN_IF_ERROR(table->encoder->EncodeValue(row, &out->bytes));
    value.value_size = static_cast<int32_t>(out->bytes.size() - static_cast<size_t>(value.value_offset));
  }
  RETURN_IF_ERROR(AppendHeaders(row, table, out, &value));
  const int64_t bytes = RecordBytes(value);
  if (bytes > topic->record_bytes_max) [[unlikely]] {
    stage_ = Stage::kOversize;
    return Error(ErrorCode::kRow, "its record for topic `" + topic->name + "` has " + std::to_string(bytes) +
                                      " bytes, and the topic takes " + std::to_string(topic->record_bytes_max) +
                                      " (`record_max` of the sink)");
  }
  out->messages.push_back(value);
  if (tombstone && decision.action != ActionKind::kTombstone && table->writes_keys) out->messages.push_back(message);
  return OkStatus();
}

Status RowPath::AppendHeaders(const OutputRow& row, BoundTable* table, MessageBatch* out, Message* message) {
  const size_t begin = out->bytes.size();
  if (!table->headers.empty()) [[unlikely]] {
    stage_ = Stage::kTransform;
    const Value* image = row.op == Op::kDelete ? row.before : row.after;
    for (const BoundTable::Header& header : table->headers) {
      ASSIGN_OR_RETURN(const Value value, header.value.program.Evaluate(View(nullptr, image, *table), &scratch_));
      AppendSized(TemplateText(header.name, table->names, OpName(row.op)), &out->bytes);
      if (value.is_null()) {
        const int32_t none = -1;
        out->bytes.Append({reinterpret_cast<const char*>(&none), sizeof none});
      } else {
        AppendSized(TextOf(header.value.type, value, &scratch_), &out->bytes);
      }
    }
    stage_ = Stage::kEncode;
  }
  RETURN_IF_ERROR(table->encoder->EncodeHeaders(row, &out->bytes));
  if (out->bytes.size() == begin) return OkStatus();
  message->headers_offset = static_cast<int64_t>(begin);
  message->headers_size = static_cast<int32_t>(out->bytes.size() - begin);
  return OkStatus();
}

void RowPath::FillRowMeta(const RowChange& row, const BoundTable& table, std::string_view label) {
  MetaInput input;
  input.group = group_;
  input.change = &row;
  input.table = row.table;
  input.database = row.table->database;
  input.table_name = row.table->table;
  input.target_database = table.names.database;
  input.target_table = table.names.table;
  input.source = context_.source_name;
  input.pipe = context_.pipe->name;
  input.sink = context_.pipe->sink;
  input.op = OpName(row.op);
  input.op_label = label;
  input.real_clock = context_.real_clock;
  FillMeta(table.meta_fields, input, &scratch_, meta_.data());
}

}  // namespace cdc::operators
