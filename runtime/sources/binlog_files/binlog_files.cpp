#include "runtime/sources/binlog_files/binlog_files.h"

#include <spdlog/spdlog.h>

#include <atomic>
#include <mutex>
#include <optional>
#include <utility>

#include "runtime/sources/binlog_files/log_files.h"
#include "runtime/sources/binlog_files/recorded_log.h"
#include "runtime/sources/binlog_files/schema_folder.h"
#include "runtime/sources/mysql/bind_merged.h"
#include "runtime/sources/mysql/binlog/stream_decoder.h"
#include "runtime/sources/mysql/followed.h"
#include "runtime/sources/mysql/log_ddl.h"
#include "runtime/sources/mysql/start_position.h"

namespace cdc::sources {
namespace {

// One Read goes through at most this much of the log, so that a stretch without captured rows still moves the position.
constexpr uint64_t kReadBytesMax = 8u << 20;
constexpr uint64_t kFirstEvent = 4;

class BinlogFilesSource : public Source {
 public:
  explicit BinlogFilesSource(SourceContext context) : context_(std::move(context)), tables_(context_.capture) {}

  Status Open(const std::vector<StateRecord>& state) override {
    interrupted_ = false;
    finished_ = draining_ = false;
    failure_.reset();
    ASSIGN_OR_RETURN(files_, FindLogFiles(Pattern()));
    RETURN_IF_ERROR(ShowHead());
    tables_.Clear();
    tracker_.Clear();
    RETURN_IF_ERROR(RestoreFollowed(state, &tables_));
    RETURN_IF_ERROR(LoadSchemaFolder(context_, &tables_, &tracker_, &dialect_));
    for (const StateRecord& record : state) {
      if (record.kind == "schema" && !record.value.empty()) RETURN_IF_ERROR(tracker_.Restore(record, dialect_));
    }
    RETURN_IF_ERROR(BindMerged(tracker_, &tables_, context_.capture));
    ddl_ = LogDdl::Make(&tracker_, &tables_, {.dialect = dialect_, .followable = true});
    binlog::DecoderOptions options;
    options.flavour = Flavour::kFiles;
    options.block_bytes = LogFileReader::kBlockBytes;
    options.batch_bytes = context_.batch_bytes;
    decoder_ = binlog::StreamDecoder::Make(options, &tables_, ddl_.get(), ddl_.get());
    ASSIGN_OR_RETURN(const Position start, Start(state));
    return GoTo(start);
  }

  Result<ReadResult> Read(ChangeBatch* out, int) override {
    if (failure_.has_value()) return *failure_;
    if (finished_) return ReadResult::kEnd;
    const uint64_t stop = decoder_->counters().event_bytes + kReadBytesMax;
    while (!interrupted_ && !finished_ && decoder_->counters().event_bytes < stop) {
      if (draining_) {
        ASSIGN_OR_RETURN(const bool full, decoder_->Drain(out));
        if (full) return HandOut(out);
        draining_ = false;
      }
      Status fed = FeedNext();
      if (!fed.ok()) {
        if (out->rows.empty()) return std::move(fed).error();
        // What was read before goes out first; the next Read fails.
        failure_ = std::move(fed).error();
        return HandOut(out);
      }
    }
    if (finished_) out->caught_up = out->idle = true;
    interrupted_ = false;
    return HandOut(out);
  }

  void Interrupt() override { interrupted_ = true; }

  SourceProgress Progress() const override {
    const std::lock_guard lock(mutex_);
    return {.phase = "streaming", .tables = tables_.count(), .head = head_};
  }

 private:
  std::string Pattern() const {
    const std::string path = context_.settings.Text("path");
    return path.starts_with('/') || context_.project_root.empty() ? path : context_.project_root + "/" + path;
  }

  Status ShowHead() {
    ASSIGN_OR_RETURN(const uint64_t size, LogFileSize(files_.back()));
    const std::lock_guard lock(mutex_);
    head_.flavour = Flavour::kFiles;
    head_.file = files_.back().name;
    head_.offset = size;
    return OkStatus();
  }

  // Takes the next event, from the next file if need be; there may be none: finished_.
  Status FeedNext() {
    ASSIGN_OR_RETURN(const std::string_view event, reader_->Next());
    if (event.empty()) {
      ASSIGN_OR_RETURN(const bool more, NextFile());
      finished_ = !more;
      return OkStatus();
    }
    ASSIGN_OR_RETURN(const binlog::Fed fed, decoder_->Feed(event, reader_->block()));
    draining_ = fed == binlog::Fed::kReady;
    return fed == binlog::Fed::kReread ? GoTo(decoder_->position()) : OkStatus();
  }

