#include "runtime/operators/quarantine.h"

#include <algorithm>
#include <utility>

#include "runtime/formats/json_writer.h"
#include "runtime/operators/rule_text.h"
#include "stdlib/core/json_text.h"
#include "stdlib/core/temporal.h"
#include "stdlib/core/value_text.h"

namespace cdc::operators {
namespace {

// How long values may be, first in full, then cut further and further until the record fits.
constexpr size_t kValueBytes[] = {SIZE_MAX, 4096, 256, 0};

void AppendMember(std::string_view name, std::string_view text, OutBuffer* out) {
  AppendJsonString(name, out);
  out->Append(':');
  AppendJsonString(text, out);
  out->Append(',');
}

void AppendMember(std::string_view name, uint64_t number, OutBuffer* out) {
  AppendJsonString(name, out);
  out->Append(':');
  out->Append(std::to_string(number));
  out->Append(',');
}

// Ends an object: members write a comma behind them.
void Close(OutBuffer* out) {
  if (out->view().back() == ',') out->Truncate(out->size() - 1);
  out->Append('}');
}

std::string MomentText(int64_t micros_utc) {
  char text[40];
  std::string moment(text, FormatTimestamp(micros_utc, 6, 0, text));
  moment[10] = 'T';
  return moment + "Z";
}

// As many bytes as may be, and no part of a character.
std::string_view Cut(std::string_view text, size_t bytes_max) {
  if (text.size() <= bytes_max) return text;
  while (bytes_max > 0 && (static_cast<uint8_t>(text[bytes_max]) & 0xC0) == 0x80) --bytes_max;
  return text.substr(0, bytes_max);
}

}  // namespace

Status Quarantine::Append(const FailedRow& failed, MessageBatch* out) {
  const std::string name = TemplateText(*failed.rule->to, failed.table->names, OpName(failed.row->op));
  auto found = resolved_.find(name);
  if (found == resolved_.end()) {
    const std::string problem = TopicProblem(name);
    if (!problem.empty()) return Error(ErrorCode::kRow, problem + " [PIPE122 invalid-topic]");
    ASSIGN_OR_RETURN(ResolvedTopic topic, topics_(name));
    found = resolved_.emplace(name, std::move(topic)).first;
  }
  const ResolvedTopic& topic = found->second;
  Message message;
  message.topic = topic.index;
  message.timestamp_ms = failed.group->commit_time_us / 1000;
  message.partition = failed.table->partition.OfTable(topic.partitions);
  message.value_offset = static_cast<int64_t>(out->bytes.size());
  for (const size_t value_bytes_max : kValueBytes) {
    AppendText(failed, value_bytes_max, &out->bytes);
    message.value_size = static_cast<int32_t>(out->bytes.size() - static_cast<size_t>(message.value_offset));
    if (RecordBytes(message) <= topic.record_bytes_max) {
      out->messages.push_back(message);
      return OkStatus();
    }
    out->bytes.Truncate(static_cast<size_t>(message.value_offset));
  }
  return Error(ErrorCode::kRow, "not even a record without its values fits topic `" + name + "`, which takes " +
                                    std::to_string(topic.record_bytes_max) + " bytes (`record_max` of the sink)");
}

void Quarantine::AppendText(const FailedRow& failed, size_t value_bytes_max, OutBuffer* out) {
  scratch_.Reset();
  out->Append('{');
  AppendMember("pipe", context_.pipe->name, out);
  AppendMember("source", context_.source_name, out);
  AppendMember("table", failed.table->name, out);
  AppendMember("op", OpName(failed.row->op), out);
  out->Append("\"error\":{");
  AppendMember("kind", failed.kind, out);
  AppendMember("text", Cut(failed.error, 1000), out);
  AppendMember("rule", RuleText(*context_.plan, failed.rule), out);
  Close(out);
  out->Append(",\"position\":{");
  AppendMember("file", failed.group->file, out);
  AppendMember("offset", failed.row->event_offset, out);
  AppendMember("row", failed.row->row_in_event, out);
  if (!failed.group->gtid.empty()) AppendMember("gtid", failed.group->gtid, out);
  Close(out);
  out->Append(',');
  AppendMember("committed_at", MomentText(failed.group->commit_time_us), out);
  AppendImage("before", failed.row->before, failed, value_bytes_max, out);
  AppendImage("after", failed.row->after, failed, value_bytes_max, out);
  Close(out);
}

std::string_view Quarantine::ShownText(const Type& type, const Value& value) {
  const std::string_view text = TextOf(type, value, &scratch_);
  // A number without a label, which may be why the row is here.
  const bool no_label = text.empty() && type.kind == TypeKind::kEnum && value.integer() != 0;
  return no_label ? scratch_.Copy(std::to_string(value.integer())) : text;
}

void Quarantine::AppendImage(const char* name, const Value* image, const FailedRow& failed, size_t value_bytes_max,
                             OutBuffer* out) {
  AppendJsonString(name, out);
  out->Append(':');
  if (image == nullptr || value_bytes_max == 0) {
    out->Append("null,");
    return;
  }
  out->Append('{');
  std::string cut;
  const auto& columns = failed.row->table->schema.columns;
  for (size_t i = 0; i < columns.size(); ++i) {
    const Value& value = image[i];
    if (value.kind() == ValueKind::kAbsent) continue;
    AppendJsonString(columns[i].name, out);
    out->Append(':');
    if (value.is_null()) {
      out->Append("null,");
      continue;
    }
    if (!failed.table->sensitive.empty() && failed.table->sensitive[i]) {
      out->Append("\"***\",");
      continue;
    }
    const bool bytes = value.kind() == ValueKind::kBytes;
    const std::string_view whole = ShownText(columns[i].type, value);
    const std::string_view text = bytes ? whole.substr(0, value_bytes_max) : Cut(whole, value_bytes_max);
    if (text.size() < whole.size()) cut += (cut.empty() ? "" : ", ") + columns[i].name;
    if (bytes) {
      out->Append("{\"base64\":\"");
      formats::AppendBase64(text, false, out);
      out->Append("\"},");
    } else {
      AppendJsonString(text, out);
      out->Append(',');
    }
  }
  Close(out);
  out->Append(',');
  if (!cut.empty()) AppendMember(std::string(name) + "_cut", cut, out);
}

}  // namespace cdc::operators
