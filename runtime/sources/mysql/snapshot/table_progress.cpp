#include "runtime/sources/mysql/snapshot/table_progress.h"

#include <charconv>
#include <optional>
#include <string_view>

#include "runtime/record/table_item.h"
#include "stdlib/core/arena.h"
#include "stdlib/core/json_text.h"
#include "stdlib/core/out_buffer.h"

namespace cdc::sources {
namespace {

void AppendTexts(const std::vector<std::string>& texts, OutBuffer* json) {
  json->Append('[');
  for (size_t i = 0; i < texts.size(); ++i) {
    if (i > 0) json->Append(',');
    AppendJsonString(texts[i], json);
  }
  json->Append(']');
}

bool ReadTexts(std::optional<std::string_view> array, std::vector<std::string>* texts) {
  if (!array.has_value() || KindOfJson(*array) != JsonKind::kArray) return false;
  Arena scratch;
  for (JsonReader reader(*array); reader.Next();) {
    if (KindOfJson(reader.value()) != JsonKind::kString) return false;
    texts->emplace_back(JsonUnquote(reader.value(), &scratch));
  }
  return true;
}

bool ReadNumber(std::optional<std::string_view> text, uint64_t* number) {
  return text.has_value() && std::from_chars(text->data(), text->data() + text->size(), *number).ec == std::errc();
}

}  // namespace

StateRecord ToRecord(const std::string& database, const std::string& table, const TableProgress& progress) {
  OutBuffer json;
  json.Append(progress.done ? "{\"done\":true" : "{\"done\":false");
  if (progress.by_rule) json.Append(",\"by_rule\":true");
  json.Append(",\"chunks\":" + std::to_string(progress.chunks) + ",\"rows\":" + std::to_string(progress.rows) +
              ",\"key\":");
  AppendTexts(progress.key, &json);
  json.Append(",\"after\":");
  AppendTexts(progress.after, &json);
  json.Append('}');
  return {"snapshot", TableItem(database, table), std::string(json.view())};
}

Result<TableProgress> ProgressOf(const StateRecord& record) {
  const Error broken(ErrorCode::kCorruptInput, "the saved first load of " + record.item + " is broken");
  const std::string_view text = record.value;
  if (!IsJson(text) || KindOfJson(text) != JsonKind::kObject) return broken;
  const auto done = JsonMember(text, "done");
  if (!done.has_value()) return broken;
  TableProgress progress;
  progress.done = *done == "true";
  progress.by_rule = JsonMember(text, "by_rule") == std::optional<std::string_view>("true");
  if (!ReadNumber(JsonMember(text, "chunks"), &progress.chunks) ||
      !ReadNumber(JsonMember(text, "rows"), &progress.rows) || !ReadTexts(JsonMember(text, "key"), &progress.key) ||
      !ReadTexts(JsonMember(text, "after"), &progress.after) ||
      (!progress.after.empty() && progress.after.size() != progress.key.size())) {
    return broken;
  }
  return progress;
}

std::vector<std::string> KeyText(const Schema& schema) {
  std::vector<std::string> key;
  for (const int at : schema.DefaultKey()) {
    const Column& column = schema.columns[static_cast<size_t>(at)];
    key.push_back(column.name + " " + (column.type_text.empty() ? TypeText(column.type) : column.type_text) +
                  (column.type.collation.empty() ? "" : " " + column.type.collation));
  }
  return key;
}

}  // namespace cdc::sources