  Result<ReadResult> HandOut(ChangeBatch* out) {
    decoder_->Seal(out);
    return ReadResult::kBatch;
  }

  // Where the state says, else `--start`, else the setting.
  Result<Position> Start(const std::vector<StateRecord>& state) const {
    for (const StateRecord& record : state) {
      if (record.kind != "position" || record.value.empty()) continue;
      ASSIGN_OR_RETURN(Position saved, PositionFromJson(record.value));
      if (saved.flavour != Flavour::kFiles) {
        return Error(ErrorCode::kPositionLost,
                     "the saved position is a server's (" + ToText(saved) + "), not one of log files");
      }
      if (!saved.file.empty()) return saved;
    }
    return FirstPosition();
  }

  // Where `--start` says, else the setting.
  Result<Position> FirstPosition() const {
    Position first;
    first.flavour = Flavour::kFiles;
    first.file = files_.front().name;
    first.offset = kFirstEvent;
    const std::string text = StartText(context_, "earliest");
    if (text == "earliest") return first;
    if (text.starts_with("time:")) return FindTime(text, std::move(first));
    const std::optional<StartPlace> place = ReadStartPlace(text);
    if (!place.has_value()) {
      return Error(ErrorCode::kUsage, "`--start " + text +
                                          "`: log files begin at `earliest`, `file:NAME:POSITION` (an event's, 4 or "
                                          "more) or `time:RFC3339`");
    }
    first.file = place->file;
    first.offset = place->offset;
    return first;
  }

  Result<Position> FindTime(const std::string& text, Position first) const {
    ASSIGN_OR_RETURN(const int64_t at_us, ReadStartTime(text));
    RecordedLog log(files_);
    ASSIGN_OR_RETURN(const binlog::FoundTime found, binlog::FindTime(&log, at_us));
    if (!found.covered) {
      return Error(ErrorCode::kPositionLost, "the log files do not reach back to `" + text + "`: the oldest, " +
                                                 first.file + ", was begun later; begin with `earliest`");
    }
    first.file = files_[found.at_end ? files_.size() - 1 : found.file].name;
    first.offset = found.offset;
    if (found.at_end) {
      ASSIGN_OR_RETURN(first.offset, LogFileSize(files_.back()));
    }
    return first;
  }

  Status GoTo(const Position& position) {
    for (next_file_ = 0; next_file_ < files_.size(); ++next_file_) {
      if (files_[next_file_].name == position.file) break;
    }
    if (next_file_ == files_.size()) {
      return Error(ErrorCode::kPositionLost, "the position " + ToText(position) + " is in a file that `" + Pattern() +
                                                 "` does not match (it does " + files_.front().name + " to " +
                                                 files_.back().name + ")");
    }
    RETURN_IF_ERROR(decoder_->Begin(position));
    ASSIGN_OR_RETURN(reader_, LogFileReader::Open(files_[next_file_++]));
    if (position.offset == kFirstEvent) return OkStatus();
    ASSIGN_OR_RETURN(const std::string_view format, reader_->Next());
    if (!format.empty() && position.offset >= reader_->offset()) {
      RETURN_IF_ERROR(decoder_->Prime(format));
      return reader_->Seek(position.offset);
    }
    return Error(ErrorCode::kPositionLost,
                 "no event of " + position.file + " begins at " + std::to_string(position.offset));
  }

  Result<bool> NextFile() {
    if (decoder_->inside_group()) {
      spdlog::warn("{} ends inside a transaction that began behind {}: its rows are not in any log and are left out",
                   decoder_->file(), ToText(decoder_->position()));
    }
    if (next_file_ == files_.size()) return false;
    RETURN_IF_ERROR(decoder_->EnterFile(files_[next_file_].name));
    ASSIGN_OR_RETURN(reader_, LogFileReader::Open(files_[next_file_++]));
    return true;
  }

  const SourceContext context_;
  binlog::CapturedTables tables_;
  SchemaTracker tracker_;
  ddl::Dialect dialect_;
  std::unique_ptr<LogDdl> ddl_;
  std::unique_ptr<binlog::StreamDecoder> decoder_;
  std::vector<LogFile> files_;
  size_t next_file_ = 0;
  std::unique_ptr<LogFileReader> reader_;
  bool draining_ = false;
  bool finished_ = false;
  std::optional<Error> failure_;  // what ended the reading, for the next Read
  std::atomic<bool> interrupted_{false};
  mutable std::mutex mutex_;  // guards head_
  Position head_;
};

}  // namespace

std::unique_ptr<Source> MakeBinlogFilesSource(SourceContext context) {
  return std::make_unique<BinlogFilesSource>(std::move(context));
}

}  // namespace cdc::sources
