#include "stdlib/functions/json/edit.h"

#include <algorithm>
#include <initializer_list>

#include "stdlib/core/json_text.h"
#include "stdlib/functions/json/members.h"

namespace cdc::functions {
namespace {

// The document with `parts` in place of the bytes `cut`, which point into it.
std::string_view Spliced(std::string_view document, std::string_view cut, std::initializer_list<std::string_view> parts,
                         Arena* scratch) {
  size_t before = static_cast<size_t>(cut.data() - document.data());
  size_t size = document.size() - cut.size();
  for (std::string_view part : parts) size += part.size();
  char* from = scratch->Allocate(size);
  char* to = std::copy_n(document.data(), before, from);
  for (std::string_view part : parts) to = std::copy(part.begin(), part.end(), to);
  std::copy(cut.data() + cut.size(), document.data() + document.size(), to);
  return {from, size};
}

std::string_view Between(const char* from, const char* to) { return {from, static_cast<size_t>(to - from)}; }

std::string_view Without(std::string_view document, std::string_view container, const JsonStep& step, Arena* scratch) {
  bool object = KindOfJson(container) == JsonKind::kObject;
  const char* last_end = container.data() + 1;
  size_t index = 0;
  for (JsonReader reader(container); reader.Next(); ++index) {
    const char* start = object ? reader.key().data() : reader.value().data();
    const char* end = reader.value().data() + reader.value().size();
    bool meant = object ? JsonStringIs(reader.key(), step.member) : index == step.index;
    if (!meant) {
      last_end = end;
      continue;
    }
    if (index > 0) return Spliced(document, Between(last_end, end), {}, scratch);
    const char* stop = container.data() + container.size() - 1;
    if (reader.Next()) stop = object ? reader.key().data() : reader.value().data();
    return Spliced(document, Between(start, stop), {}, scratch);
  }
  return document;
}

std::string_view WithoutPlace(std::string_view document, const JsonPath& path, Arena* scratch) {
  for (size_t steps = path.steps.size(); steps > 0; --steps) {
    const JsonStep& step = path.steps[steps - 1];
    std::optional<std::string_view> parent = Follow(document, path, steps - 1);
    if (!parent) return document;
    bool array = KindOfJson(*parent) == JsonKind::kArray;
    // The first element of what is no array is the thing itself.
    if (step.is_index && step.index == 0 && !array) continue;
    bool place = step.is_index ? array : KindOfJson(*parent) == JsonKind::kObject;
    return place ? Without(document, *parent, step, scratch) : document;
  }
  return document;
}

std::string_view WithElement(std::string_view document, std::string_view array, std::string_view value,
                             Arena* scratch) {
  std::string_view end = array.substr(array.size() - 1, 0);
  if (JsonSize(array) == 0) return Spliced(document, end, {value}, scratch);
  return Spliced(document, end, {", ", value}, scratch);
}

std::string_view WithMember(std::string_view document, std::string_view object, std::string_view name,
                            std::string_view value, Arena* scratch) {
  char* quoted = scratch->Allocate(JsonStringMax(name));
  std::string_view key = Between(quoted, WriteJsonString(name, quoted));
  bool empty = true;
  for (JsonReader reader(object); reader.Next(); empty = false) {
    if (!NameBefore(name, JsonUnquote(reader.key(), scratch))) continue;
    return Spliced(document, reader.key().substr(0, 0), {key, ": ", value, ", "}, scratch);
  }
  std::string_view end = object.substr(object.size() - 1, 0);
  return Spliced(document, end, {empty ? "" : ", ", key, ": ", value}, scratch);
}

// Adds what the path does not lead to yet.
std::string_view WithPlace(std::string_view document, const JsonPath& path, std::string_view value, Arena* scratch) {
  std::optional<std::string_view> parent = Follow(document, path, path.steps.size() - 1);
  if (!parent) return document;
  const JsonStep& step = path.steps.back();
  JsonKind kind = KindOfJson(*parent);
  if (!step.is_index) {
    return kind == JsonKind::kObject ? WithMember(document, *parent, step.member, value, scratch) : document;
  }
  if (kind == JsonKind::kArray) return WithElement(document, *parent, value, scratch);
  return Spliced(document, *parent, {"[", *parent, ", ", value, "]"}, scratch);
}

std::string_view WithElementBefore(std::string_view document, const JsonPath& path, std::string_view value,
                                   Arena* scratch) {
  std::optional<std::string_view> array = Follow(document, path, path.steps.size() - 1);
  if (!array || KindOfJson(*array) != JsonKind::kArray) return document;
  std::optional<std::string_view> element = JsonElement(*array, path.steps.back().index);
  if (!element) return WithElement(document, *array, value, scratch);
  return Spliced(document, element->substr(0, 0), {value, ", "}, scratch);
}

}  // namespace

std::string_view EditJson(std::string_view document, const JsonPath& path, JsonEdit edit, std::string_view value,
                          Arena* scratch) {
  if (edit == JsonEdit::kBefore) return WithElementBefore(document, path, value, scratch);
  if (edit == JsonEdit::kRemove) {
    return WithoutPlace(document, path, scratch);
  }
  std::optional<std::string_view> found = Follow(document, path);
  if (edit == JsonEdit::kAppend) {
    if (!found) return document;
    if (KindOfJson(*found) == JsonKind::kArray) return WithElement(document, *found, value, scratch);
    return Spliced(document, *found, {"[", *found, ", ", value, "]"}, scratch);
  }
  if (found) return edit == JsonEdit::kInsert ? document : Spliced(document, *found, {value}, scratch);
  return edit == JsonEdit::kReplace ? document : WithPlace(document, path, value, scratch);
}

Binding BindJsonEdit(std::string_view function, const std::vector<Argument>& args, Code code) {
  if (args.size() % 2 == 0) {
    return Fail(105, args.size() - 1, Quoted(function) + " takes paths with their values, and the last has none");
  }
  Binding binding = BindJsonPaths(function, args, 1, 2, code);
  for (size_t i = 2; i < args.size() && !binding.mistake; i += 2) binding.mistake = NeedJsonPart(function, args, i);
  // NULL as a value is a JSON null.
  binding.strict = false;
  binding.result = MakeType(TypeKind::kJson, args[0].type.nullable || args[0].type.kind != TypeKind::kJson);
  return binding;
}

Value Edited(const CallSite& site, const Value* args, size_t count, JsonEdit edit, Arena* scratch) {
  std::optional<std::string_view> document = NormalDocument(args[0], scratch);
  if (!document) return Value::Null();
  const JsonPaths& paths = site.State<JsonPaths>();
  for (size_t i = 0; i < paths.size() && 2 + 2 * i < count; ++i) {
    std::string_view value = JsonOf(site.args[2 + 2 * i], args[2 + 2 * i], scratch);
    document = EditJson(*document, paths[i], edit, value, scratch);
  }
  return Value::Json(*document);
}

}  // namespace cdc::functions
