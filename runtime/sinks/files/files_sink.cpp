// Files are cut, never repaired: the state of a commit names, per topic, the open file and its length, so
// whatever lies behind was not committed. A file belongs to the output before its first byte: its number is
// saved (with length 0) before it is made, and files change only between commits.

#include "runtime/sinks/files/files_sink.h"

#include <spdlog/spdlog.h>
#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <map>
#include <utility>

#include "runtime/sinks/files/topic_file.h"
#include "runtime/sinks/json_line.h"
#include "runtime/sinks/line_sink.h"
#include "runtime/state/atomic_file.h"
#include "runtime/state/file_store.h"

namespace cdc::sinks {
namespace {

constexpr char kFileKind[] = "file";  // item: the topic's name
constexpr size_t kBufferBytes = 1 << 20;
constexpr uint64_t kBufferedBytesMax = 16 << 20;

int64_t NowSeconds() {
  return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

// Half of what the process may have, so that the rest of it never goes without.
size_t OpenFilesMax() {
  constexpr rlim_t kEnough = 512;
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return kEnough;
  return static_cast<size_t>(std::clamp<rlim_t>(limit.rlim_cur / 2, 1, kEnough));
}

class FilesSink : public LineSink {
 public:
  FilesSink(SinkContext context, std::string directory, std::unique_ptr<state::Store> store)
      : LineSink(std::move(context)), directory_(std::move(directory)), store_(std::move(store)) {
    const catalog::Settings& settings = context_.settings;
    rotate_bytes_ = static_cast<uint64_t>(settings.Number("rotate_size", 256 << 20));
    rotate_s_ = settings.Number("rotate_every", 3'600'000) / 1000;
    sync_commits_ = settings.Text("sync", "commit") == "commit";
    sync_rotations_ = sync_commits_ || settings.Is("sync", "rotate");
  }
  ~FilesSink() override { Close(); }

  Result<std::vector<StateRecord>> Open() override {
    CloseFiles();
    uncommitted_bytes_ = 0;
    interrupted_ = false;
    RETURN_IF_ERROR(state::MakeDirectories(directory_));
    ASSIGN_OR_RETURN(std::vector<StateRecord> records, store_->Open());
    ASSIGN_OR_RETURN(largest_, LargestNumbers(directory_));
    std::vector<StateRecord> rest;
    for (StateRecord& record : records) {
      if (record.kind == kFileKind) {
        RETURN_IF_ERROR(Recover(record));
      } else {
        rest.push_back(std::move(record));
      }
    }
    if (std::exchange(context_.reset_position, false)) {
      RETURN_IF_ERROR(store_->Clear());
      CloseFiles();
      rest.clear();
    }
    return rest;
  }

  Status Write(std::unique_ptr<MessageBatch> batch) override {
    if (interrupted_) return Error(ErrorCode::kSinkLost, "interrupted");
    for (const Message& message : batch->messages) {
      TopicFile* file = nullptr;
      if (message.topic < by_index_.size() && by_index_[message.topic] != nullptr) [[likely]] {
        file = by_index_[message.topic];
      } else {
        ASSIGN_OR_RETURN(file, FileOf(message.topic));
      }
      if (!file->dirty) [[unlikely]] {
        RETURN_IF_ERROR(Start(file));
      }
      const size_t before = file->buffer.size();
      AppendJsonLine(*batch, message, names_.At(message.topic).json, options_, &file->buffer);
      const size_t added = file->buffer.size() - before;
      uncommitted_bytes_ += added;
      buffered_bytes_ += added;
      if (file->buffer.size() >= kBufferBytes) RETURN_IF_ERROR(Flush(file));
      if (buffered_bytes_ >= kBufferedBytesMax) RETURN_IF_ERROR(FlushAll());
    }
    free_.push_back(std::move(batch));
    return OkStatus();
  }

  Status Commit(const std::vector<StateRecord>& state) override {
    RETURN_IF_ERROR(FlushAll());
    std::vector<StateRecord> records = state;
    for (TopicFile* file : dirty_) {
      if (sync_commits_) RETURN_IF_ERROR(SyncTopicFile(directory_, file));
      records.push_back({kFileKind, file->topic, ToJson(*file)});
    }
    if (!records.empty()) RETURN_IF_ERROR(store_->Save(records));
    for (TopicFile* file : dirty_) {
      file->committed = file->written;
      file->dirty = false;
    }
    dirty_.clear();
    uncommitted_bytes_ = 0;
    return OkStatus();
  }

  void Close() override {
    CloseFiles();
    store_->Close();
  }

  void Interrupt() override { interrupted_ = true; }

 private:
  // Cuts the topic's file back to what was committed.
  Status Recover(const StateRecord& record) {
    TopicFile& file = files_[record.item];
    RETURN_IF_ERROR(ReadTopicFile(record.item, record.value, &file));
    const std::string path = TopicFilePath(directory_, file.topic, file.number);
    if (file.committed > 0 && !std::filesystem::exists(path)) {
      spdlog::warn("`{}` is gone; topic `{}` goes on in the next file", path, file.topic);
      file.opened_at_s = 0;  // rotated before anything is written
      return OkStatus();
    }
    return OpenOne(file.committed, &file);
  }

  Result<TopicFile*> FileOf(uint32_t index) {
    const std::string& topic = names_.At(index).name;
    TopicFile& file = files_[topic];
    file.topic = topic;
    if (index >= by_index_.size()) by_index_.resize(index + 1, nullptr);
    by_index_[index] = &file;
    return &file;
  }

  bool MustRotate(const TopicFile& file) const {
    return file.number == 0 || file.committed >= rotate_bytes_ ||
           (file.committed > 0 && NowSeconds() - file.opened_at_s >= rotate_s_);
  }

  // Makes the file ready for the first line after a commit.
  Status Start(TopicFile* file) {
    if (MustRotate(*file)) RETURN_IF_ERROR(Rotate(file));
    if (file->handle < 0) RETURN_IF_ERROR(OpenOne(file->committed, file));
    file->dirty = true;
    dirty_.push_back(file);
    return OkStatus();
  }

  Status Rotate(TopicFile* file) {
    if (file->handle >= 0) {
      if (sync_rotations_) RETURN_IF_ERROR(SyncTopicFile(directory_, file));
      CloseOne(file);
    }
    // Files that nothing saved speaks of are somebody else's, or of a run that was reset: go on behind them.
    TopicFile next;
    next.topic = file->topic;
    next.number = std::max(largest_[state::FileNameOf(file->topic)], file->number) + 1;
    while (std::filesystem::exists(TopicFilePath(directory_, next.topic, next.number))) ++next.number;
    next.opened_at_s = NowSeconds();
    RETURN_IF_ERROR(store_->Save({{kFileKind, next.topic, ToJson(next)}}));
    RETURN_IF_ERROR(OpenOne(0, &next));
    *file = std::move(next);
    return sync_rotations_ ? state::SyncDirectory(directory_) : OkStatus();
  }

  Status Flush(TopicFile* file) {
    if (file->buffer.size() == 0) return OkStatus();
    // Closed since the commit, to make room for others.
    if (file->handle < 0) RETURN_IF_ERROR(OpenOne(file->written, file));
    buffered_bytes_ -= file->buffer.size();
    return FlushTopicFile(directory_, file);
  }

  Status FlushAll() {
    for (TopicFile* file : dirty_) RETURN_IF_ERROR(Flush(file));
    return OkStatus();
  }

  Status OpenOne(uint64_t keep_bytes, TopicFile* file) {
    if (open_files_ >= open_files_max_) RETURN_IF_ERROR(CloseAll());
    RETURN_IF_ERROR(OpenTopicFile(directory_, keep_bytes, file));
    ++open_files_;
    return OkStatus();
  }

  void CloseOne(TopicFile* file) {
    CloseTopicFile(file);
    --open_files_;
  }

  // Makes room: every file is opened again when needed, one with uncommitted bytes behind them.
  Status CloseAll() {
    for (auto& [topic, file] : files_) {
      if (file.handle < 0) continue;
      RETURN_IF_ERROR(Flush(&file));
      if (sync_rotations_) RETURN_IF_ERROR(SyncTopicFile(directory_, &file));
      CloseOne(&file);
    }
    return OkStatus();
  }

  void CloseFiles() {
    for (auto& [topic, file] : files_) CloseTopicFile(&file);
    files_.clear();
    by_index_.clear();
    dirty_.clear();
    open_files_ = 0;
    buffered_bytes_ = 0;
  }

  const std::string directory_;
  const std::unique_ptr<state::Store> store_;
  uint64_t rotate_bytes_ = 0;
  int64_t rotate_s_ = 0;
  bool sync_commits_ = true;
  bool sync_rotations_ = true;
  std::atomic<bool> interrupted_{false};
  std::map<std::string, uint64_t> largest_;  // file numbers in the directory when it was opened
  std::map<std::string, TopicFile> files_;   // by topic
  std::vector<TopicFile*> by_index_;
  std::vector<TopicFile*> dirty_;
  const size_t open_files_max_ = OpenFilesMax();
  size_t open_files_ = 0;
  uint64_t buffered_bytes_ = 0;
};

}  // namespace

std::unique_ptr<Sink> MakeFilesSink(SinkContext context, std::unique_ptr<state::Store> store) {
  std::filesystem::path directory = context.settings.Text("directory");
  if (directory.is_relative()) directory = std::filesystem::path(context.project_root) / directory;
  std::error_code error;
  const std::filesystem::file_status facts = std::filesystem::status(directory, error);
  if (std::filesystem::exists(facts) && !std::filesystem::is_directory(facts)) {
    return MakeStreamSink(std::move(context), {-1, directory.string()}, std::move(store));
  }
  if (store == nullptr) {
    const bool durable = context.settings.Text("sync", "commit") != "never";
    store = state::MakeFileStore((directory / ".pipewright").string(), {context.program, context.pipe, context.source},
                                 durable);
  }
  // A file is one writer's: it is cut back to what that writer committed.
  if (context.among_sources) directory /= state::FileNameOf(context.source);
  return std::make_unique<FilesSink>(std::move(context), directory.string(), std::move(store));
}

}  // namespace cdc::sinks
