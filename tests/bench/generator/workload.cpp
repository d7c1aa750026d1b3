#include "tests/bench/generator/workload.h"

#include <algorithm>
#include <cstdio>
#include <cstring>

namespace cdc::generator {
namespace {

constexpr uint32_t kUtf8mb4 = 45;  // utf8mb4_general_ci, which every server and tool knows
constexpr uint32_t kBinary = 63;
constexpr size_t kRowsEventBytes = 8192;  // binlog_row_event_max_size
constexpr size_t kFlushBytes = 1 << 20;

// Source: Sebastiano Vigna, splitmix64.
uint64_t Mix(uint64_t x) {
  x += 0x9E3779B97F4A7C15;
  x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9;
  x = (x ^ x >> 27) * 0x94D049BB133111EB;
  return x ^ x >> 31;
}

std::string Le16(unsigned value) { return {static_cast<char>(value & 0xFF), static_cast<char>(value >> 8)}; }

LogColumn Number(const char* name, uint8_t type, bool is_unsigned, std::string meta = {}) {
  return {.name = name, .type = type, .meta = std::move(meta), .numeric = true, .is_unsigned = is_unsigned};
}

LogColumn Other(const char* name, uint8_t type, std::string meta = {}, uint32_t collation = 0, bool nullable = false) {
  return {.name = name, .type = type, .meta = std::move(meta), .nullable = nullable, .collation = collation};
}

LogColumn Labelled(const char* name, std::string meta, std::vector<std::string> labels) {
  return {.name = name, .type = 254, .meta = std::move(meta), .collation = kUtf8mb4, .labels = std::move(labels)};
}

// sysbench's groups of eleven digits.
void PutDigitGroups(uint64_t seed, int groups, int length_bytes, std::string* out) {
  PutLe(static_cast<uint64_t>(groups * 12 - 1), length_bytes, out);
  for (int group = 0; group < groups; ++group) {
    if (group > 0) out->push_back('-');
    uint64_t digits = Mix(seed * 31 + static_cast<uint64_t>(group));
    for (int i = 0; i < 11; ++i, digits /= 10) out->push_back(static_cast<char>('0' + digits % 10));
  }
}

std::string Words(uint64_t seed, size_t count) {
  constexpr const char* kWords[] = {"order",  "paid",       "müller",   "shipping",    "北京",    "parcel",
                                    "note",   "\"quoted\"", "customer", "line\nbreak", "express", "gift",
                                    "return", "invoice",    "street",   "42"};
  std::string text;
  for (size_t i = 0; i < count; ++i) {
    if (i > 0) text += ' ';
    text += kWords[Mix(seed + i) % std::size(kWords)];
  }
  return text;
}

// Binary JSON: {"n": int32, "id": int32, "tags": ["a", "b"], "title": text}. Offsets count from the object's count.
std::string JsonDocument(uint64_t seed, const std::string& title) {
  const std::string keys[] = {"n", "id", "tags", "title"};
  constexpr size_t kMembers = 4;
  std::string array;
  PutLe(2, 2, &array);
  PutLe(4 + 2 * 3 + 2 + 2, 2, &array);
  for (const unsigned offset : {10u, 12u}) array += '\x0C' + Le16(offset);
  array +=
      "\x01"
      "a\x01"
      "b";
  std::string values[kMembers];
  PutLe(seed % 100000, 4, &values[0]);
  PutLe(Mix(seed) % 1000000000, 4, &values[1]);
  values[2] = array;
  values[3] = static_cast<char>(title.size()) + title;
  const unsigned char types[kMembers] = {0x07, 0x07, 0x02, 0x0C};
  size_t offset = 4 + kMembers * 4 + kMembers * 3;
  std::string key_entries, value_entries, key_bytes, value_bytes;
  for (const std::string& key : keys) {
    key_entries += Le16(static_cast<unsigned>(offset)) + Le16(static_cast<unsigned>(key.size()));
    key_bytes += key;
    offset += key.size();
  }
  for (size_t i = 0; i < kMembers; ++i) {
    value_entries += static_cast<char>(types[i]) + Le16(static_cast<unsigned>(offset));
    value_bytes += values[i];
    offset += values[i].size();
  }
  return '\0' + Le16(kMembers) + Le16(static_cast<unsigned>(offset)) + key_entries + value_entries + key_bytes +
         value_bytes;
}

void PutNarrow(uint64_t id, uint64_t version, std::string* out) {
  out->push_back('\xF0');
  PutLe(id, 4, out);
  PutLe(Mix(id + version) % 1'000'000, 4, out);
  PutDigitGroups(id + version, 10, 2, out);
  PutDigitGroups(id + version + 7, 5, 1, out);
}

void PutReal(double value, std::string* out) {
  uint64_t bits;
  std::memcpy(&bits, &value, sizeof(bits));
  PutLe(bits, 8, out);
}

void PutReal32(float value, std::string* out) {
  uint32_t bits;
  std::memcpy(&bits, &value, sizeof(bits));
  PutLe(bits, 4, out);
}

void PutWide(uint64_t id, uint64_t version, std::string* out) {
  const uint64_t seed = Mix(id * 3 + version);
  const bool no_note = seed % 4 == 0;
  // Null bits of 20 columns; `note` is number 13.
  PutLe(0xF00000 | (no_note ? 1u << 13 : 0), 3, out);
  PutLe(id, 8, out);
  PutLe(seed % 5000, 4, out);
  PutLe(1 + seed % 3, 1, out);
  PutLe(seed % 8, 1, out);
  // DECIMAL(12,2): one digit, nine digits, two digits.
  out->push_back('\x80');
  PutBe(seed % 1'000'000'000, 4, out);
  PutBe(seed % 100, 1, out);
  PutLe(seed % 1000, 3, out);
  PutReal(static_cast<double>(seed % 1'000'000) / 1000, out);
  PutReal32(static_cast<float>(seed % 1000) / 8, out);
  PutBe(1'700'000'000 + seed % 90'000'000, 4, out);
  PutBe(seed % 10'000 / 10 * 10, 2, out);
  PutBe(0x99B2400000 + ((1 + seed % 28) << 17) + (seed % 24 << 12) + 0x2B5, 5, out);
  PutBe(seed % 1'000'000, 3, out);
  PutLe(2024 << 9 | (1 + seed % 12) << 5 | (1 + seed % 28), 3, out);
  PutBe(0x800000 + (seed % 24 << 12 | seed % 60 << 6 | seed % 60), 3, out);
  const std::string name = Words(seed, 3), email = "user" + std::to_string(seed % 1'000'000) + "@example.com";
  PutLe(name.size(), 2, out);
  *out += name;
  if (!no_note) {
    const std::string note = Words(seed + 1, 25);
    PutLe(note.size(), 2, out);
    *out += note;
  }
  PutLe(email.size(), 2, out);
  *out += email;
  const std::string document = JsonDocument(seed, Words(seed + 2, 4));
  PutLe(document.size(), 4, out);
  *out += document;
  out->push_back('\x10');
  PutBe(seed, 8, out);
  PutBe(Mix(seed), 8, out);
  PutLe(124, 1, out);
  PutBe(seed % 256, 1, out);
  out->push_back('\x04');
  *out += "code";
}

LogTable NarrowTable() {
  LogTable table{.name = "sbtest1"};
  table.columns = {Number("id", 3, false), Number("k", 3, false), Other("c", 254, "\xee\xe0", kUtf8mb4),
                   Other("pad", 254, "\xfe\xf0", kUtf8mb4)};
  table.primary_key = {0};
  return table;
}

LogTable WideTable() {
  LogTable table{.name = "orders"};
  const auto text = [](unsigned bytes) { return Le16(bytes); };
  table.columns = {Number("id", 8, true),
                   Number("tenant", 3, false),
                   Labelled("status", "\xf7\x01", {"new", "paid", "shipped"}),
                   Labelled("flags", "\xf8\x01", {"gift", "express", "fragile"}),
                   Number("price", 246, false, {'\x0c', '\x02'}),
                   Number("quantity", 9, false),
                   Number("ratio", 5, false, "\x08"),
                   Number("weight", 4, false, "\x04"),
                   Other("created", 17, "\x03"),
                   Other("updated", 18, "\x06"),
                   Other("day", 10),
                   Other("at", 19, std::string(1, '\0')),
                   Other("name", 15, text(400), kUtf8mb4),
                   Other("note", 252, "\x02", kUtf8mb4, true),
                   Other("email", 15, text(1020), kUtf8mb4),
                   Other("doc", 245, "\x04"),
                   Other("token", 15, text(32), kBinary),
                   Number("year", 13, true),
                   Other("mask", 16, {'\0', '\x01'}),
                   Other("code", 254, "\xfe\x28", kUtf8mb4)};
  table.primary_key = {0};
  return table;
}

uint8_t TypeOfChange(ChangeMix mix, uint64_t change) {
  if (mix == ChangeMix::kInsert || change % 10 < 7) return 30;
  return change % 10 < 9 ? 31 : 32;
}

}  // namespace

LogTable TableOf(RowShape shape) { return shape == RowShape::kNarrow ? NarrowTable() : WideTable(); }

void PutRow(RowShape shape, uint64_t id, uint64_t version, std::string* out) {
  if (shape == RowShape::kNarrow) {
    PutNarrow(id, version, out);
  } else {
    PutWide(id, version, out);
  }
}

bool WriteLog(const Workload& workload, const std::string& path) {
  std::FILE* file = std::fopen(path.c_str(), "wb");
  if (file == nullptr) return false;
  const LogTable table = TableOf(workload.shape);
  LogWriter log;
  log.BeginFile();
  std::string images;
  bool written = true;
  const auto flush = [&] {
    const std::string bytes = log.Take();
    written = written && std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size();
  };
  uint64_t change = 0;
  for (uint64_t transaction = 1; change < workload.rows; ++transaction) {
    const uint64_t end = std::min(workload.rows, change + workload.rows_per_transaction);
    log.Begin(transaction);
    log.TableMap(table);
    while (change < end) {
      const uint8_t type = TypeOfChange(workload.changes, change);
      images.clear();
      for (; change < end && images.size() < kRowsEventBytes && TypeOfChange(workload.changes, change) == type;
           ++change) {
        PutRow(workload.shape, change + 1, 0, &images);
        if (type == 31) PutRow(workload.shape, change + 1, 1, &images);
      }
      log.Rows(type, table, images);
      if (log.bytes().size() > kFlushBytes) flush();
    }
    log.Xid(transaction);
  }
  flush();
  return std::fclose(file) == 0 && written;
}

}  // namespace cdc::generator
