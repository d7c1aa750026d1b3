#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>

#include "stdlib/core/result.h"

namespace cdc::sinks {

// An open file descriptor to write to. A reader that is slow (pipe, terminal, socket) holds Write() up only
// until Interrupt().
class Output {
 public:
  Output() = default;
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  // `file` stays the caller's. `name` is for messages.
  void Attach(int file, std::string name);

  // Writes all bytes.
  // Errors: kSinkRejected (the reader has gone, no permission), kResource (disk full), kSinkLost
  // (interrupted). Requires: SIGPIPE is ignored.
  Status Write(std::string_view bytes);

  // Threads: any.
  void Interrupt() { interrupted_ = true; }
  void ClearInterrupt() { interrupted_ = false; }

 private:
  Status WaitWritable();

  int file_ = -1;
  bool may_block_ = false;
  uint64_t inode_ = 0;
  std::string name_;
  std::atomic<bool> interrupted_{false};
};

}  // namespace cdc::sinks
