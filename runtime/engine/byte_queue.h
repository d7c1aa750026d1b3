#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <utility>

#include "runtime/engine/clock.h"

namespace cdc::engine {

// A queue of owned batches between two threads, bounded in bytes. An item larger than the bound is admitted when the
// queue is empty. Taken and given once per batch (about 1 MiB), so its lock is not on the row path.
template <typename T>
class ByteQueue {
 public:
  // The clock outlives the queue.
  ByteQueue(size_t bytes_max, const Clock* clock) : bytes_max_(bytes_max), clock_(clock) {}

  // Blocks while the queue is full. False: the queue was abandoned, the item is gone.
  bool Push(std::unique_ptr<T> item, size_t bytes) {
    std::unique_lock lock(mutex_);
    not_full_.wait(lock, [&] { return abandoned_ || items_.empty() || bytes_ + bytes <= bytes_max_; });
    if (abandoned_) return false;
    bytes_ += bytes;
    items_.emplace_back(std::move(item), bytes);
    not_empty_.notify_one();
    return true;
  }

  // Says that nothing more will come. Threads: the producer's.
  void Close() {
    std::lock_guard lock(mutex_);
    closed_ = true;
    not_empty_.notify_all();
  }

  // Drops everything and releases both sides. Threads: any.
  void Abandon() {
    std::lock_guard lock(mutex_);
    abandoned_ = true;
    items_.clear();
    bytes_ = 0;
    not_full_.notify_all();
    not_empty_.notify_all();
  }

  // The next item; null if none came within `timeout_ms`, or none will come (finished()).
  std::unique_ptr<T> Pop(int timeout_ms) {
    std::unique_lock lock(mutex_);
    clock_->WaitFor(&lock, &not_empty_, timeout_ms, [this] { return !items_.empty() || closed_ || abandoned_; });
    if (items_.empty()) return nullptr;
    auto [item, bytes] = std::move(items_.front());
    items_.pop_front();
    bytes_ -= bytes;
    not_full_.notify_one();
    return std::move(item);
  }

  bool empty() const {
    std::lock_guard lock(mutex_);
    return items_.empty();
  }
  bool finished() const {
    std::lock_guard lock(mutex_);
    return abandoned_ || (closed_ && items_.empty());
  }

 private:
  const size_t bytes_max_;
  const Clock* const clock_;
  mutable std::mutex mutex_;
  std::condition_variable not_full_;
  std::condition_variable not_empty_;
  std::deque<std::pair<std::unique_ptr<T>, size_t>> items_;
  size_t bytes_ = 0;
  bool closed_ = false;
  bool abandoned_ = false;
};

// Batches that wait to be used again, with the memory they have grown: at most `keep_max`, and `keep_bytes_max` bytes.
template <typename T>
class BatchPool {
 public:
  BatchPool(size_t keep_max, size_t keep_bytes_max) : keep_max_(keep_max), keep_bytes_max_(keep_bytes_max) {}

  std::unique_ptr<T> Take() {
    std::lock_guard lock(mutex_);
    if (free_.empty()) return std::make_unique<T>();
    auto batch = std::move(free_.back());
    free_.pop_back();
    kept_bytes_ -= batch->capacity_bytes();
    return batch;
  }

  void Give(std::unique_ptr<T> batch) {
    batch->Reset();
    const size_t bytes = batch->capacity_bytes();
    std::lock_guard lock(mutex_);
    if (free_.size() == keep_max_ || kept_bytes_ + bytes > keep_bytes_max_) return;
    kept_bytes_ += bytes;
    free_.push_back(std::move(batch));
  }

 private:
  const size_t keep_max_;
  const size_t keep_bytes_max_;
  std::mutex mutex_;
  std::deque<std::unique_ptr<T>> free_;
  size_t kept_bytes_ = 0;
};

}  // namespace cdc::engine
