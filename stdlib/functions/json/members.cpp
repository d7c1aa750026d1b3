#include "stdlib/functions/json/members.h"

#include <algorithm>

#include "stdlib/core/json_text.h"

namespace cdc::functions {

void JsonMembers::AddAll(std::string_view object, Arena* scratch) {
  for (JsonReader reader(object); reader.Next();) Add(JsonUnquote(reader.key(), scratch), reader.value());
}

void JsonMembers::Sort() {
  std::sort(entries_, entries_ + count_, [](const Entry& a, const Entry& b) {
    return a.name == b.name ? a.order < b.order : NameBefore(a.name, b.name);
  });
}

void JsonMembers::KeepLast() {
  size_t kept = 0;
  for (size_t i = 0; i < count_; ++i) {
    bool repeated = i + 1 < count_ && entries_[i + 1].name == entries_[i].name;
    if (!repeated) entries_[kept++] = entries_[i];
  }
  count_ = kept;
}

std::string_view JsonMembers::Write(Arena* scratch) const {
  size_t size = 2;
  for (size_t i = 0; i < count_; ++i) size += JsonStringMax(entries_[i].name) + entries_[i].value.size() + 4;
  char* from = scratch->Allocate(size);
  char* to = from;
  *to++ = '{';
  for (size_t i = 0; i < count_; ++i) {
    if (i > 0) to = std::copy_n(", ", 2, to);
    to = WriteJsonString(entries_[i].name, to);
    to = std::copy_n(": ", 2, to);
    to = std::copy(entries_[i].value.begin(), entries_[i].value.end(), to);
  }
  *to++ = '}';
  scratch->ShrinkLast(to);
  return {from, static_cast<size_t>(to - from)};
}

}  // namespace cdc::functions
