#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "runtime/driver/assembly.h"
#include "runtime/driver/log.h"

namespace cdc::driver {

// Where a line of the log is from. `source`: of several; empty: the pipe's only one.
std::vector<LogField> PlaceFields(const plan::Pipe& pipe, const std::string& source);

// What one pipe does, or one of its sources if it has several.
struct PipeProgress {
  std::string text;  // "orders streaming · 12,345 rows, 670/s · lag 0.1 s"
  std::vector<LogField> fields;
};

// What all pipes do, again and again.
// Requires: called at regular intervals by one thread; rates are since the call before.
class Progress {
 public:
  explicit Progress(const std::vector<std::unique_ptr<PipeAssembly>>* pipes) : pipes_(pipes), rows_(pipes->size()) {}
  // One entry per assembly, in order.
  std::vector<PipeProgress> Next(int64_t now_ms);

 private:
  const std::vector<std::unique_ptr<PipeAssembly>>* pipes_;
  std::vector<uint64_t> rows_;
  int64_t last_ms_ = 0;
};

}  // namespace cdc::driver
