#pragma once

#include <memory>
#include <string>
#include <vector>

#include "runtime/record/message_batch.h"

namespace cdc::sinks {

struct TestRow {
  std::string key;
  std::string value;
};

// A batch with one message per row, all for one topic.
inline std::unique_ptr<MessageBatch> MakeBatch(uint32_t topic, const std::vector<TestRow>& rows) {
  auto batch = std::make_unique<MessageBatch>();
  for (const TestRow& row : rows) {
    Message message;
    message.topic = topic;
    message.key_offset = static_cast<int64_t>(batch->bytes.size());
    message.key_size = static_cast<int32_t>(row.key.size());
    batch->bytes.Append(row.key);
    message.value_offset = static_cast<int64_t>(batch->bytes.size());
    message.value_size = static_cast<int32_t>(row.value.size());
    batch->bytes.Append(row.value);
    batch->messages.push_back(message);
  }
  return batch;
}

}  // namespace cdc::sinks
