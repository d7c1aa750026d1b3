#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "runtime/record/schema_registry.h"

namespace cdc::formats {

// The schemas of one encoder and their numbers, by topic.
class SchemaIds {
 public:
  struct Schema {
    std::string record;  // full name
    std::string text;    // empty: there is no such part
  };
  struct Ids {
    uint32_t key = 0;
    uint32_t value = 0;
  };

  SchemaIds(std::shared_ptr<SchemaRegistry> registry, Schema key, Schema value)
      : registry_(std::move(registry)), key_(std::move(key)), value_(std::move(value)) {}

  // Asks for the numbers of a topic. Errors: as SchemaRegistry::IdOf, saying which topic.
  Result<Ids> Of(const std::string& topic) const;
  // The same, asked once per topic; `index` names the topic as in Message.
  Status Select(uint32_t index, const std::string& topic);
  // Of the topic that was selected last, or of the one that is set.
  const Ids& selected() const { return selected_; }
  void Set(const Ids& ids) { selected_ = ids; }

 private:
  std::shared_ptr<SchemaRegistry> registry_;
  Schema key_, value_;
  Ids selected_;
  uint32_t selected_topic_ = UINT32_MAX;
  std::vector<std::pair<uint32_t, Ids>> topics_;  // few
};

inline constexpr size_t kSchemaPrefixBytes = 5;
// Confluent's framing: a zero byte and the number, most significant byte first. Returns the end.
inline char* WriteSchemaPrefix(uint32_t id, char* out) {
  *out++ = '\0';
  for (int shift = 24; shift >= 0; shift -= 8) *out++ = static_cast<char>(id >> shift);
  return out;
}

}  // namespace cdc::formats
