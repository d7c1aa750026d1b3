#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "runtime/engine/clock.h"
#include "runtime/sources/source.h"
#include "runtime/testing/faults.h"

namespace cdc::testing {

struct ScriptedSourceOptions {
  uint64_t transactions = 10;
  uint64_t rows_per_transaction = 3;
  uint64_t transactions_per_batch = 2;
  bool endless = false;  // at the end of the script: idle, instead of the end
  // With a clock, Read waits by it: at the end of an endless script, and for the n-th batch since Open, which comes
  // n * batch_every_ms after it.
  const engine::Clock* clock = nullptr;
  int64_t batch_every_ms = 0;
  bool busy = false;  // more is always waiting at the source
};

// A log of numbered transactions: row r of transaction t is an insert of the integers (t, r) into `test.t`. A position
// is the number of transactions delivered. Failures are lost connections.
std::unique_ptr<Source> MakeScriptedSource(ScriptedSourceOptions options, Faults* faults);

}  // namespace cdc::testing
