#include "runtime/testing/manual_clock.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <list>
#include <thread>
#include <vector>

namespace cdc::testing {
namespace {

constexpr int64_t kStartMs = 1'000'000'000;
constexpr auto kRestLimit = std::chrono::seconds(30);

// Lock order: a waiter's own mutex, then the clock's. The other way round there is only try_lock.
class Manual : public ManualClock {
 public:
  int64_t NowMs() const override { return now_ms_; }
  int64_t WallMicros() const override { return now_ms_ * 1000; }

  bool WaitFor(std::unique_lock<std::mutex>* lock, std::condition_variable* wake, int64_t wait_ms,
               const std::function<bool()>& done) const override {
    if (done() || wait_ms <= 0) return done();
    const int64_t deadline_ms = now_ms_ + wait_ms;
    const auto waiter = Enter({lock->mutex(), wake, deadline_ms, &done});
    wake->wait(*lock, [&] { return done() || now_ms_ >= deadline_ms; });
    std::lock_guard own(mutex_);
    waiters_.erase(waiter);
    return done();
  }

  void Advance(int64_t ms) override {
    now_ms_ += ms;
    while (!NotifyAll()) std::this_thread::yield();
  }

  // With all their mutexes held, nothing can change behind the answer.
  bool Rests(size_t threads) const override {
    std::lock_guard own(mutex_);
    if (waiters_.size() != threads) return false;
    std::vector<std::unique_lock<std::mutex>> theirs;
    for (const Waiter& waiter : waiters_) {
      if (!theirs.emplace_back(*waiter.mutex, std::try_to_lock).owns_lock()) return false;
      if ((*waiter.done)() || now_ms_ >= waiter.deadline_ms) return false;
    }
    return true;
  }

  bool AwaitRest(size_t threads) const override {
    const auto limit = std::chrono::steady_clock::now() + kRestLimit;
    while (!Rests(threads)) {
      if (std::chrono::steady_clock::now() > limit) return false;
      std::this_thread::yield();
    }
    return true;
  }

  int64_t NextDeadlineMs() const override {
    std::lock_guard own(mutex_);
    return std::min_element(waiters_.begin(), waiters_.end(),
                            [](const Waiter& a, const Waiter& b) { return a.deadline_ms < b.deadline_ms; })
        ->deadline_ms;
  }

 private:
  struct Waiter {
    std::mutex* mutex;
    std::condition_variable* wake;
    int64_t deadline_ms;
    const std::function<bool()>* done;
  };

  std::list<Waiter>::iterator Enter(const Waiter& waiter) const {
    std::lock_guard own(mutex_);
    return waiters_.insert(waiters_.end(), waiter);
  }

  // False: a waiter is between looking at the time and sleeping; its mutex says so.
  bool NotifyAll() const {
    std::lock_guard own(mutex_);
    for (const Waiter& waiter : waiters_) {
      const std::unique_lock theirs(*waiter.mutex, std::try_to_lock);
      if (!theirs.owns_lock()) return false;
      waiter.wake->notify_all();
    }
    return true;
  }

  std::atomic<int64_t> now_ms_{kStartMs};
  mutable std::mutex mutex_;
  mutable std::list<Waiter> waiters_;
};

}  // namespace

std::unique_ptr<ManualClock> ManualClock::Make() { return std::make_unique<Manual>(); }

}  // namespace cdc::testing
