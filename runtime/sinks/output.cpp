#include "runtime/sinks/output.h"

#include <limits.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <mutex>
#include <system_error>
#include <utility>

namespace cdc::sinks {
namespace {

constexpr int kPollMs = 100;

// One lock per pipe or terminal of the process, as far as it matters: two may share one.
std::timed_mutex& WriterOf(uint64_t inode) {
  static std::array<std::timed_mutex, 64> writers;
  return writers[inode % writers.size()];
}

}  // namespace

void Output::Attach(int file, std::string name) {
  file_ = file;
  name_ = std::move(name);
  struct stat facts {};
  may_block_ =
      ::fstat(file, &facts) == 0 && (S_ISFIFO(facts.st_mode) || S_ISSOCK(facts.st_mode) || ::isatty(file) == 1);
  inode_ = facts.st_ino;
}

Status Output::WaitWritable() {
  while (!interrupted_) {
    struct pollfd wanted = {file_, POLLOUT, 0};
    const int ready = ::poll(&wanted, 1, kPollMs);
    if (ready > 0) return OkStatus();
    if (ready < 0 && errno != EINTR) {
      return Error(ErrorCode::kSinkRejected,
                   "cannot write to " + name_ + ": " + std::generic_category().message(errno));
    }
  }
  return Error(ErrorCode::kSinkLost, "interrupted while writing to " + name_);
}

Status Output::Write(std::string_view bytes) {
  // Several engines may write to one pipe or terminal; what the system takes at a time ends anywhere in a line.
  std::unique_lock<std::timed_mutex> lock(WriterOf(inode_), std::defer_lock);
  while (may_block_ && !lock.try_lock_for(std::chrono::milliseconds(kPollMs))) {
    if (interrupted_) return Error(ErrorCode::kSinkLost, "interrupted while writing to " + name_);
  }
  while (!bytes.empty()) {
    size_t size = bytes.size();
    if (may_block_) {
      // A write of at most PIPE_BUF bytes does not block once poll() said that the pipe has room.
      RETURN_IF_ERROR(WaitWritable());
      size = std::min<size_t>(size, PIPE_BUF);
    }
    const ssize_t written = ::write(file_, bytes.data(), size);
    if (written >= 0) {
      bytes.remove_prefix(static_cast<size_t>(written));
    } else if (errno == EPIPE) {
      return Error(ErrorCode::kSinkRejected, "the reader of " + name_ + " has gone");
    } else if (errno == ENOSPC || errno == EDQUOT) {
      return Error(ErrorCode::kResource, "cannot write to " + name_ + ": " + std::generic_category().message(errno));
    } else if (errno != EINTR && errno != EAGAIN) {
      return Error(ErrorCode::kSinkRejected,
                   "cannot write to " + name_ + ": " + std::generic_category().message(errno));
    }
  }
  return OkStatus();
}

}  // namespace cdc::sinks
