// Log file to Canal JSON in memory, on one core: the binlog_files source and the transform of one pipe, in turns in one
// thread. Items are row changes, bytes are those of the log.
//
//   bench_log_to_json LOG [benchmark options]

#include <benchmark/benchmark.h>

#include <cstdio>
#include <filesystem>
#include <string>

#include "runtime/operators/transform.h"
#include "runtime/sources/binlog_files/binlog_files.h"

namespace cdc {
namespace {

constexpr uint32_t kPartitions = 8;

plan::Plan EveryTable() {
  plan::TableRule rule;
  rule.database = rule.table = {plan::NamePattern::Kind::kAny, ""};
  rule.topic.otherwise.parts = {{plan::TemplatePart::Kind::kText, "topic"}};
  rule.format.name = "canal_json";
  plan::Plan plan;
  plan.pipes.emplace_back();
  plan.pipes[0].name = "bench";
  plan.pipes[0].tables = {rule};
  return plan;
}

// Reads the whole log once. Returns its row changes.
Result<uint64_t> Convert(const plan::Plan& plan, const std::string& path, ChangeBatch* in, MessageBatch* out) {
  ASSIGN_OR_RETURN(const auto transform,
                   operators::Transform::Make(plan, plan.pipes[0], "logs", [](const std::string&) {
                     return Result<operators::ResolvedTopic>(operators::ResolvedTopic{0, kPartitions});
                   }));
  SourceContext context;
  context.settings.Set("path", {.kind = catalog::SettingKind::kString, .text = path});
  context.capture = transform.get();
  const auto source = sources::MakeBinlogFilesSource(std::move(context));
  RETURN_IF_ERROR(source->Open({}));
  for (;;) {
    in->Reset();
    out->Reset();
    ASSIGN_OR_RETURN(const ReadResult read, source->Read(in, 0));
    if (read == ReadResult::kEnd) return transform->counters().rows_in;
    RETURN_IF_ERROR(transform->Apply(*in, out));
    benchmark::DoNotOptimize(out->bytes.data());
  }
}

void LogToCanalJson(benchmark::State& state, const std::string& path) {
  const plan::Plan plan = EveryTable();
  ChangeBatch in;
  MessageBatch out;
  uint64_t rows = 0;
  for (auto _ : state) {
    const Result<uint64_t> converted = Convert(plan, path, &in, &out);
    if (!converted.ok()) {
      state.SkipWithError(converted.error().message().c_str());
      return;
    }
    rows += *converted;
  }
  state.SetItemsProcessed(static_cast<int64_t>(rows));
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations() * std::filesystem::file_size(path)));
}

}  // namespace
}  // namespace cdc

int main(int count, char** arguments) {
  benchmark::Initialize(&count, arguments);
  if (count != 2) {
    std::fputs("usage: bench_log_to_json LOG [--benchmark_…]\n", stderr);
    return 2;
  }
  benchmark::RegisterBenchmark("log_to_canal_json", cdc::LogToCanalJson, std::string(arguments[1]))
      ->Unit(benchmark::kMillisecond);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
