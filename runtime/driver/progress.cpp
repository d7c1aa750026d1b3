#include "runtime/driver/progress.h"

#include <fmt/format.h>

#include <algorithm>

namespace cdc::driver {
namespace {

std::string WithSeparators(uint64_t number) {
  std::string digits = std::to_string(number);
  for (int at = static_cast<int>(digits.size()) - 3; at > 0; at -= 3) digits.insert(static_cast<size_t>(at), 1, ',');
  return digits;
}

}  // namespace

std::string ProgressLine::Next(int64_t now_ms) {
  std::string line;
  const int64_t elapsed_ms = std::max<int64_t>(1, now_ms - last_ms_);
  for (size_t i = 0; i < pipes_->size(); ++i) {
    const PipeAssembly& pipe = *(*pipes_)[i];
    const engine::PipeStatus& status = pipe.runner->status();
    const SourceProgress source = pipe.source->Progress();
    const uint64_t rows = status.rows_committed;
    const uint64_t per_second = last_ms_ == 0 ? 0 : (rows - rows_[i]) * 1000 / static_cast<uint64_t>(elapsed_ms);
    rows_[i] = rows;
    if (!line.empty()) line += "   ";
    line += fmt::format("{} {} · {} rows, {}/s · lag {:.1f} s", pipe.name, engine::ToText(status.state.load()),
                        WithSeparators(rows), WithSeparators(per_second), static_cast<double>(status.lag_us) / 1e6);
    if (source.phase == "snapshot") {
      line += fmt::format(" · first load {}/{} tables, {} rows", source.tables_done, source.tables_total,
                          WithSeparators(source.snapshot_rows));
    }
  }
  last_ms_ = now_ms;
  return line;
}

}  // namespace cdc::driver
