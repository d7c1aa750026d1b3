#pragma once

// Keeps the records of a transform together with the rows they were made of: each encoder has a listener in front of
// it, and a message is found again by the place where its key and value begin.

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "compiler/plan/test_case.h"
#include "runtime/formats/format.h"
#include "runtime/operators/transform.h"
#include "runtime/record/message_batch.h"
#include "stdlib/core/arena.h"

namespace cdc::testing {

// An output row as the encoder got it. Lifetime: the RecordLog's.
struct SeenRow {
  Op op = Op::kInsert;
  std::shared_ptr<const formats::OutputShape> shape;
  const Value* values = nullptr;  // one per column of the shape: after, or before for a delete
};

struct KeptRecord {
  plan::ExpectedRecord::Op op = plan::ExpectedRecord::Op::kInsert;
  std::string topic;
  int32_t partition = 0;
  std::optional<SeenRow> key;  // nothing: the record's key is NULL
  std::optional<SeenRow> row;  // nothing: a tombstone or a schema change
  std::string text;            // the value of a schema change's record
};

struct SeenFailure {
  std::string kind;  // transform, encode, oversize, ddl
  std::string message;
};

class RecordLog : public operators::TransformObserver {
 public:
  // Topics have `partitions` partitions and take records of `record_bytes_max`.
  RecordLog(int32_t partitions, int64_t record_bytes_max)
      : partitions_(partitions), record_bytes_max_(record_bytes_max) {}

  std::unique_ptr<formats::Format> Watch(std::unique_ptr<formats::Format> format) override;
  void OnRowFailed(const char* stage, const Error& error, size_t bytes) override;

  operators::ResolvedTopic Topic(const std::string& name);
  // Takes what the transform made of one batch, which ends with a schema change or does not. A quarantined row's record
  // is left out: it is the failure that a test expects. Requires: no Apply() since that batch's.
  void Take(const MessageBatch& batch, bool has_ddl);

  // For the encoders' listeners: `at` is the size of the batch's bytes.
  void SawKey(size_t at, const std::shared_ptr<const formats::OutputShape>& shape, const formats::OutputRow& row);
  void SawValue(size_t at, const std::shared_ptr<const formats::OutputShape>& shape, const formats::OutputRow& row);

  const std::vector<KeptRecord>& records() const { return records_; }
  const std::vector<SeenFailure>& failures() const { return failures_; }
  void AddFailure(SeenFailure failure) { failures_.push_back(std::move(failure)); }

 private:
  SeenRow Copy(const std::shared_ptr<const formats::OutputShape>& shape, const formats::OutputRow& row);

  const int32_t partitions_;
  const int64_t record_bytes_max_;
  Arena arena_;
  std::vector<std::string> topics_;
  std::map<size_t, SeenRow> keys_;    // of the batch under way
  std::map<size_t, SeenRow> values_;  // likewise
  std::vector<KeptRecord> records_;
  std::vector<SeenFailure> failures_;
};

}  // namespace cdc::testing
