#pragma once

#include <memory>

#include "runtime/sinks/sink.h"
#include "runtime/state/store.h"

namespace cdc::sinks {

// The sink `files`: JSON lines (sinks/json_line.h) in `<directory>/<topic>.<n>.jsonl`, rotated by size and
// time. The state saved at a commit holds the length of every open file, and Open() cuts the files back to
// it: exactly once. Without `store` the state lies in `<directory>/.pipewright`. A `directory` that is
// something else, such as /dev/null, gets one stream of lines without rotation, and without `store` nothing
// is saved.
std::unique_ptr<Sink> MakeFilesSink(SinkContext context, std::unique_ptr<state::Store> store = nullptr);

}  // namespace cdc::sinks
