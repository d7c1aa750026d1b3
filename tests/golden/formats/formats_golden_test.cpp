// Encoded records of every format against the case files of this folder.
//
//   format: canal_json
//   table: types                      (types_table.h; else orders_table.h)
//   setting: zone = +08:00            (a word or string; true and false are bools)
//   events: insert update delete
//   --- records
//   insert
//   key {"id":1001}
//   value {…}
//
// GOLDEN_UPDATE=1 rewrites the part below the line.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/golden/formats/orders_table.h"
#include "tests/golden/formats/types_table.h"

namespace cdc::testing {
namespace {

constexpr char kLine[] = "--- records\n";

struct Case {
  std::string head;  // up to and without kLine
  std::string expected;
  std::string format;
  std::string table;  // of types_table.h; empty: shop.orders
  catalog::Settings settings;
  std::vector<std::string> events;
  bool small_ubig = false;
  bool key_clause = false;
};

std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

void AddSetting(const std::string& text, Case* to) {
  const size_t equals = text.find(" = ");
  ASSERT_NE(equals, std::string::npos) << text;
  const std::string value = text.substr(equals + 3);
  catalog::SettingValue setting;
  if (value == "true" || value == "false") {
    setting.kind = catalog::SettingKind::kBool;
    setting.number = value == "true" ? 1 : 0;
  } else {
    setting.kind = catalog::SettingKind::kWord;
    setting.text = value;
  }
  to->settings.Set(text.substr(0, equals), setting);
}

Case ReadCase(const std::filesystem::path& path) {
  Case result;
  const std::string text = ReadFile(path);
  const size_t line = text.find(kLine);
  EXPECT_NE(line, std::string::npos) << path;
  result.head = text.substr(0, line);
  result.expected = text.substr(std::min(text.size(), line + sizeof kLine - 1));
  std::istringstream head(result.head);
  for (std::string row; std::getline(head, row);) {
    if (row.starts_with("format: ")) result.format = row.substr(8);
    if (row.starts_with("table: ")) result.table = row.substr(7);
    if (row.starts_with("setting: ")) AddSetting(row.substr(9), &result);
    if (row == "small_ubig") result.small_ubig = true;
    if (row == "key clause") result.key_clause = true;
    if (row.starts_with("events: ")) {
      std::istringstream events(row.substr(8));
      for (std::string event; events >> event;) result.events.push_back(event);
    }
  }
  return result;
}

std::string Headers(std::string_view bytes) {
  std::string text;
  while (bytes.size() >= 4) {
    uint32_t size = 0;
    for (int part = 0; part < 2; ++part) {
      std::memcpy(&size, bytes.data(), 4);
      text += (part == 0 ? "\nheader " : " = ") + std::string(bytes.substr(4, size));
      bytes.remove_prefix(4 + size);
    }
  }
  return text;
}

class Recorder {
 public:
  explicit Recorder(const Case& from) : case_(from) {
    auto format = formats::MakeFormat(from.format, from.settings, "cdc");
    EXPECT_TRUE(format.ok()) << (format.ok() ? "" : format.error().message());
    format_ = std::move(format).value();
    shape_ = from.table.empty() ? OrdersShape() : TypesShape(from.table);
    shape_.key_is_explicit = from.key_clause;
    auto encoder = format_->Bind(shape_);
    EXPECT_TRUE(encoder.ok()) << (encoder.ok() ? "" : encoder.error().message());
    encoder_ = std::move(encoder).value();
  }

  std::string Record(const std::string& event) {
    if (event == "ddl" || event == "truncate") return event + "\n" + RecordDdl(event);
    return event + "\n" + RecordRow(event);
  }

 private:
  std::vector<Value> Row(int number) const {
    return case_.table.empty() ? OrdersRow(number, case_.small_ubig) : TypesRow(case_.table, number);
  }

  std::string RecordRow(const std::string& event) {
    const std::vector<Value> first = Row(1);
    std::vector<Value> second = Row(2);
    Group group = OrdersGroup();
    RowChange change;
    change.event_offset = 4711;
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
    if (encoder_->WritesKeys()) {
      EXPECT_TRUE(encoder_->EncodeKey(row, &key).ok());
    }
    const Status encoded = encoder_->EncodeValue(row, &value);
    if (!encoded.ok()) return "error " + encoded.error().message() + "\n";
    EXPECT_TRUE(encoder_->EncodeHeaders(row, &headers).ok());
    return Text(encoder_->WritesKeys(), key, value) + Headers(headers.view()) + "\n";
  }

  std::string RecordDdl(const std::string& event) {
    DdlEvent ddl;
    ddl.database = "shop";
    ddl.table = "orders";
    ddl.canal_type = event == "ddl" ? "ALTER" : "TRUNCATE";
    ddl.statement = event == "ddl" ? "ALTER TABLE orders ADD COLUMN extra INT" : "TRUNCATE TABLE orders";
    auto before = std::make_shared<TableVersion>();
    before->database = "shop";
    before->table = "orders";
    before->schema = OrdersSchema();
    before->schema.columns.resize(1);
    auto after = std::make_shared<TableVersion>(*before);
    Column extra = OrdersSchema().columns[24];
    after->schema.columns.push_back(extra);
    ddl.before = before;
    ddl.after = after;
    OutBuffer key, value;
    bool has_key = false;
    const auto written = format_->EncodeDdl(ddl, OrdersGroup(), shape_, 42, &key, &has_key, &value);
    EXPECT_TRUE(written.ok() && written.value());
    return Text(has_key, key, value) + "\n";
  }

  static std::string Text(bool has_key, const OutBuffer& key, const OutBuffer& value) {
    return "key " + (has_key ? std::string(key.view()) : "null") + "\nvalue " + std::string(value.view());
  }

  const Case& case_;
  std::unique_ptr<formats::Format> format_;
  formats::OutputShape shape_;
  std::unique_ptr<formats::Encoder> encoder_;
};

TEST(FormatsGolden, EveryCaseFile) {
  const std::filesystem::path folder = std::string(PIPEWRIGHT_ROOT) + "/tests/golden/formats";
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".golden") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  ASSERT_FALSE(files.empty());
  for (const auto& file : files) {
    SCOPED_TRACE(file.filename().string());
    const Case golden = ReadCase(file);
    Recorder recorder(golden);
    std::string records;
    for (const std::string& event : golden.events) records += recorder.Record(event);
    if (std::getenv("GOLDEN_UPDATE") != nullptr) {
      std::ofstream(file, std::ios::binary) << golden.head << kLine << records;
      continue;
    }
    EXPECT_EQ(golden.expected, records);
  }
}

}  // namespace
}  // namespace cdc::testing
