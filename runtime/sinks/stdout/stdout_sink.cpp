#include "runtime/sinks/stdout/stdout_sink.h"

#include <utility>

#include "runtime/sinks/line_sink.h"

namespace cdc::sinks {

std::unique_ptr<Sink> MakeStdoutSink(SinkContext context, std::FILE* out, std::unique_ptr<state::Store> store) {
  std::fflush(out);
  return MakeStreamSink(std::move(context), {::fileno(out), "standard output"}, std::move(store));
}

}  // namespace cdc::sinks
