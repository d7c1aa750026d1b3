#include "runtime/sources/mysql/snapshot/table_progress.h"

#include <charconv>
#include <string_view>

#include "stdlib/core/arena.h"
#include "stdlib/core/json_text.h"
#include "stdlib/core/out_buffer.h"

namespace cdc::sources {

StateRecord ToRecord(const std::string& database, const std::string& table, const TableProgress& progress) {
  OutBuffer json;
  json.Append(progress.done ? "{\"done\":true" : "{\"done\":false");
  json.Append(",\"chunks\":" + std::to_string(progress.chunks) + ",\"rows\":" + std::to_string(progress.rows) + ",\"after\":[");
  for (size_t i = 0; i < progress.after.size(); ++i) {
    if (i > 0) json.Append(',');
    AppendJsonString(progress.after[i], &json);
  }
  json.Append("]}");
  return {"snapshot", database + "." + table, std::string(json.view())};
}

Result<TableProgress> ProgressOf(const StateRecord& record) {
  const Error broken(ErrorCode::kCorruptInput, "the saved first load of " + record.item + " is broken");
  const std::string_view text = record.value;
  if (!IsJson(text) || KindOfJson(text) != JsonKind::kObject) return broken;
  const auto done = JsonMember(text, "done"), chunks = JsonMember(text, "chunks"), rows = JsonMember(text, "rows"), after = JsonMember(text, "after");
  if (!done || !chunks || !rows || !after || KindOfJson(*after) != JsonKind::kArray) return broken;
  TableProgress progress;
  progress.done = *done == "true";
  if (std::from_chars(chunks->data(), chunks->data() + chunks->size(), progress.chunks).ec != std::errc()) return broken;
  if (std::from_chars(rows->data(), rows->data() + rows->size(), progress.rows).ec != std::errc()) return broken;
  Arena scratch;
  for (JsonReader reader(*after); reader.Next();) {
    if (KindOfJson(reader.value()) != JsonKind::kString) return broken;
    progress.after.emplace_back(JsonUnquote(reader.value(), &scratch));
  }
  return progress;
}

}  // namespace cdc::sources
