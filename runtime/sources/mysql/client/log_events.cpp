#include "runtime/sources/mysql/client/log_events.h"

#include <cstdlib>

#include "runtime/sources/mysql/binlog/gtid_set.h"

namespace cdc::mysql {
namespace {

constexpr uint64_t kFirstEvent = 4;
constexpr int kEventsPerQuery = 10'000;

// One event as SHOW BINLOG EVENTS lists it.
struct ListedEvent {
  uint64_t start = 0;
  uint64_t end = 0;
  std::string type;
  std::string info;

  bool gtid() const { return type.starts_with("Gtid"); }
  // What may follow a complete group. The head of a file counts: the place is then that of its first group.
  bool begins_group() const { return gtid() || type == "Anonymous_Gtid" || type == "Rotate" || type == "Stop"; }
  bool in_head() const { return type == "Format_desc" || type == "Previous_gtids"; }
};

ListedEvent EventOf(const TextRow& row) {
  const auto number = [&](size_t column) { return std::strtoull(row.at(column).value_or("0").c_str(), nullptr, 10); };
  return {number(1), number(4), row.at(2).value_or(""), row.at(5).value_or("")};
}

// "SET @@SESSION.GTID_NEXT= 'UUID:7'"
std::string GtidOf(const std::string& info) {
  const size_t open = info.find('\''), close = info.rfind('\'');
  return open == std::string::npos || close == open ? "" : info.substr(open + 1, close - open - 1);
}

Error NoPlace(const std::string& file, uint64_t offset, const std::string& why) {
  return Error(ErrorCode::kPositionLost,
               "file:" + file + ":" + std::to_string(offset) + " is no place to start: " + why);
}

// Lists the events of a file in order, in pieces.
class EventList {
 public:
  EventList(Connection* sql, const std::string& file) : sql_(sql), file_(file) {}

  // Null: the file has no more.
  Result<const ListedEvent*> Next() {
    if (at_ == page_.rows.size()) {
      if (page_.rows.size() < kEventsPerQuery && from_ != kFirstEvent) return nullptr;
      ASSIGN_OR_RETURN(page_, sql_->Query("SHOW BINLOG EVENTS IN " + QuoteText(file_) + " FROM " +
                                          std::to_string(from_) + " LIMIT " + std::to_string(kEventsPerQuery)));
      at_ = 0;
      if (page_.rows.empty()) return nullptr;
    }
    event_ = EventOf(page_.rows[at_++]);
    from_ = event_.end;
    return &event_;
  }
  // Of the last event.
  uint64_t end() const { return from_; }

 private:
  Connection* sql_;
  const std::string& file_;
  TextResult page_;
  size_t at_ = 0;
  uint64_t from_ = kFirstEvent;
  ListedEvent event_;
};

}  // namespace

Result<std::string> MySqlGtidSet(Connection* sql, const std::string& file, uint64_t offset) {
  binlog::GtidSet before;
  const auto add = [&](const std::string& text) -> Status {
    ASSIGN_OR_RETURN(const binlog::GtidSet set, binlog::GtidSet::Parse(text));
    before.Add(set);
    return OkStatus();
  };
  EventList events(sql, file);
  while (true) {
    ASSIGN_OR_RETURN(const ListedEvent* event, events.Next());
    if (event == nullptr) {
      if (offset == events.end()) return before.ToText();
      return NoPlace(file, offset, "the file ends at " + std::to_string(events.end()));
    }
    if (event->type == "Previous_gtids") RETURN_IF_ERROR(add(event->info));
    if (event->in_head()) continue;
    if (event->start >= offset) {
      if (event->begins_group() && (event->start == offset || offset == kFirstEvent)) return before.ToText();
      return NoPlace(file, offset, "no transaction begins or ends there");
    }
    if (event->gtid()) RETURN_IF_ERROR(add(GtidOf(event->info)));
  }
}

}  // namespace cdc::mysql
