#include "runtime/testing/scripted_transform.h"

#include <string>

namespace cdc::testing {
namespace {

class ScriptedTransform : public operators::Transform {
 public:
  ScriptedTransform(uint64_t fail_at_transaction, ErrorCode code)
      : fail_at_transaction_(fail_at_transaction), code_(code) {}

  bool Wants(const std::string&, const std::string&) override { return true; }
  bool WantsSnapshot(const std::string&, const std::string&) override { return true; }
  Status Bind(TableVersion* table) override {
    table->captured = true;
    return OkStatus();
  }

  void Begin(const Position&) override {}

  Result<bool> ApplyPart(const ChangeBatch& in, size_t, MessageBatch* out) override {
    for (const RowChange& row : in.rows) {
      const uint64_t transaction = row.after[0].unsigned_integer();
      if (transaction == fail_at_transaction_) return Error(code_, "scripted: transform");
      const std::string text = std::to_string(transaction) + "." + std::to_string(row.after[1].unsigned_integer());
      Message message;
      message.value_offset = static_cast<int64_t>(out->bytes.size());
      message.value_size = static_cast<int32_t>(text.size());
      out->bytes.Append(text);
      out->messages.push_back(message);
      ++counters_.records_out;
    }
    counters_.rows_in += in.rows.size();
    return true;
  }

  operators::TransformCounters counters() const override { return counters_; }

 private:
  const uint64_t fail_at_transaction_;
  const ErrorCode code_;
  operators::TransformCounters counters_;
};

}  // namespace

std::unique_ptr<operators::Transform> MakeScriptedTransform(uint64_t fail_at_transaction, ErrorCode code) {
  return std::make_unique<ScriptedTransform>(fail_at_transaction, code);
}

}  // namespace cdc::testing
