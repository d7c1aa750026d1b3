#include <map>
#include <utility>

#include "runtime/state/file_store.h"

namespace cdc::state {
namespace {

class MemoryStore : public Store {
 public:
  Result<std::vector<StateRecord>> Open() override {
    std::vector<StateRecord> records;
    for (const auto& [key, value] : values_) records.push_back({key.first, key.second, value});
    return records;
  }

  Status Save(const std::vector<StateRecord>& records) override {
    for (const StateRecord& record : records) {
      if (record.value.empty()) {
        values_.erase({record.kind, record.item});
      } else {
        values_[{record.kind, record.item}] = record.value;
      }
    }
    return OkStatus();
  }

  Status Clear() override {
    values_.clear();
    return OkStatus();
  }

  void Close() override {}

 private:
  std::map<std::pair<std::string, std::string>, std::string> values_;
};

}  // namespace

std::unique_ptr<Store> MakeMemoryStore() { return std::make_unique<MemoryStore>(); }

}  // namespace cdc::state
