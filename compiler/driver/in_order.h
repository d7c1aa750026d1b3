#pragma once

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace cdc::driver {

// Makes results 0 to `count` - 1 on up to `jobs` threads and hands them over on this one in the order of their numbers:
// what comes out is the same for every number of threads. At most a few results per thread wait to be handed over.
// Threads: `make` is called by several at once, `take` by the caller's alone.
template <class Make, class Take>
void InOrder(size_t count, size_t jobs, Make make, Take take) {
  jobs = std::min(jobs, count);
  if (jobs <= 1) {
    for (size_t i = 0; i < count; ++i) take(make(i));
    return;
  }
  constexpr size_t kAheadPerJob = 8;
  std::vector<std::optional<decltype(make(size_t{0}))>> made(count);
  std::mutex mutex;
  std::condition_variable changed;
  size_t next = 0;
  size_t taken = 0;
  auto work = [&] {
    std::unique_lock<std::mutex> lock(mutex);
    while (true) {
      changed.wait(lock, [&] { return next >= count || next < taken + jobs * kAheadPerJob; });
      if (next >= count) return;
      const size_t i = next++;
      lock.unlock();
      auto result = make(i);
      lock.lock();
      made[i] = std::move(result);
      changed.notify_all();
    }
  };
  std::vector<std::thread> threads;
  for (size_t i = 0; i < jobs; ++i) threads.emplace_back(work);
  for (size_t i = 0; i < count; ++i) {
    std::unique_lock<std::mutex> lock(mutex);
    changed.wait(lock, [&] { return made[i].has_value(); });
    auto result = std::move(*made[i]);
    made[i].reset();
    taken = i + 1;
    changed.notify_all();
    lock.unlock();
    take(std::move(result));
  }
  for (std::thread& thread : threads) thread.join();
}

}  // namespace cdc::driver
