#include "stdlib/functions/json/contains.h"

#include "stdlib/core/json_text.h"

namespace cdc::functions {
namespace {

bool ElementContains(std::string_view array, std::string_view wanted, Arena* scratch) {
  for (JsonReader reader(array); reader.Next();) {
    if (JsonContainsValue(reader.value(), wanted, scratch)) return true;
  }
  return false;
}

bool HasMember(std::string_view object, std::string_view name, std::string_view value, Arena* scratch) {
  std::optional<std::string_view> found = JsonMember(object, name);
  return found && CompareJson(*found, value, scratch) == 0;
}

bool HasElement(std::string_view array, std::string_view value, Arena* scratch) {
  for (JsonReader reader(array); reader.Next();) {
    if (CompareJson(reader.value(), value, scratch) == 0) return true;
  }
  return false;
}

}  // namespace

bool JsonContainsValue(std::string_view target, std::string_view wanted, Arena* scratch) {
  JsonKind kind = KindOfJson(target), wanted_kind = KindOfJson(wanted);
  if (kind == JsonKind::kArray) {
    if (wanted_kind != JsonKind::kArray) return ElementContains(target, wanted, scratch);
    for (JsonReader reader(wanted); reader.Next();) {
      if (!ElementContains(target, reader.value(), scratch)) return false;
    }
    return true;
  }
  if (kind != JsonKind::kObject) return kind == wanted_kind && CompareJson(target, wanted, scratch) == 0;
  if (wanted_kind != JsonKind::kObject) return false;
  for (JsonReader reader(wanted); reader.Next();) {
    std::optional<std::string_view> member = JsonMember(target, JsonUnquote(reader.key(), scratch));
    if (!member || !JsonContainsValue(*member, reader.value(), scratch)) return false;
  }
  return true;
}

bool JsonOverlap(std::string_view a, std::string_view b, Arena* scratch) {
  bool a_array = KindOfJson(a) == JsonKind::kArray, b_array = KindOfJson(b) == JsonKind::kArray;
  if (a_array && b_array) {
    for (JsonReader reader(b); reader.Next();) {
      if (HasElement(a, reader.value(), scratch)) return true;
    }
    return false;
  }
  if (a_array) return HasElement(a, b, scratch);
  if (b_array) return HasElement(b, a, scratch);
  bool objects = KindOfJson(a) == JsonKind::kObject && KindOfJson(b) == JsonKind::kObject;
  if (!objects) return CompareJson(a, b, scratch) == 0;
  for (JsonReader reader(b); reader.Next();) {
    if (HasMember(a, JsonUnquote(reader.key(), scratch), reader.value(), scratch)) return true;
  }
  return false;
}

}  // namespace cdc::functions
