#include "tests/unit/runtime/sources/binlog_files/log_printer.h"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "runtime/sources/binlog_files/binlog_files.h"
#include "stdlib/core/value_text.h"

namespace cdc::testing {
namespace {

void AppendBytes(std::string_view bytes, bool printable, std::string* out) {
  constexpr char kHex[] = "0123456789abcdef";
  constexpr size_t kShown = 120;
  *out += '\'';
  for (const char c : bytes.substr(0, kShown)) {
    const auto byte = static_cast<uint8_t>(c);
    if (byte < 0x20 || byte == '\\' || byte == '\'' || (!printable && byte >= 0x7F)) {
      *out += "\\x";
      *out += kHex[byte >> 4];
      *out += kHex[byte & 15];
    } else {
      *out += c;
    }
  }
  *out += '\'';
  if (bytes.size() > kShown) *out += "(" + std::to_string(bytes.size()) + " bytes)";
}

void AppendValue(const Type& type, const Value& value, Arena* scratch, std::string* out) {
  if (value.is_absent()) {
    *out += '-';
  } else if (value.is_null()) {
    *out += "NULL";
  } else if (value.kind() == ValueKind::kText || value.kind() == ValueKind::kBytes ||
             value.kind() == ValueKind::kJson) {
    AppendBytes(value.text(), value.kind() != ValueKind::kBytes, out);
  } else {
    *out += TextOf(type, value, scratch);
  }
}

void AppendImage(const TableVersion& table, const Value* values, std::string* out) {
  Arena scratch;
  for (size_t i = 0; i < table.schema.columns.size(); ++i) {
    *out += ' ' + table.schema.columns[i].name + '=';
    AppendValue(table.schema.columns[i].type, values[i], &scratch, out);
  }
}

}  // namespace

Status TestCapture::Bind(TableVersion* table) {
  ++binds;
  table->captured = true;
  for (const Column& column : table->schema.columns) table->used.push_back(!uses || uses(column.name));
  return OkStatus();
}

std::string PrintRow(const RowChange& row) {
  constexpr const char* kOps[] = {"insert", "update", "delete", "snapshot"};
  std::string text =
      std::string(kOps[static_cast<size_t>(row.op)]) + " " + row.table->database + "." + row.table->table;
  if (row.before != nullptr) AppendImage(*row.table, row.before, &text);
  if (row.before != nullptr && row.after != nullptr) text += " ->";
  if (row.after != nullptr) AppendImage(*row.table, row.after, &text);
  return text;
}

void PrintBatch(const ChangeBatch& batch, bool with_groups, std::string* out) {
  std::string last_group;
  for (const RowChange& row : batch.rows) {
    if (with_groups) {
      const Group& group = batch.groups[row.group];
      *out += "[" + group.txid + " #" + std::to_string(row.ordinal) + (row.last_in_group ? " last] " : "] ");
    }
    *out += PrintRow(row) + "\n";
  }
  if (batch.ddl.has_value())
    *out += "ddl " + batch.ddl->database + "." + batch.ddl->table + ": " + batch.ddl->statement + "\n";
}

std::unique_ptr<Source> OpenLogSource(const std::string& pattern, const PrintOptions& options, Capture* capture) {
  SourceContext context;
  context.name = "logs";
  context.settings.Set("path", {.kind = catalog::SettingKind::kString, .text = pattern});
  context.schema_directory = options.schema_directory;
  context.start_override = options.start;
  context.capture = capture;
  return sources::MakeBinlogFilesSource(std::move(context));
}

Printed PrintLog(const std::string& pattern, PrintOptions options) {
  TestCapture all;
  TestCapture* capture = options.capture != nullptr ? options.capture : &all;
  const auto source = OpenLogSource(pattern, options, capture);
  Printed printed;
  const Status opened = source->Open(options.state);
  if (!opened.ok()) {
    printed.text = "error: " + opened.error().message() + "\n";
    return printed;
  }
  ChangeBatch batch;
  for (;;) {
    batch.Reset();
    const auto read = source->Read(&batch, 100);
    if (!read.ok()) {
      PrintBatch(batch, options.with_groups, &printed.text);
      printed.text += "error: " + read.error().message() + "\n";
      return printed;
    }
    if (*read == ReadResult::kEnd) return printed;
    PrintBatch(batch, options.with_groups, &printed.text);
    printed.end = batch.end;
    printed.ends.push_back(batch.end);
  }
}

std::string RecordedLogs() { return std::string(PIPEWRIGHT_ROOT) + "/tests/unit/runtime/sources/binlog_files/data/"; }

TemporaryFolder::TemporaryFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "binlog_files.XXXXXX").string();
  CHECK(mkdtemp(name.data()) != nullptr);
  path_ = name + "/";
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

void TemporaryFolder::Write(const std::string& name, const std::string& bytes) const {
  const std::filesystem::path file = path_ + name;
  std::filesystem::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << bytes;
}

std::string ReadWholeFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

}  // namespace cdc::testing
