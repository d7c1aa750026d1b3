#pragma once

// Writes binary logs as MySQL 9.7 does, event by event: for benchmarks, and for tests of what no server writes on
// demand.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cdc::generator {

struct LogWriterOptions {
  bool checksums = true;
  bool full_metadata = true;  // column names, signs, charsets, labels and keys in TABLE_MAP
  std::string server_version = "9.7.4";
  uint32_t server_id = 1;
  uint32_t time_s = 1'795'205'352;  // of the first event
};

// Little-endian and length-encoded pieces of event bodies.
void PutLe(uint64_t value, int bytes, std::string* out);
void PutBe(uint64_t value, int bytes, std::string* out);
void PutLenenc(uint64_t value, std::string* out);
void PutLenencText(std::string_view text, std::string* out);

// A column as TABLE_MAP has it.
struct LogColumn {
  std::string name;
  uint8_t type = 0;
  std::string meta;  // its metadata bytes
  bool nullable = false;
  bool numeric = false;  // counts in the list of signs
  bool is_unsigned = false;
  uint32_t collation = 0;  // character columns, ENUM, SET; 0: none
  std::vector<std::string> labels;
};

struct LogTable {
  uint64_t id = 100;
  std::string database = "bench";
  std::string name = "t";
  std::vector<LogColumn> columns;
  std::vector<uint32_t> primary_key;
};

class LogWriter {
 public:
  explicit LogWriter(LogWriterOptions options = {}) : options_(std::move(options)) {}

  // The four bytes at the file's beginning, FORMAT_DESCRIPTION and PREVIOUS_GTIDS.
  void BeginFile();
  // Any event; returns its offset in the file.
  uint64_t Event(uint8_t type, std::string_view body, uint16_t flags = 0);

  // A transaction's parts. uuid 96da81fe-….
  void Gtid(uint64_t number, uint64_t commit_time_us);
  void Query(std::string_view database, std::string_view text, uint32_t thread_id = 7);
  void TableMap(const LogTable& table);
  // `type` 30 WRITE, 31 UPDATE, 32 DELETE; `images` are whole rows, null bits included.
  void Rows(uint8_t type, const LogTable& table, std::string_view images);
  void Xid(uint64_t number);
  void Rotate(std::string_view next_file);

  // GTID and BEGIN; `number` 0: an anonymous group.
  void Begin(uint64_t number);

  uint64_t offset() const { return flushed_ + bytes_.size(); }
  // Bytes since the last Take().
  const std::string& bytes() const { return bytes_; }
  std::string Take();
  void SetTime(uint32_t time_s) { options_.time_s = time_s; }

 private:
  LogWriterOptions options_;
  std::string bytes_;
  uint64_t flushed_ = 0;
};

}  // namespace cdc::generator
