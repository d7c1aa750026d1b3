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

std::vector<LogField> PlaceFields(const plan::Pipe& pipe, const std::string& source) {
  std::vector<LogField> fields = {{"pipe", pipe.name}};
  if (!source.empty()) fields.emplace_back("source", source);
  return fields;
}

std::vector<PipeProgress> Progress::Next(int64_t now_ms) {
  std::vector<PipeProgress> all;
  const int64_t elapsed_ms = std::max<int64_t>(1, now_ms - last_ms_);
  for (size_t i = 0; i < pipes_->size(); ++i) {
    const PipeAssembly& pipe = *(*pipes_)[i];
    const engine::PipeStatus& status = pipe.runner->status();
    const SourceProgress source = pipe.source->Progress();
    const std::string state = engine::ToText(status.state.load());
    const uint64_t rows = status.rows_committed;
    const uint64_t per_second = last_ms_ == 0 ? 0 : (rows - rows_[i]) * 1000 / static_cast<uint64_t>(elapsed_ms);
    rows_[i] = rows;
    PipeProgress& out = all.emplace_back();
    out.text = fmt::format("{} {} · {} {} · {} rows, {}/s · lag {:.1f} s", pipe.name, state, source.tables,
                           source.tables == 1 ? "table" : "tables", WithSeparators(rows), WithSeparators(per_second),
                           static_cast<double>(status.lag_us) / 1e6);
    out.fields = PlaceFields(*pipe.pipe, pipe.source_name);
    const std::vector<LogField> more = {{"state", state},
                                        {"tables", static_cast<int64_t>(source.tables)},
                                        {"rows", static_cast<int64_t>(rows)},
                                        {"rows_per_second", static_cast<int64_t>(per_second)},
                                        {"lag_ms", int64_t{status.lag_us / 1000}},
                                        {"commits", static_cast<int64_t>(status.commits.load())},
                                        {"restarts", static_cast<int64_t>(status.restarts.load())}};
    out.fields.insert(out.fields.end(), more.begin(), more.end());
    if (const uint64_t failed = pipe.transform->counters().rows_failed; failed > 0) {
      out.text += fmt::format(" · {} failed", WithSeparators(failed));
      out.fields.emplace_back("rows_failed", static_cast<int64_t>(failed));
    }
    if (source.phase != "snapshot") continue;
    out.text += fmt::format(" · first load {}/{} tables, {} rows", source.tables_done, source.tables_total,
                            WithSeparators(source.snapshot_rows));
    out.fields.emplace_back("tables_to_load", static_cast<int64_t>(source.tables_total));
    out.fields.emplace_back("tables_loaded", static_cast<int64_t>(source.tables_done));
    out.fields.emplace_back("rows_loaded", static_cast<int64_t>(source.snapshot_rows));
  }
  last_ms_ = now_ms;
  return all;
}

}  // namespace cdc::driver
