#pragma once

// Records of rows that could not be processed: `on error (…) quarantine to "…"`.

#include <map>
#include <string>

#include "runtime/operators/bound_table.h"
#include "runtime/operators/topic.h"
#include "runtime/operators/transform.h"
#include "runtime/record/change_batch.h"
#include "runtime/record/message_batch.h"

namespace cdc::operators {

// A row that failed, and why.
struct FailedRow {
  const RowChange* row = nullptr;
  const Group* group = nullptr;
  const BoundTable* table = nullptr;
  const plan::OnRule* rule = nullptr;  // its action is quarantine, and it has a topic
  std::string kind;                    // transform, encode, oversize
  std::string error;
};

// Writes them as JSON (docs/quarantine.md): where the row stands, which rule sent it, what went wrong, and the columns
// that the program reads, in full or cut where the topic's limit asks for it.
class Quarantine {
 public:
  Quarantine(const BindingContext& context, const TopicResolver& topics) : context_(context), topics_(topics) {}

  // Appends the row's record. Its topic and partition are those of the table: rows of one table stay in order.
  // Errors: kRow, no record of it fits the topic, or the topic's name is none; as the resolver.
  Status Append(const FailedRow& failed, MessageBatch* out);

 private:
  // Appends the JSON text with values of at most `value_bytes_max` bytes; 0: without values.
  void AppendText(const FailedRow& failed, size_t value_bytes_max, OutBuffer* out);
  void AppendImage(const char* name, const Value* image, const FailedRow& failed, size_t value_bytes_max,
                   OutBuffer* out);

  std::string_view ShownText(const Type& type, const Value& value);

  const BindingContext& context_;
  const TopicResolver& topics_;
  std::map<std::string, ResolvedTopic> resolved_;
  Arena scratch_;
};

}  // namespace cdc::operators
