#include "runtime/formats/schema_ids.h"

namespace cdc::formats {

Result<SchemaIds::Ids> SchemaIds::Of(const std::string& topic) const {
  Ids ids;
  if (!key_.text.empty()) {
    ASSIGN_OR_RETURN(ids.key, registry_->IdOf({.topic = topic, .record = key_.record, .is_key = true}, key_.text));
  }
  if (!value_.text.empty()) {
    ASSIGN_OR_RETURN(ids.value, registry_->IdOf({.topic = topic, .record = value_.record}, value_.text));
  }
  return ids;
}

Status SchemaIds::Select(uint32_t index, const std::string& topic) {
  if (index == selected_topic_) [[likely]]
    return OkStatus();
  for (const auto& [known, ids] : topics_) {
    if (known != index) continue;
    selected_topic_ = index;
    selected_ = ids;
    return OkStatus();
  }
  ASSIGN_OR_RETURN(selected_, Of(topic));
  selected_topic_ = index;
  topics_.emplace_back(index, selected_);
  return OkStatus();
}

}  // namespace cdc::formats
