#include "compiler/lint/rule.h"

namespace cdc::lint {
namespace {

constexpr int64_t kMillisecondsOfSecond = 1000;

std::string Hours(int64_t seconds) {
  return seconds % 3600 == 0 ? std::to_string(seconds / 3600) + "h" : std::to_string(seconds) + "s";
}

// The longest that a resource is retried, in seconds; nothing if it is not retried, -1 for ever.
std::optional<int64_t> GivesUpAfter(const sema::Resource& resource) {
  const catalog::SettingValue* value = resource.settings.Find("retry.give_up");
  if (value == nullptr) return std::nullopt;
  if (value->kind == catalog::SettingKind::kWord) return -1;
  return value->number / kMillisecondsOfSecond;
}

void CompareRetention(const std::string& source, const sema::Resource& resource, int64_t kept,
                      Diagnostics* diagnostics) {
  std::optional<int64_t> after = GivesUpAfter(resource);
  // 0: the server keeps its logs for ever.
  if (!after || kept == 0 || (*after >= 0 && *after <= kept)) return;
  auto written = resource.written.find("retry.give_up");
  Span span = written == resource.written.end() ? resource.span : written->second;
  if (sema::AlreadyReported(Kind::kRetentionRace, span, *diagnostics)) return;
  diagnostics
      ->Report(Kind::kRetentionRace, span,
               "`" + resource.name + "` is retried for " + (*after < 0 ? "ever" : Hours(*after)) + ", and `" + source +
                   "` keeps its binlog for " + Hours(kept),
               "the server may purge what was not read")
      .notes = {"set binlog_expire_logs_seconds higher on the server, or `give_up` lower"};
}

void RunRetentionRace(const ProgramView& program, Diagnostics* diagnostics) {
  for (const PipeView& pipe : program.pipes) {
    for (const SourceView& source : pipe.sources) {
      if (source.resource == nullptr) continue;
      auto facts = program.input.snapshots.find(SnapshotFolder(*source.resource));
      if (facts == program.input.snapshots.end() || !facts->second.binlog_expire_logs_seconds) continue;
      int64_t kept = *facts->second.binlog_expire_logs_seconds;
      CompareRetention(source.resource->name, *source.resource, kept, diagnostics);
      if (pipe.sink != nullptr) CompareRetention(source.resource->name, *pipe.sink, kept, diagnostics);
    }
  }
}

}  // namespace

Rule RetentionRace() { return {.kind = Kind::kRetentionRace, .of_program = RunRetentionRace}; }

}  // namespace cdc::lint
