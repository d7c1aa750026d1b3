#include "stdlib/catalog/entries.h"
#include "stdlib/catalog/sinks/line_sinks.h"

namespace cdc::catalog {

KindDef SinkFiles() {
  KindDef kind{.holder = Holder::kSink,
               .name = "files",
               .doc = "JSON lines in files, one series per topic",
               .settings = LineSinkSettings()};
  kind.settings.insert(
      kind.settings.end(),
      {
          {.name = "directory", .type = ValueType::kPath, .required = true, .doc = "holds `<topic>.<n>.jsonl`"},
          {.name = "rotate_size",
           .type = ValueType::kSize,
           .fallback = BytesValue(256 * 1024 * 1024),
           .min = 1024,
           .doc = "bytes after which a new file begins"},
          {.name = "rotate_every",
           .type = ValueType::kDuration,
           .fallback = MillisecondsValue(60 * 60 * 1000),
           .min = 1000,
           .doc = "time after which a new file begins"},
          {.name = "sync",
           .words = {"commit", "rotate", "never"},
           .fallback = WordValue("commit"),
           .doc = "when files are forced to disk; positions are saved after it"},
      });
  return kind;
}

}  // namespace cdc::catalog
