#include "stdlib/functions/function.h"

namespace cdc::functions {

const FunctionDef& ProcessingTime() {
  static const FunctionDef def = {
      .name = "processing_time",
      .family = "temporal",
      .doc =
          "The time at which this row is processed, the same in all of it. A log that is read again gives other "
          "records: "
          "`meta.committed_at` is the time of the change, and does not. In `piperun test` it is the time of the "
          "commit.",
      .form = Form::kClock,
      .result_rule = "timestamp(6) not null",
      .pure = false,
  };
  return def;
}

}  // namespace cdc::functions
