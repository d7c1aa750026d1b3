#pragma once

// The StreamDecoder behind the interface; its parts are in stream_decoder.cpp (events, positions), decoder_group.cpp
// (groups and statements) and decoder_rows.cpp (rows in and out).

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/sources/mysql/binlog/batch_writer.h"
#include "runtime/sources/mysql/binlog/event.h"
#include "runtime/sources/mysql/binlog/group_buffer.h"
#include "runtime/sources/mysql/binlog/group_event.h"
#include "runtime/sources/mysql/binlog/inflate.h"
#include "runtime/sources/mysql/binlog/log_cursor.h"
#include "runtime/sources/mysql/binlog/open_group.h"
#include "runtime/sources/mysql/binlog/query.h"
#include "runtime/sources/mysql/binlog/stream_decoder.h"
#include "runtime/sources/mysql/binlog/table_registry.h"

namespace cdc::binlog {

class Decoder : public StreamDecoder {
 public:
  Decoder(DecoderOptions options, CapturedTables* tables, TableSchemaProvider* schemas, DdlHandler* ddl);

  Status Begin(const Position& from) override;
  Status Prime(std::string_view format_description_event) override;
  Status EnterFile(const std::string& name) override;
  Result<Fed> Feed(std::string_view event, const std::shared_ptr<const void>& block) override;
  Result<bool> Drain(ChangeBatch* out) override;
  void Seal(ChangeBatch* out) override;
  Position position() const override;
  const std::string& file() const override { return cursor_.file(); }
  uint64_t offset() const override { return cursor_.offset(); }
  bool inside_group() const override { return group_.open; }
  const DecoderCounters& counters() const override;
  bool mariadb() const override { return cursor_.mariadb(); }
  int server_version() const override { return cursor_.server_version(); }

 private:
  // An event without its frame, and what keeps its bytes alive.
  struct Event {
    EventHeader header;
    std::string_view body;
    const std::shared_ptr<const void>* owner = nullptr;
    size_t owner_bytes = 0;
    bool inner = false;  // of a TRANSACTION_PAYLOAD
  };

  // stream_decoder.cpp
  Result<Fed> FeedChecked(const EventHeader& header, std::string_view event, const std::shared_ptr<const void>& block);
  Result<Fed> Handle(const Event& event);
  Result<Fed> HandleControl(const Event& event);
  Status OnFormat(std::string_view body);
  void OnRotate(std::string_view body);
  void OnHeartbeat(const EventHeader& header, std::string_view body);
  Status OnKnownGtids(EventType type, const EventHeader& header, std::string_view body);
  Error Incident(std::string_view body) const;
  Error Locate(Error error, const EventHeader& header, std::string_view event) const;
  void MoveSafe();

  // decoder_group.cpp
  Status OnGroupStart(const Event& event);
  Status Open(const EventHeader& header, bool begun);
  Status FindKnownGroup();
  void CloseGroup();
  void Discard();
  Result<Fed> Commit();
  void Finish();
  Result<Fed> OnQuery(const Event& event);
  Result<Fed> OnStatement(const Event& event, const Query& query);
  Result<Fed> OnDdl(const Event& event, const Query& query);
  Result<DdlOutcome> HandleDdl(const Event& event, const Query& query, uint64_t ordinal, bool own_group);
  Status CheckStatementChange(const StatementInfo& info, const Query& query);
  Status OnRollbackTo(const std::string& savepoint);
  Result<Fed> OnXaPrepare(std::string_view body);
  bool single_statement() const { return group_.open && !group_.begun; }
  Group MakeGroup(const GroupItem& item) const;

  // decoder_rows.cpp
  Result<Fed> OnRows(const Event& event);
  Result<Fed> TakeRows(const Event& event, MappedTable* table, uint64_t ordinal, std::string_view images);
  Result<Fed> OnPayload(const Event& event);
  Result<Fed> HandleInner(std::string_view event, const Block& block);
  Result<bool> PullPayload();
  Result<bool> DrainReady(ChangeBatch* out);
  Result<bool> DrainItem(ChangeBatch* out);
  Status SkipDelivered(GroupItem* item, bool* gone);
  bool DrainDdl(GroupItem* item, ChangeBatch* out);

  const DecoderOptions options_;
  CapturedTables* const tables_;
  DdlHandler* const ddl_;
  TableRegistry registry_;
  LogCursor cursor_;
  uint64_t event_offset_ = 0;  // start of the newest event

  OpenGroup group_;
  GroupBuffer buffer_;
  BatchWriter writer_;
  std::unique_ptr<PayloadReader> payload_;  // of the group in kStream mode, if it is one
  bool ready_ = false;                      // something waits for Drain
  bool committed_ = false;                  // the group's commit has been read
  std::optional<ScannedGroup> scan_;        // of the group being scanned, then of the one to be read again
  bool rereading_ = false;                  // scan_ waits for its group

  // Position.
  std::string safe_file_;
  uint64_t safe_offset_ = 4;
  int64_t commit_time_us_ = 0;
  GtidSet gtid_set_;
  MariaDbGtidState gtid_state_;
  mutable std::string gtid_text_;
  mutable bool gtid_text_stale_ = false;
  uint64_t delivered_events_ = 0;  // inside the group behind the safe position
  uint64_t delivered_rows_ = 0;
  bool resume_pending_ = false;  // the group that delivered_… speak of has not come again yet
  uint64_t skip_events_ = 0;     // of the open group
  uint64_t skip_rows_ = 0;

  std::vector<StateRecord> waiting_state_;
  mutable DecoderCounters counters_;
};

}  // namespace cdc::binlog
