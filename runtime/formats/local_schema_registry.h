#pragma once

#include <map>
#include <mutex>
#include <string>

#include "runtime/record/schema_registry.h"

namespace cdc::formats {

// Numbers schemas in this process, from 1 on in the order of their first use: for `test` blocks, which contact nobody.
class LocalSchemaRegistry : public SchemaRegistry {
 public:
  Result<uint32_t> IdOf(const SchemaUse& use, const std::string& schema) override {
    (void)use;
    std::lock_guard lock(mutex_);
    return ids_.try_emplace(schema, static_cast<uint32_t>(ids_.size() + 1)).first->second;
  }

  // The schema of a number, empty if there is none.
  std::string SchemaOf(uint32_t id) const {
    std::lock_guard lock(mutex_);
    for (const auto& [schema, its_id] : ids_) {
      if (its_id == id) return schema;
    }
    return "";
  }

 private:
  mutable std::mutex mutex_;
  std::map<std::string, uint32_t> ids_;
};

}  // namespace cdc::formats
