#pragma once

// The members of an object that is being made, in an arena.

#include "stdlib/functions/json/document.h"

namespace cdc::functions {

// MySQL's order of names: by length, then by bytes.
inline bool NameBefore(std::string_view a, std::string_view b) {
  return a.size() != b.size() ? a.size() < b.size() : a < b;
}

class JsonMembers {
 public:
  struct Entry {
    std::string_view name;
    std::string_view value;
    size_t order = 0;  // as they were added
    bool from_other = false;
  };

  JsonMembers(size_t count_max, Arena* scratch) : entries_(scratch->AllocateArray<Entry>(count_max)) {}

  void Add(std::string_view name, std::string_view value) {
    entries_[count_] = {name, value, count_, false};
    ++count_;
  }
  void AddAll(std::string_view object, Arena* scratch);
  // By name; equal names stay in their order.
  void Sort();
  // Of equal names that stand side by side, the last.
  void KeepLast();
  void Cut(size_t count) { count_ = count; }

  size_t size() const { return count_; }
  Entry& operator[](size_t i) { return entries_[i]; }

  std::string_view Write(Arena* scratch) const;

 private:
  Entry* entries_;
  size_t count_ = 0;
};

}  // namespace cdc::functions
