#pragma once

#include <memory>

#include "runtime/sinks/sink.h"

namespace cdc::sinks {

// The sink `kafka`: rows and state in one Kafka transaction per commit (`delivery exactly_once`), or an
// idempotent producer and the state after the acknowledgements (`delivery at_least_once`). State lies in the
// state topic, see docs/state.md. Nothing happens before Open(); broken settings are its kConfig error.
// Threads: two of its own besides librdkafka's (delivery reports; logs and errors).
std::unique_ptr<Sink> MakeKafkaSink(SinkContext context);

}  // namespace cdc::sinks
