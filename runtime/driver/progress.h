#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "runtime/driver/assembly.h"

namespace cdc::driver {

// What all pipes do, in one line for a terminal: "orders streaming · 12,345 rows/s · lag 0.1 s · 3 tables".
// Requires: called at regular intervals by one thread; rates are since the call before.
class ProgressLine {
 public:
  explicit ProgressLine(const std::vector<std::unique_ptr<PipeAssembly>>* pipes) : pipes_(pipes), rows_(pipes->size()) {}
  std::string Next(int64_t now_ms);

 private:
  const std::vector<std::unique_ptr<PipeAssembly>>* pipes_;
  std::vector<uint64_t> rows_;
  int64_t last_ms_ = 0;
};

}  // namespace cdc::driver
