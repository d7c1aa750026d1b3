#include "runtime/sources/mysql/binlog/time_search.h"

#include <string>
#include <utility>

#include "runtime/sources/mysql/binlog/group_event.h"

namespace cdc::binlog {
namespace {

constexpr int64_t kSecondUs = 1'000'000;

class TimeSearch {
 public:
  TimeSearch(LogReader* log, int64_t at_us)
      : log_(log), at_us_(at_us), at_s_(at_us / kSecondUs - (at_us % kSecondUs < 0 ? 1 : 0)) {}

  Result<FoundTime> Run() {
    ASSIGN_OR_RETURN(const size_t later, FirstBegunLater());
    FoundTime found;
    found.covered = later > 0;
    found.at_end = true;
    for (size_t file = later > 0 ? later - 1 : 0; file < log_->files() && found.at_end; ++file) {
      RETURN_IF_ERROR(FindIn(file, &found));
    }
    for (size_t file = later; file-- > 1;) {
      FoundTime before = found;
      before.at_end = true;
      RETURN_IF_ERROR(FindIn(file - 1, &before));
      if (before.at_end) break;
      found = before;
    }
    return found;
  }

 private:
  // The first file begun at that second or later; the number of files if there is none.
  Result<size_t> FirstBegunLater() {
    size_t low = 0, high = log_->files();
    while (low < high) {
      const size_t middle = low + (high - low) / 2;
      ASSIGN_OR_RETURN(const int64_t begun_s, BeginOf(middle));
      if (begun_s < at_s_)
        low = middle + 1;
      else
        high = middle;
    }
    return low;
  }

  Result<int64_t> BeginOf(size_t file) {
    RETURN_IF_ERROR(log_->Enter(file));
    while (true) {
      ASSIGN_OR_RETURN(const std::string_view event, log_->Next());
      if (event.empty()) return Error(ErrorCode::kCorruptInput, "a log file has no FORMAT_DESCRIPTION");
      const EventHeader header = ReadHeader(event);
      if (header.type == EventType::kFormatDescription) return int64_t{header.time_s};
    }
  }

  Status FindIn(size_t file, FoundTime* found) {
    ASSIGN_OR_RETURN(LogCursor* const cursor, log_->Enter(file));
    while (true) {
      ASSIGN_OR_RETURN(const std::string_view event, log_->Next());
      if (event.empty()) return OkStatus();
      const EventHeader header = ReadHeader(event);
      if (header.type == EventType::kRotate) continue;
      auto begins = Take(event, header, cursor);
      if (!begins.ok()) {
        return std::move(begins).error().While(cursor->file() + ":" + std::to_string(cursor->offset()));
      }
      if (*begins) {
        *found = {.covered = found->covered, .at_end = false, .file = file, .offset = cursor->offset()};
        return OkStatus();
      }
      cursor->Pass(header);
    }
  }

  Result<bool> Take(std::string_view event, const EventHeader& header, LogCursor* cursor) const {
    ASSIGN_OR_RETURN(const std::string_view body, cursor->Open(event, header, true));
    if (header.type == EventType::kFormatDescription) RETURN_IF_ERROR(cursor->ReadFormat(body));
    return BeginsInTime(header, body);
  }

  // Whether the event begins a transaction of that time or later.
  Result<bool> BeginsInTime(const EventHeader& header, std::string_view body) const {
    switch (header.type) {
      case EventType::kGtid:
      case EventType::kGtidTagged:
      case EventType::kAnonymousGtid: {
        ASSIGN_OR_RETURN(const MySqlGroupStart start, ParseMySqlGroupStart(header.type, body));
        if (start.commit_time_us != 0) return start.commit_time_us >= at_us_;
        break;
      }
      case EventType::kMariaGtid:
        break;
      default:
        return false;
    }
    return int64_t{header.time_s} >= at_s_;
  }

  LogReader* const log_;
  const int64_t at_us_;
  const int64_t at_s_;
};

}  // namespace

Result<FoundTime> FindTime(LogReader* log, int64_t at_us) { return TimeSearch(log, at_us).Run(); }

}  // namespace cdc::binlog
