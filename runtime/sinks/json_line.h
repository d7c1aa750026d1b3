#pragma once

// How sinks for people and files write a record: one line of JSON.

#include <cstdint>
#include <string_view>

#include "runtime/record/message_batch.h"
#include "stdlib/core/out_buffer.h"

namespace cdc::sinks {

enum class LineStyle : uint8_t {
  kFull,   // {"topic":…,"partition":…,"key":…,"headers":{…},"value":…}
  kValue,  // the value alone; a record without a value is `null`
};

struct LineOptions {
  LineStyle style = LineStyle::kFull;
  bool json_values = false;  // values are known to be JSON documents: embed them unseen
};

// Appends `message` and a line feed. A key, value or header that is a JSON object or array is embedded as it
// is, other bytes as a JSON string (bytes that are no UTF-8 as U+FFFD), a missing one as null. With kValue, a
// value that is no JSON is written as it is, line feeds as `\n`. Shape: `topic_json` is the topic's name as a
// JSON string, quotes included.
void AppendJsonLine(const MessageBatch& batch, const Message& message, std::string_view topic_json, LineOptions options,
                    OutBuffer* out);

// Appends `text` as a JSON string with its quotes; bytes that are no UTF-8 become U+FFFD.
void AppendQuoted(std::string_view text, OutBuffer* out);

// Whether `text` is one JSON object or array and nothing else, on one line.
bool IsJsonDocument(std::string_view text);

}  // namespace cdc::sinks
