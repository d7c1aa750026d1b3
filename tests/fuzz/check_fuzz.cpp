// Any text through everything that `pipec` does with a program: checked and linted beside the examples' libraries with
// a snapshot that has a column of every type. Each finding has its place and its words. A program without errors has a
// plan, which is the same through its JSON form and can be printed, and its tests compile.

#include <cstddef>
#include <cstdint>
#include <string>

#include "compiler/compile/compile.h"
#include "compiler/load/snapshot.h"
#include "stdlib/core/check.h"
#include "tests/fuzz/token_mutator.h"

namespace {

using namespace cdc;

compile::Compiled Run(const uint8_t* data, size_t size, bool lint, bool tests) {
  static const auto* const snapshots =
      new std::shared_ptr<load::SnapshotCache>(std::make_shared<load::SnapshotCache>());
  compile::CompileOptions options;
  options.text = std::string(reinterpret_cast<const char*>(data), size);
  options.schema_dir = std::string(PIPEWRIGHT_ROOT) + "/tests/fuzz/schema";
  options.snapshots = *snapshots;
  options.tests = tests;
  if (lint) options.lint = lint::Options{.wanted = {}, .today = "2026-11-22"};
  return compile::Compile(std::string(PIPEWRIGHT_ROOT) + "/examples/fuzz.pipe", options);
}

}  // namespace

extern "C" size_t LLVMFuzzerCustomMutator(uint8_t* data, size_t size, size_t size_max, unsigned seed) {
  return fuzz::MutateTokens(data, size, size_max, seed);
}

extern "C" size_t LLVMFuzzerCustomCrossOver(const uint8_t* a, size_t a_size, const uint8_t* b, size_t b_size,
                                            uint8_t* out, size_t size_max, unsigned seed) {
  return fuzz::CrossTokens(a, a_size, b, b_size, out, size_max, seed);
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const compile::Compiled linted = Run(data, size, true, false);
  for (const diag::Diagnostic& one : linted.diagnostics.all()) {
    CHECK(!one.message.empty());
    if (!one.has_span) continue;
    CHECK(one.span.begin <= one.span.end && one.span.end <= linted.files->Get(one.span.file).text().size());
    for (const diag::Fix& fix : one.fixes)
      for (const diag::Edit& edit : fix.edits) CHECK(edit.span.end <= linted.files->Get(edit.span.file).text().size());
  }
  if (linted.ExitCode() != 0) return 0;
  const compile::Compiled planned = Run(data, size, false, false);
  CHECK(planned.plan.has_value());
  const std::string json = plan::ToJson(*planned.plan);
  const Result<plan::Plan> again = plan::FromJson(json);
  CHECK(again.ok());
  CHECK(plan::ToJson(*again) == json);
  CHECK(!plan::RenderText(*planned.plan, planned.tables).empty() || planned.plan->pipes.empty());
  Run(data, size, false, true);
  return 0;
}
