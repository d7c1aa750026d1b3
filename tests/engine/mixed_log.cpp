#include "tests/engine/mixed_log.h"

#include <cstdint>

#include "tests/bench/generator/workload.h"

namespace cdc::testing {
namespace {

using generator::LogTable;
using generator::LogWriter;
using generator::RowShape;

constexpr uint8_t kInsert = 30, kUpdate = 31, kDelete = 32;

LogTable LinksTable() {
  LogTable table{.id = 102, .database = "bench", .name = "links"};
  table.columns = {{.name = "a", .type = 3, .numeric = true}, {.name = "b", .type = 3, .numeric = true}};
  table.primary_key = {0, 1};
  return table;
}

LogTable WithId(LogTable table, uint64_t id) {
  table.id = id;
  return table;
}

// Writes rows events, each behind its table's TABLE_MAP; every row has a number of its own.
class Writer {
 public:
  Writer() { log_.BeginFile(); }

  void Begin() { log_.Begin(++transaction_); }
  void Commit() { log_.Xid(transaction_); }

  // A rows event: `rows` row changes of the n-th table.
  void Rows(size_t table, uint8_t type, uint64_t rows) {
    std::string images;
    for (uint64_t row = 0; row < rows; ++row) {
      ++id_;
      if (type != kInsert) Image(table, 1, &images);
      if (type != kDelete) Image(table, 2, &images);
    }
    log_.TableMap(tables_[table]);
    log_.Rows(type, tables_[table], images);
  }

  std::string Take() { return log_.Take(); }

 private:
  void Image(size_t table, uint64_t version, std::string* out) {
    if (table == 0) return PutRow(RowShape::kNarrow, id_, version, out);
    if (table == 1) return PutRow(RowShape::kWide, id_, version, out);
    out->push_back('\xFC');
    generator::PutLe(id_, 4, out);
    generator::PutLe(version, 4, out);
  }

  const LogTable tables_[3] = {WithId(TableOf(RowShape::kNarrow), 100), WithId(TableOf(RowShape::kWide), 101),
                               LinksTable()};
  LogWriter log_;
  uint64_t transaction_ = 0;
  uint64_t id_ = 0;
};

}  // namespace

std::string MixedLog() {
  Writer writer;
  for (uint64_t i = 0; i < 500; ++i) {
    writer.Begin();
    writer.Rows(i % 3, static_cast<uint8_t>(kInsert + i / 3 % 3), 1);
    writer.Commit();
  }
  writer.Begin();
  for (int i = 0; i < 50; ++i) {
    writer.Rows(2, kInsert, 30);
    writer.Rows(0, kUpdate, 20);
  }
  writer.Commit();
  for (int i = 0; i < 100; ++i) {
    writer.Begin();
    writer.Rows(0, kInsert, 5);
    writer.Rows(1, kUpdate, 3);
    writer.Rows(2, kUpdate, 4);
    writer.Rows(0, kDelete, 3);
    writer.Commit();
  }
  return writer.Take();
}

}  // namespace cdc::testing
