#pragma once

#include <cstdio>
#include <memory>

#include "runtime/sinks/sink.h"
#include "runtime/state/store.h"

namespace cdc::sinks {

// The sink `stdout`: one JSON line per record (sinks/json_line.h), visible at every commit. Without `store`
// its state lasts as long as the process. A reader that went away is a clean kSinkRejected. Lifetime: `out`
// outlives the sink, which does not close it; nothing else writes to it meanwhile. Requires: SIGPIPE is
// ignored.
std::unique_ptr<Sink> MakeStdoutSink(SinkContext context, std::FILE* out,
                                     std::unique_ptr<state::Store> store = nullptr);

}  // namespace cdc::sinks
