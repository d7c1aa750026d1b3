#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/record/position.h"
#include "runtime/record/state_record.h"
#include "stdlib/core/out_buffer.h"

namespace cdc {

// One record for the sink. Offsets point into MessageBatch::bytes; size -1 means null.
struct Message {
  uint32_t topic = 0;  // index into the sink's topics, from Sink::Topic()
  int32_t partition = 0;
  int64_t key_offset = 0;
  int32_t key_size = -1;
  int64_t value_offset = 0;
  int32_t value_size = -1;     // -1: tombstone
  int64_t headers_offset = 0;  // headers: (u32 name size, name, i32 value size or -1, value)*
  int32_t headers_size = 0;    // bytes; 0: none
  int64_t timestamp_ms = 0;    // commit time of the change
};

// Key, value and headers.
inline int64_t RecordBytes(const Message& message) {
  return int64_t{message.key_size < 0 ? 0 : message.key_size} + (message.value_size < 0 ? 0 : message.value_size) +
         message.headers_size;
}

// What the transform hands to a lane: encoded records in order, and the position that follows them.
class MessageBatch {
 public:
  OutBuffer bytes;
  std::vector<Message> messages;
  std::vector<StateRecord> state;
  Position end;
  uint64_t rows_in = 0;  // row changes read to make this batch
  bool barrier = false;  // commit everything up to here before anything else (pause, fail, stop)
  bool more = false;     // no place to commit at: the next batch goes on inside the same transaction or chunk
  bool caught_up = false;
  bool idle = false;
  // Last commit time of a change in it, for lag; 0 if it has none.
  int64_t commit_time_us = 0;

  std::string_view key(const Message& m) const {
    return bytes.view().substr(m.key_offset, m.key_size < 0 ? 0 : m.key_size);
  }
  std::string_view value(const Message& m) const {
    return bytes.view().substr(m.value_offset, m.value_size < 0 ? 0 : m.value_size);
  }
  // Memory that stays with the batch when it is empty.
  size_t capacity_bytes() const { return bytes.capacity() + messages.capacity() * sizeof(Message); }
  void Reset();
};

}  // namespace cdc
