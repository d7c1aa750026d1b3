#include "runtime/sources/mysql/snapshot/chunk_reader.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace cdc::sources {
namespace {

constexpr auto kNotVisibleYetWait = std::chrono::milliseconds(5);

class ThreadedReader : public ChunkReader {
 public:
  ThreadedReader(mysql::ConnectOptions connect, mysql::ServerFacts facts)
      : connect_(std::move(connect)), facts_(std::move(facts)), thread_([this] { Loop(); }) {}

  ~ThreadedReader() override {
    {
      std::lock_guard lock(mutex_);
      ending_ = true;
      if (connection_ != nullptr) connection_->Interrupt();
      wake_.notify_all();
    }
    thread_.join();
  }

  void Start(ChunkRequest request) override {
    std::lock_guard lock(mutex_);
    CHECK(!busy_);
    busy_ = true;
    bound_.reset();
    request_ = std::move(request);
    wake_.notify_all();
  }

  bool busy() const override {
    std::lock_guard lock(mutex_);
    return busy_;
  }

  std::optional<std::vector<std::string>> Bound() override {
    std::lock_guard lock(mutex_);
    return bound_;
  }

  Result<std::optional<ChunkRead>> Take() override {
    std::lock_guard lock(mutex_);
    if (!answer_.has_value()) return std::optional<ChunkRead>();
    busy_ = false;
    auto answer = std::move(*answer_);
    answer_.reset();
    if (!answer.ok()) return std::move(answer).error();
    return std::optional<ChunkRead>(std::move(answer).value());
  }

 private:
  void Loop() {
    std::unique_lock lock(mutex_);
    while (true) {
      wake_.wait(lock, [&] { return ending_ || request_.has_value(); });
      if (ending_) return;
      ChunkRequest request = std::move(*request_);
      request_.reset();
      lock.unlock();
      auto answer = Read(&request);
      lock.lock();
      if (!answer.ok()) connection_.reset();
      answer_ = std::move(answer);
    }
  }

  Result<ChunkRead> Read(ChunkRequest* request) {
    if (connection_ == nullptr) RETURN_IF_ERROR(Connect());
    if (request->seek_bound) {
      ChunkRead refusal;
      ASSIGN_OR_RETURN(request->upto, FindBound(connection_.get(), facts_, *request, &refusal));
      if (refusal.refused.has_value()) return refusal;
      const std::lock_guard lock(mutex_);
      bound_ = request->upto;
    }
    while (true) {
      ASSIGN_OR_RETURN(ChunkRead read, ReadChunk(connection_.get(), facts_, *request));
      if (read.chunk != nullptr) {
        if (read.chunk->cut) RETURN_IF_ERROR(Connect());
        RETURN_IF_ERROR(TakeHigh(connection_.get(), facts_, read.chunk.get()));
      }
      if (read.chunk != nullptr || read.refused.has_value()) return read;
      std::unique_lock lock(mutex_);
      if (wake_.wait_for(lock, kNotVisibleYetWait, [&] { return ending_; })) return ChunkRead();
    }
  }

  Status Connect() {
    ASSIGN_OR_RETURN(auto connection, mysql::Connection::Open(connect_));
    {
      // From here on it can be interrupted.
      std::lock_guard lock(mutex_);
      if (ending_) return Error(ErrorCode::kSourceLost, "interrupted");
      connection_ = std::move(connection);
    }
    RETURN_IF_ERROR(mysql::CheckIdentity(connection_.get(), facts_, connect_.address));
    return SetUpReader(connection_.get());
  }

  const mysql::ConnectOptions connect_;
  const mysql::ServerFacts facts_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  bool ending_ = false;
  bool busy_ = false;
  std::optional<ChunkRequest> request_;
  std::optional<std::vector<std::string>> bound_;
  std::optional<Result<ChunkRead>> answer_;
  std::unique_ptr<mysql::Connection> connection_;
  std::thread thread_;  // last: it uses everything above
};

}  // namespace

std::unique_ptr<ChunkReader> ChunkReader::Make(mysql::ConnectOptions connect, mysql::ServerFacts facts) {
  return std::make_unique<ThreadedReader>(std::move(connect), std::move(facts));
}

}  // namespace cdc::sources
