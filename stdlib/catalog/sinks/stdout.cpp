#include "stdlib/catalog/entries.h"
#include "stdlib/catalog/sinks/line_sinks.h"

namespace cdc::catalog {

std::vector<SettingDef> LineSinkSettings() {
  return {
      {.name = "record",
       .words = {"full", "value"},
       .fallback = WordValue("full"),
       .doc = "a line is `{topic, partition, key, headers, value}`, or the value alone"},
      {.name = "partitions",
       .type = ValueType::kInt,
       .fallback = IntValue(1),
       .min = 1,
       .max = 1'000'000,
       .doc = "partition count that hashes use"},
  };
}

KindDef SinkStdout() {
  return {.holder = Holder::kSink,
          .name = "stdout",
          .doc = "JSON lines on standard output",
          .settings = LineSinkSettings()};
}

}  // namespace cdc::catalog
