#include "runtime/testing/blocks/record_log.h"

#include <algorithm>
#include <utility>

#include "runtime/testing/blocks/value_literal.h"
#include "stdlib/core/value_copy.h"

namespace cdc::testing {
namespace {

using RecordOp = plan::ExpectedRecord::Op;

class ListeningEncoder : public formats::Encoder {
 public:
  ListeningEncoder(std::unique_ptr<formats::Encoder> inner, const formats::OutputShape& shape, RecordLog* log)
      : inner_(std::move(inner)), shape_(std::make_shared<const formats::OutputShape>(shape)), log_(log) {}

  bool WritesKeys() const override { return inner_->WritesKeys(); }
  Status EncodeKey(const formats::OutputRow& row, OutBuffer* out) override {
    log_->SawKey(out->size(), shape_, row);
    return inner_->EncodeKey(row, out);
  }
  Status EncodeValue(const formats::OutputRow& row, OutBuffer* out) override {
    log_->SawValue(out->size(), shape_, row);
    return inner_->EncodeValue(row, out);
  }
  Status EncodeHeaders(const formats::OutputRow& row, OutBuffer* out) override {
    return inner_->EncodeHeaders(row, out);
  }
  bool DependsOnTopic() const override { return inner_->DependsOnTopic(); }
  Status SelectTopic(uint32_t index, const std::string& topic) override { return inner_->SelectTopic(index, topic); }

 private:
  std::unique_ptr<formats::Encoder> inner_;
  std::shared_ptr<const formats::OutputShape> shape_;
  RecordLog* log_;
};

class ListeningFormat : public formats::Format {
 public:
  ListeningFormat(std::unique_ptr<formats::Format> inner, RecordLog* log) : inner_(std::move(inner)), log_(log) {}

  Result<std::unique_ptr<formats::Encoder>> Bind(const formats::OutputShape& shape) const override {
    ASSIGN_OR_RETURN(auto encoder, inner_->Bind(shape));
    return std::unique_ptr<formats::Encoder>(std::make_unique<ListeningEncoder>(std::move(encoder), shape, log_));
  }
  Result<bool> EncodeDdl(const DdlEvent& ddl, const Group& group, const formats::OutputShape& shape, uint64_t sequence,
                         OutBuffer* key, bool* has_key, OutBuffer* value) const override {
    return inner_->EncodeDdl(ddl, group, shape, sequence, key, has_key, value);
  }

 private:
  std::unique_ptr<formats::Format> inner_;
  RecordLog* log_;
};

RecordOp OpOf(Op op) {
  switch (op) {
    case Op::kInsert:
      return RecordOp::kInsert;
    case Op::kUpdate:
      return RecordOp::kUpdate;
    case Op::kDelete:
      return RecordOp::kDelete;
    case Op::kSnapshot:
      return RecordOp::kSnapshot;
  }
  return RecordOp::kInsert;
}

}  // namespace

std::unique_ptr<formats::Format> RecordLog::Watch(std::unique_ptr<formats::Format> format) {
  return std::make_unique<ListeningFormat>(std::move(format), this);
}

void RecordLog::OnRowFailed(const char* stage, const Error& error, size_t bytes) {
  failures_.push_back({stage, error.message()});
  keys_.erase(keys_.lower_bound(bytes), keys_.end());
  values_.erase(values_.lower_bound(bytes), values_.end());
}

operators::ResolvedTopic RecordLog::Topic(const std::string& name) {
  const auto found = std::find(topics_.begin(), topics_.end(), name);
  const auto index = static_cast<uint32_t>(found - topics_.begin());
  if (found == topics_.end()) topics_.push_back(name);
  return {index, partitions_, record_bytes_max_, name};
}

SeenRow RecordLog::Copy(const std::shared_ptr<const formats::OutputShape>& shape, const formats::OutputRow& row) {
  const Value* from = row.op == Op::kDelete ? row.before : row.after;
  Value* values = arena_.AllocateArray<Value>(shape->columns.size());
  for (size_t i = 0; i < shape->columns.size(); ++i) values[i] = CopyValue(from[i], &arena_);
  return {row.op, shape, values};
}

void RecordLog::SawKey(size_t at, const std::shared_ptr<const formats::OutputShape>& shape,
                       const formats::OutputRow& row) {
  keys_[at] = Copy(shape, row);
}

void RecordLog::SawValue(size_t at, const std::shared_ptr<const formats::OutputShape>& shape,
                         const formats::OutputRow& row) {
  values_[at] = Copy(shape, row);
}

void RecordLog::Take(const MessageBatch& batch, bool has_ddl) {
  const auto seen = [](const std::map<size_t, SeenRow>& rows, int64_t offset) -> std::optional<SeenRow> {
    const auto found = rows.find(static_cast<size_t>(offset));
    return found == rows.end() ? std::nullopt : std::optional(found->second);
  };
  for (const Message& message : batch.messages) {
    KeptRecord record;
    record.topic = topics_[message.topic];
    record.partition = message.partition;
    if (message.key_size >= 0) record.key = seen(keys_, message.key_offset);
    if (message.value_size >= 0) record.row = seen(values_, message.value_offset);
    if (record.row) {
      record.op = OpOf(record.row->op);
    } else if (message.value_size < 0) {
      record.op = RecordOp::kTombstone;
    } else if (has_ddl && &message == &batch.messages.back()) {
      record.op = RecordOp::kDdl;
      record.text = std::string(batch.value(message));
    } else {
      continue;  // of a quarantined row
    }
    records_.push_back(std::move(record));
  }
  keys_.clear();
  values_.clear();
}

}  // namespace cdc::testing
