#include "tests/golden/formats/recorder.h"

#include <gtest/gtest.h>

#include <cstring>

#include "tests/golden/formats/types_table.h"

namespace cdc::testing {
namespace {

// Message's layout of headers: sizes of four bytes before names and values.
std::vector<std::pair<std::string, std::string>> Headers(std::string_view bytes) {
  std::vector<std::pair<std::string, std::string>> headers;
  const auto next = [&bytes] {
    uint32_t size = 0;
    std::memcpy(&size, bytes.data(), 4);
    std::string text(bytes.substr(4, size));
    bytes.remove_prefix(4 + size);
    return text;
  };
  while (bytes.size() >= 4) {
    std::string name = next();
    headers.emplace_back(std::move(name), next());
  }
  return headers;
}

}  // namespace

Recorder::Recorder(const RecorderOptions& options) : options_(options) {
  auto format = formats::MakeFormat(options.format, options.settings, "cdc", {{"schemas", registry_}});
  EXPECT_TRUE(format.ok()) << (format.ok() ? "" : format.error().message());
  format_ = std::move(format).value();
  shape_ = options.table.empty() ? OrdersShape() : TypesShape(options.table);
  shape_.key_is_explicit = options.key_clause;
  shape_.topic = "cdc." + shape_.database + "." + shape_.table;
  auto encoder = format_->Bind(shape_);
  EXPECT_TRUE(encoder.ok()) << (encoder.ok() ? "" : encoder.error().message());
  encoder_ = std::move(encoder).value();
}

Record Recorder::Of(const std::string& event, const Group& group) const {
  return event == "ddl" || event == "truncate" ? OfDdl(event, group) : OfRow(event, group);
}

std::vector<Value> Recorder::Row(int number) const {
  return options_.table.empty() ? OrdersRow(number, options_.small_ubig) : TypesRow(options_.table, number);
}

Record Recorder::OfRow(const std::string& event, Group group) const {
  const std::vector<Value> first = Row(1);
  std::vector<Value> second = Row(2);
  RowChange change;
  change.event_offset = group.offset;
  change.event_time_s = group.event_time_s;
  formats::OutputRow row;
  row.group = &group;
  row.change = &change;
  row.sequence = 42;
  if (event == "insert" || event == "snapshot") {
    row.after = first.data();
    row.op = event == "insert" ? Op::kInsert : Op::kSnapshot;
  } else if (event == "update") {
    row.before = first.data();
    row.after = second.data();
    row.op = Op::kUpdate;
  } else if (event == "delete") {
    row.before = second.data();
    row.op = Op::kDelete;
  } else {
    second[0] = Value::Uint(1002);
    row.key_changed_delete = event == "key_change_delete";
    row.key_changed_insert = !row.key_changed_delete;
    row.op = row.key_changed_delete ? Op::kDelete : Op::kInsert;
    (row.key_changed_delete ? row.before : row.after) = row.key_changed_delete ? first.data() : second.data();
    row.other_half = row.key_changed_delete ? second.data() : first.data();
  }
  change.op = row.op;
  if (event == "snapshot") {
    group.gtid.clear();
    group.server_id = 0;
    group.thread_id = 0;
  }
  OutBuffer key, value, headers;
  Record record;
  if (encoder_->WritesKeys()) {
    EXPECT_TRUE(encoder_->EncodeKey(row, &key).ok());
    record.key = key.view();
  }
  const Status encoded = encoder_->EncodeValue(row, &value);
  record.failed = !encoded.ok();
  record.value = encoded.ok() ? std::string(value.view()) : encoded.error().message();
  EXPECT_TRUE(encoder_->EncodeHeaders(row, &headers).ok());
  record.headers = Headers(headers.view());
  return record;
}

Record Recorder::OfDdl(const std::string& event, const Group& group) const {
  DdlEvent ddl;
  ddl.database = "shop";
  ddl.table = "orders";
  ddl.canal_type = event == "ddl" ? "ALTER" : "TRUNCATE";
  ddl.statement = event == "ddl" ? "ALTER TABLE orders ADD COLUMN extra INT" : "TRUNCATE TABLE orders";
  auto before = std::make_shared<TableVersion>();
  before->database = "shop";
  before->table = "orders";
  before->schema = OrdersSchema();
  auto after = std::make_shared<TableVersion>(*before);
  if (event == "ddl") {
    Column extra;
    extra.name = "extra";
    extra.type.kind = TypeKind::kInt;
    extra.type_text = "int";
    after->schema.columns.push_back(extra);
  }
  ddl.before = before;
  ddl.after = after;
  OutBuffer key, value;
  bool has_key = false;
  const auto written = format_->EncodeDdl(ddl, group, shape_, 42, &key, &has_key, &value);
  EXPECT_TRUE(written.ok() && written.value());
  Record record;
  if (has_key) record.key = key.view();
  record.value = value.view();
  return record;
}

}  // namespace cdc::testing
