#include "tests/bench/generator/log_writer.h"

#include <utility>

#include "runtime/sources/mysql/binlog/crc32.h"

namespace cdc::generator {
namespace {

constexpr char kUuid[] = "\x96\xda\x81\xfe\xe5\x94\x11\xf1\xbe\xe3\x02\xfc\x00\x00\x00\x01";
constexpr uint32_t kServerVersionNumber = 90704;
// Post-header sizes of event types 1 to 42 in MySQL 9.7.
constexpr unsigned char kPostHeaders[42] = {0, 13, 0, 8, 0, 0, 0, 0, 4,  0,  4,  0,  0,  0, 98, 0,  4, 26, 8,  0, 0,
                                            0, 8,  8, 8, 2, 0, 0, 0, 10, 10, 10, 42, 42, 0, 18, 52, 0, 10, 40, 0, 0};

enum Type : uint8_t {
  kQuery = 2,
  kRotate = 4,
  kFormat = 15,
  kXid = 16,
  kTableMap = 19,
  kGtid = 33,
  kAnonymous = 34,
  kPreviousGtids = 35
};

bool IsCharacter(const LogColumn& column) { return column.collation != 0 && column.labels.empty(); }

void PutField(uint8_t type, const std::string& data, std::string* out) {
  *out += static_cast<char>(type);
  PutLenencText(data, out);
}

void PutBits(const std::vector<bool>& bits, bool high_first, std::string* out) {
  std::string bytes((bits.size() + 7) / 8, '\0');
  for (size_t i = 0; i < bits.size(); ++i) {
    if (bits[i]) bytes[i / 8] = static_cast<char>(bytes[i / 8] | 1 << (high_first ? 7 - i % 8 : i % 8));
  }
  *out += bytes;
}

void PutLabels(uint8_t field, uint8_t type, const LogTable& table, std::string* out) {
  std::string data;
  for (const LogColumn& column : table.columns) {
    if (column.labels.empty() || static_cast<uint8_t>(column.meta[0]) != type) continue;
    PutLenenc(column.labels.size(), &data);
    for (const std::string& label : column.labels) PutLenencText(label, &data);
  }
  if (!data.empty()) PutField(field, data, out);
}

void PutMetadata(const LogTable& table, std::string* out) {
  std::vector<bool> signs;
  std::string charsets, label_charsets, names, key;
  for (const LogColumn& column : table.columns) {
    if (column.numeric) signs.push_back(column.is_unsigned);
    if (IsCharacter(column)) PutLenenc(column.collation, &charsets);
    if (!column.labels.empty()) PutLenenc(column.collation, &label_charsets);
    PutLenencText(column.name, &names);
  }
  std::string sign_bits;
  PutBits(signs, true, &sign_bits);
  if (!sign_bits.empty()) PutField(1, sign_bits, out);
  if (!charsets.empty()) PutField(3, charsets, out);
  PutField(4, names, out);
  PutLabels(5, 248, table, out);
  PutLabels(6, 247, table, out);
  for (const uint32_t column : table.primary_key) PutLenenc(column, &key);
  if (!key.empty()) PutField(8, key, out);
  if (!label_charsets.empty()) PutField(11, label_charsets, out);
}

}  // namespace

void PutLe(uint64_t value, int bytes, std::string* out) {
  for (int i = 0; i < bytes; ++i) *out += static_cast<char>(value >> (8 * i));
}

void PutBe(uint64_t value, int bytes, std::string* out) {
  for (int i = bytes - 1; i >= 0; --i) *out += static_cast<char>(value >> (8 * i));
}

void PutLenenc(uint64_t value, std::string* out) {
  if (value < 251) return PutLe(value, 1, out);
  const int bytes = value <= 0xFFFF ? 2 : value <= 0xFFFFFF ? 3 : 8;
  *out += static_cast<char>(bytes == 2 ? 0xFC : bytes == 3 ? 0xFD : 0xFE);
  PutLe(value, bytes, out);
}

void PutLenencText(std::string_view text, std::string* out) {
  PutLenenc(text.size(), out);
  *out += text;
}

void LogWriter::BeginFile() {
  bytes_ += "\xFE\x62\x69\x6E";
  std::string body;
  PutLe(4, 2, &body);
  std::string version = options_.server_version;
  version.resize(50, '\0');
  body += version;
  PutLe(0, 4, &body);
  body += static_cast<char>(19);
  body.append(reinterpret_cast<const char*>(kPostHeaders), sizeof(kPostHeaders));
  body += static_cast<char>(options_.checksums ? 1 : 0);
  Event(kFormat, body);
  Event(kPreviousGtids, std::string(8, '\0'), 0x80);
}

uint64_t LogWriter::Event(uint8_t type, std::string_view body, uint16_t flags) {
  const uint64_t begin = offset();
  const bool checksum = options_.checksums || type == kFormat;
  const size_t size = 19 + body.size() + (checksum ? 4 : 0);
  const size_t from = bytes_.size();
  PutLe(options_.time_s, 4, &bytes_);
  PutLe(type, 1, &bytes_);
  PutLe(options_.server_id, 4, &bytes_);
  PutLe(size, 4, &bytes_);
  PutLe((begin + size) & 0xFFFFFFFF, 4, &bytes_);
  PutLe(flags, 2, &bytes_);
  bytes_ += body;
  if (checksum) PutLe(binlog::Crc32(std::string_view(bytes_).substr(from)), 4, &bytes_);
  return begin;
}

void LogWriter::Gtid(uint64_t number, uint64_t commit_time_us) {
  std::string body(1, '\0');
  body += number == 0 ? std::string(16, '\0') : std::string(kUuid, 16);
  PutLe(number, 8, &body);
  body += '\x02';
  PutLe(number, 8, &body);
  PutLe(number + 1, 8, &body);
  PutLe(commit_time_us, 7, &body);
  PutLenenc(0, &body);
  PutLe(kServerVersionNumber, 4, &body);
  Event(number == 0 ? kAnonymous : kGtid, body);
}

void LogWriter::Query(std::string_view database, std::string_view text, uint32_t thread_id) {
  std::string status;
  status += '\x01';
  PutLe(0, 8, &status);
  status += '\x04';
  for (const int collation : {45, 45, 45}) PutLe(static_cast<uint64_t>(collation), 2, &status);
  std::string body;
  PutLe(thread_id, 4, &body);
  PutLe(0, 4, &body);
  PutLe(database.size(), 1, &body);
  PutLe(0, 2, &body);
  PutLe(status.size(), 2, &body);
  body += status;
  body += database;
  body += '\0';
  body += text;
  Event(kQuery, body);
}

void LogWriter::Begin(uint64_t number) {
  Gtid(number, uint64_t{options_.time_s} * 1'000'000);
  Query("", "BEGIN");
}

void LogWriter::TableMap(const LogTable& table) {
  std::string body, meta;
  PutLe(table.id, 6, &body);
  PutLe(1, 2, &body);
  PutLe(table.database.size(), 1, &body);
  body += table.database + '\0';
  PutLe(table.name.size(), 1, &body);
  body += table.name + '\0';
  PutLenenc(table.columns.size(), &body);
  std::vector<bool> nullable;
  for (const LogColumn& column : table.columns) {
    body += static_cast<char>(column.type);
    meta += column.meta;
    nullable.push_back(column.nullable);
  }
  PutLenencText(meta, &body);
  PutBits(nullable, false, &body);
  if (options_.full_metadata) PutMetadata(table, &body);
  Event(kTableMap, body);
}

void LogWriter::Rows(uint8_t type, const LogTable& table, std::string_view images) {
  constexpr uint8_t kUpdateRows = 31;
  std::string body;
  PutLe(table.id, 6, &body);
  PutLe(1, 2, &body);
  PutLe(2, 2, &body);
  PutLenenc(table.columns.size(), &body);
  const std::string present((table.columns.size() + 7) / 8, '\xFF');
  body += present;
  if (type == kUpdateRows) body += present;
  body += images;
  Event(type, body);
}

void LogWriter::Xid(uint64_t number) {
  std::string body;
  PutLe(number, 8, &body);
  Event(kXid, body);
}

void LogWriter::Rotate(std::string_view next_file) {
  std::string body;
  PutLe(4, 8, &body);
  body += next_file;
  Event(kRotate, body);
}

std::string LogWriter::Take() {
  flushed_ += bytes_.size();
  return std::exchange(bytes_, std::string());
}

}  // namespace cdc::generator
