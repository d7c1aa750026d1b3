#include "runtime/sources/mysql/followed.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/record/table_item.h"
#include "stdlib/core/arena.h"
#include "stdlib/core/json_text.h"
#include "stdlib/core/out_buffer.h"

namespace cdc::sources {
namespace {

using Name = binlog::CapturedTables::Name;

constexpr const char* kKind = "followed";
constexpr std::array<const char*, 4> kMembers = {"database", "table", "rule_database", "rule_table"};

}  // namespace

StateRecord FollowedRecord(const Name& table, const Name& known_as) {
  const std::array<const std::string*, 4> texts = {&table.first, &table.second, &known_as.first, &known_as.second};
  OutBuffer json;
  for (size_t i = 0; i < texts.size(); ++i) {
    json.Append(i == 0 ? "{\"" : ",\"");
    json.Append(kMembers[i]);
    json.Append("\":");
    AppendJsonString(*texts[i], &json);
  }
  json.Append('}');
  return {kKind, TableItem(table.first, table.second), std::string(json.view())};
}

StateRecord FollowedDeletion(const Name& table) { return {kKind, TableItem(table.first, table.second), ""}; }

Status RestoreFollowed(const std::vector<StateRecord>& state, binlog::CapturedTables* tables) {
  Arena scratch;
  for (const StateRecord& record : state) {
    if (record.kind != kKind || record.value.empty()) continue;
    const Error broken(ErrorCode::kCorruptInput, "the saved rename of " + record.item + " is broken");
    if (!IsJson(record.value) || KindOfJson(record.value) != JsonKind::kObject) return broken;
    std::array<std::string, 4> texts;
    for (size_t i = 0; i < texts.size(); ++i) {
      const std::optional<std::string_view> value = JsonMember(record.value, kMembers[i]);
      if (!value.has_value() || KindOfJson(*value) != JsonKind::kString) return broken;
      texts[i] = std::string(JsonUnquote(*value, &scratch));
    }
    tables->Follow({texts[0], texts[1]}, {texts[2], texts[3]});
  }
  return OkStatus();
}

}  // namespace cdc::sources
