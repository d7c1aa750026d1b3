// A table and a row made from any bytes, through every format under settings made from them too: the record is valid
// JSON in UTF-8 or the row's error with a text, the same at every try, and the texts of the row read back from it.

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <iterator>
#include <memory>
#include <optional>
#include <string>

#include "runtime/formats/format.h"
#include "stdlib/core/check.h"
#include "stdlib/core/json_text.h"
#include "stdlib/core/utf8.h"
#include "tests/fuzz/random_row.h"

namespace {

using namespace cdc;

struct Choice {
  const char* name;
  std::initializer_list<const char*> words;
};

catalog::Settings RandomSettings(std::initializer_list<Choice> choices, fuzz::Bytes* bytes) {
  catalog::Settings settings;
  for (const Choice& choice : choices) {
    const std::string word = std::data(choice.words)[bytes->Below(choice.words.size())];
    if (word == "true" || word == "false")
      settings.Set(choice.name, {.kind = catalog::SettingKind::kBool, .number = word == "true" ? 1 : 0});
    else
      settings.Set(choice.name, {.kind = catalog::SettingKind::kWord, .text = word});
  }
  return settings;
}

catalog::Settings FormatSettings(bool canal, fuzz::Bytes* bytes) {
  return canal ? RandomSettings({{"snapshot_as", {"init", "plain"}},
                                 {"binary", {"latin1", "base64", "hex"}},
                                 {"enum", {"number", "label"}},
                                 {"old", {"changed", "all"}},
                                 {"gtid", {"true", "false"}},
                                 {"zone", {"UTC", "+08:00", "-13:59"}}},
                                bytes)
               : RandomSettings({{"schema", {"false", "true"}},
                                 {"compatible_with", {"2.7", "3.6", "3.7"}},
                                 {"decimal", {"precise", "string", "double", "numeric"}},
                                 {"bigint_unsigned", {"long", "precise"}},
                                 {"binary", {"bytes", "base64", "base64_url", "hex"}},
                                 {"time", {"microseconds", "connect", "isostring", "nanoseconds", "adaptive"}},
                                 {"transaction", {"false", "true"}}},
                                bytes);
}

formats::OutputShape RandomShape(bool canal, fuzz::Bytes* bytes, Arena* arena) {
  formats::OutputShape shape;
  shape.database = shape.source_database = fuzz::Utf8(bytes->Take(12), arena);
  shape.table = shape.source_table = fuzz::Utf8(bytes->Take(12), arena);
  shape.topic = "topic";
  shape.source_name = "s";
  const uint64_t columns = 1 + bytes->Below(8);
  for (uint64_t i = 0; i < columns; ++i) {
    Column column = fuzz::RandomColumn(bytes, arena);
    // A table's names differ.
    column.name += std::to_string(i);
    if (canal && column.type.kind == TypeKind::kVector) column.type.kind = TypeKind::kBlob;
    shape.columns.push_back(std::move(column));
  }
  if (bytes->Flag()) shape.key.push_back(static_cast<int>(bytes->Below(columns)));
  shape.key_is_explicit = bytes->Flag();
  if (!shape.key.empty()) shape.primary_key.push_back(shape.columns[static_cast<size_t>(shape.key[0])].name);
  return shape;
}

// The object of column values in a record; nothing where a record has none.
std::optional<std::string_view> ImageOf(bool canal, bool schema, bool after, std::string_view record) {
  if (canal) return JsonElement(*JsonMember(record, "data"), 0);
  if (schema) record = *JsonMember(record, "payload");
  return JsonMember(record, after ? "after" : "before");
}

// Texts are written as they are by every format.
void CheckTexts(const formats::OutputShape& shape, const Value* row, std::string_view image) {
  for (size_t i = 0; i < shape.columns.size(); ++i) {
    if (!IsText(shape.columns[i].type.kind) || row[i].is_absent()) continue;
    const auto member = JsonMember(image, shape.columns[i].name);
    CHECK(member.has_value());
    CHECK(row[i].is_null() ? *member == "null" : JsonStringIs(*member, row[i].text()));
  }
}

void CheckRecord(bool ok, const OutBuffer& bytes) {
  if (!ok) return;
  const bool valid = IsUtf8(bytes.view()) && IsJson(bytes.view());
  if (!valid) std::fprintf(stderr, "record: %.*s\n", static_cast<int>(bytes.size()), bytes.view().data());
  CHECK(valid);
}

void CheckRow(bool canal, bool schema, const formats::OutputShape& shape, const formats::OutputRow& row,
              formats::Encoder* encoder) {
  OutBuffer key, value, again;
  if (!shape.key.empty()) {
    const Status done = encoder->EncodeKey(row, &key);
    CHECK(done.ok() || !done.error().message().empty());
    CheckRecord(done.ok(), key);
  }
  const Status done = encoder->EncodeValue(row, &value);
  CHECK(done.ok() || !done.error().message().empty());
  CHECK(encoder->EncodeValue(row, &again).ok() == done.ok());
  if (!done.ok()) return;
  CHECK(value.view() == again.view());
  CheckRecord(true, value);
  const bool after = row.after != nullptr;
  const auto image = ImageOf(canal, schema, after, value.view());
  CHECK(image.has_value());
  CheckTexts(shape, after ? row.after : row.before, *image);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  fuzz::Bytes bytes(data, size);
  Arena arena;
  const bool canal = bytes.Flag();
  const catalog::Settings settings = FormatSettings(canal, &bytes);
  const bool schema = settings.Flag("schema");
  const auto format = formats::MakeFormat(canal ? "canal_json" : "debezium_json", settings, "sö\"urce");
  CHECK(format.ok());
  const formats::OutputShape shape = RandomShape(canal, &bytes, &arena);
  auto encoder = (*format)->Bind(shape);
  if (!encoder.ok()) {
    CHECK(!encoder.error().message().empty());
    return 0;
  }
  Group group;
  if (bytes.Flag()) group.gtid = group.txid = "3e11fa47-71ca-11e1-9e33-c80aa9429562:" + std::to_string(bytes.Next(8));
  group.file = fuzz::Utf8(bytes.Take(12), &arena);
  group.commit_time_us = static_cast<int64_t>(bytes.Next(6));
  do {
    const std::vector<Value> before = fuzz::RandomRow(shape.columns, &bytes, &arena);
    const std::vector<Value> after = fuzz::RandomRow(shape.columns, &bytes, &arena);
    RowChange change;
    formats::OutputRow row;
    row.group = &group;
    row.change = &change;
    row.op = static_cast<Op>(bytes.Below(4));
    change.op = row.op;
    if (row.op == Op::kUpdate || row.op == Op::kDelete) row.before = before.data();
    if (row.op != Op::kDelete) row.after = after.data();
    CheckRow(canal, schema, shape, row, encoder->get());
  } while (!bytes.empty());
  return 0;
}
