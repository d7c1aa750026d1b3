// Log bytes to rows, on one core: the binlog_files source over a file in the page cache, every column used. Items are
// row images; 1e9 / items_per_second is nanoseconds per row image.

#include <benchmark/benchmark.h>
#include <unistd.h>

#include <cstdlib>
#include <string>

#include "runtime/sources/binlog_files/binlog_files.h"
#include "runtime/sources/mysql/binlog/crc32.h"
#include "tests/bench/generator/workload.h"

namespace cdc {
namespace {

constexpr uint64_t kRows = 200'000;

class CaptureAll : public Capture {
 public:
  bool Wants(const std::string&, const std::string&) override { return true; }
  bool WantsSnapshot(const std::string&, const std::string&) override { return false; }
  Status Bind(TableVersion* table) override {
    table->captured = true;
    table->used.assign(table->schema.columns.size(), true);
    return OkStatus();
  }
};

std::string MakeLog(generator::RowShape shape, generator::ChangeMix changes, uint64_t rows_per_transaction) {
  std::string path = "/tmp/decode_bench.XXXXXX";
  const int file = mkstemp(path.data());
  if (file < 0) std::abort();
  close(file);
  const generator::Workload workload{
      .shape = shape, .changes = changes, .rows = kRows, .rows_per_transaction = rows_per_transaction};
  if (!generator::WriteLog(workload, path)) std::abort();
  return path;
}

void Decode(benchmark::State& state, generator::RowShape shape, generator::ChangeMix changes,
            uint64_t rows_per_transaction) {
  const std::string path = MakeLog(shape, changes, rows_per_transaction);
  CaptureAll capture;
  ChangeBatch batch;
  int64_t images = 0, bytes = 0;
  for (auto _ : state) {
    SourceContext context;
    context.settings.Set("path", {.kind = catalog::SettingKind::kString, .text = path});
    context.capture = &capture;
    const auto source = sources::MakeBinlogFilesSource(std::move(context));
    if (!source->Open({}).ok()) std::abort();
    for (;;) {
      batch.Reset();
      const auto read = source->Read(&batch, 0);
      if (!read.ok()) std::abort();
      if (*read == ReadResult::kEnd) break;
      for (const RowChange& row : batch.rows) images += row.before != nullptr && row.after != nullptr ? 2 : 1;
      bytes += batch.caught_up ? static_cast<int64_t>(batch.end.offset) : 0;
    }
  }
  state.SetItemsProcessed(images);
  state.SetBytesProcessed(bytes);
  unlink(path.c_str());
}

using generator::ChangeMix;
using generator::RowShape;
BENCHMARK_CAPTURE(Decode, narrow_1_per_transaction, RowShape::kNarrow, ChangeMix::kInsert, 1)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(Decode, narrow_10_per_transaction, RowShape::kNarrow, ChangeMix::kInsert, 10)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(Decode, narrow_1000_per_transaction, RowShape::kNarrow, ChangeMix::kInsert, 1000)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(Decode, narrow_mixed, RowShape::kNarrow, ChangeMix::kMixed, 10)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(Decode, wide_10_per_transaction, RowShape::kWide, ChangeMix::kInsert, 10)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(Decode, wide_mixed, RowShape::kWide, ChangeMix::kMixed, 10)->Unit(benchmark::kMillisecond);

void Checksum(benchmark::State& state, uint32_t (*crc)(std::string_view)) {
  const std::string bytes(static_cast<size_t>(state.range(0)), 'x');
  for (auto _ : state) benchmark::DoNotOptimize(crc(bytes));
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations()) * state.range(0));
}
BENCHMARK_CAPTURE(Checksum, folding, binlog::Crc32)->Arg(31)->Arg(200)->Arg(8192);
BENCHMARK_CAPTURE(Checksum, table, binlog::Crc32Portable)->Arg(31)->Arg(200)->Arg(8192);

}  // namespace
}  // namespace cdc
