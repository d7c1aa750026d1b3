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

#include "tests/golden/formats/recorder.h"

namespace cdc::testing {
namespace {

constexpr char kLine[] = "--- records\n";

struct Case {
  std::string head;  // up to and without kLine
  std::string expected;
  RecorderOptions recorder;
  std::vector<std::string> events;
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
  to->recorder.settings.Set(text.substr(0, equals), setting);
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
    if (row.starts_with("format: ")) result.recorder.format = row.substr(8);
    if (row.starts_with("table: ")) result.recorder.table = row.substr(7);
    if (row.starts_with("setting: ")) AddSetting(row.substr(9), &result);
    if (row == "small_ubig") result.recorder.small_ubig = true;
    if (row == "key clause") result.recorder.key_clause = true;
    if (row.starts_with("events: ")) {
      std::istringstream events(row.substr(8));
      for (std::string event; events >> event;) result.events.push_back(event);
    }
  }
  return result;
}

// The record as a case file has it.
std::string TextOf(const Recorder& recorder, const std::string& event) {
  const Record record = recorder.Of(event);
  if (record.failed) return event + "\nerror " + record.value + "\n";
  std::string text = event + "\nkey " + record.key.value_or("null") + "\nvalue " + record.value;
  for (const auto& [name, value] : record.headers) text += "\nheader " + name + " = " + value;
  return text + "\n";
}

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
    const Recorder recorder(golden.recorder);
    std::string records;
    for (const std::string& event : golden.events) records += TextOf(recorder, event);
    if (std::getenv("GOLDEN_UPDATE") != nullptr) {
      std::ofstream(file, std::ios::binary) << golden.head << kLine << records;
      continue;
    }
    EXPECT_EQ(golden.expected, records);
  }
}

}  // namespace
}  // namespace cdc::testing
