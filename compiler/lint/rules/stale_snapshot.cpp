#include "compiler/lint/dates.h"
#include "compiler/lint/rule.h"

namespace cdc::lint {
namespace {

constexpr int64_t kMillisecondsOfDay = int64_t{24} * 60 * 60 * 1000;
constexpr int64_t kDaysDefault = 30;

void RunStaleSnapshot(const ProgramView& program, Diagnostics* diagnostics) {
  std::optional<int64_t> today = ReadDay(program.input.options.today);
  if (!today) return;
  int64_t most =
      program.checked.project.Number("schema_max_age", kDaysDefault * kMillisecondsOfDay) / kMillisecondsOfDay;
  for (const sema::Resource& source : program.checked.sources) {
    auto facts = program.input.snapshots.find(SnapshotFolder(source));
    if (facts == program.input.snapshots.end()) continue;
    std::optional<int64_t> pulled = ReadDay(facts->second.pulled);
    if (!pulled || *today - *pulled <= most) continue;
    diagnostics
        ->Report(Kind::kStaleSnapshot, source.span,
                 "the schema snapshot of `" + source.name + "` is " + std::to_string(*today - *pulled) + " days old",
                 "pulled on " + facts->second.pulled)
        .notes = {"columns may have come and gone since; the project's `schema_max_age` is " + std::to_string(most) +
                  " days"};
  }
}

}  // namespace

Rule StaleSnapshot() { return {.kind = Kind::kStaleSnapshot, .of_program = RunStaleSnapshot}; }

}  // namespace cdc::lint
