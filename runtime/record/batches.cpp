#include "runtime/record/change_batch.h"
#include "runtime/record/message_batch.h"

namespace cdc {

void ChangeBatch::Reset() {
  rows.clear();
  groups.clear();
  ddl.reset();
  state.clear();
  end = Position();
  tables.clear();
  blocks.clear();
  arena.Reset();
  block_bytes = 0;
  caught_up = false;
  idle = false;
}

void MessageBatch::Reset() {
  bytes.Clear();
  messages.clear();
  state.clear();
  end = Position();
  rows_in = 0;
  barrier = false;
  more = false;
  caught_up = false;
  idle = false;
  commit_time_us = 0;
}

}  // namespace cdc
