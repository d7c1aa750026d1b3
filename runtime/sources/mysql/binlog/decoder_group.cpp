// Groups and the statements that begin, end and interrupt them.

#include <utility>

#include "runtime/sources/mysql/binlog/bytes.h"
#include "runtime/sources/mysql/binlog/charset.h"
#include "runtime/sources/mysql/binlog/decoder.h"
#include "stdlib/core/names.h"
#include "stdlib/core/utf8.h"

namespace cdc::binlog {
namespace {

constexpr uint64_t kAnsiQuotes = 0x4;
// QUERY's fixed part, and what EXECUTE_LOAD_QUERY puts behind it.
constexpr size_t kQueryHead = 13;
constexpr size_t kLoadQueryHead = 13;
constexpr size_t kStatementShown = 120;

// A statement's bytes in UTF-8. Errors: kConfig, the client's charset cannot be read.
Result<std::string> StatementText(const Query& query) {
  if (IsAscii(query.text) || query.client_collation == 0) return std::string(query.text);
  const std::string_view name = CharsetNameOfCollation(query.client_collation);
  const Charset charset = FindCharset(name);
  if (charset == Charset::kUnsupported) {
    return Error(ErrorCode::kConfig, "a DDL statement is in charset `" + std::string(name) + "` (collation " +
                                         std::to_string(query.client_collation) +
                                         "), which this release does not read");
  }
  Arena scratch;
  return std::string(ToUtf8(charset, query.text, &scratch));
}

}  // namespace

Status Decoder::Open(const EventHeader& header, bool begun) {
  if (group_.open) return Error(ErrorCode::kCorruptInput, "a transaction begins inside another one");
  group_ = OpenGroup();
  group_.open = true;
  group_.begun = begun;
  group_.start = event_offset_;
  group_.server_id = header.server_id;
  group_.commit_time_us = int64_t{header.time_s} * 1'000'000;
  writer_.BeginGroup();
  return OkStatus();
}

Status Decoder::OnGroupStart(const Event& event) {
  if (event.inner) return Error(ErrorCode::kCorruptInput, "a GTID inside a compressed transaction");
  RETURN_IF_ERROR(Open(event.header, false));
  if (event.header.type == EventType::kMariaGtid) {
    ASSIGN_OR_RETURN(const MariaDbGroupStart start, ParseMariaDbGroupStart(event.header, event.body));
    group_.mariadb_gtid = start.gtid;
    group_.begun = !start.standalone;
    group_.alter_half = start.alter_began || start.alter_undone;
    group_.thread_id = start.thread_id;
  } else {
    ASSIGN_OR_RETURN(MySqlGroupStart start, ParseMySqlGroupStart(event.header.type, event.body));
    group_.mysql_gtid = std::move(start.gtid);
    if (start.commit_time_us != 0) group_.commit_time_us = start.commit_time_us;
  }
  return FindKnownGroup();
}

// Whether this group was handed out in part before, or scanned.
Status Decoder::FindKnownGroup() {
  if (resume_pending_) {
    if (cursor_.file() != safe_file_ || group_.start != safe_offset_) {
      return Error(ErrorCode::kPositionLost,
                   "the saved position is inside the transaction at " + safe_file_ + ":" +
                       std::to_string(safe_offset_) +
                       ", but the log goes on with another one; it is valid on the same server only");
    }
    resume_pending_ = false;
    skip_events_ = delivered_events_;
    skip_rows_ = delivered_rows_;
  }
  if (rereading_) {
    rereading_ = false;
    if (scan_->file == cursor_.file() && scan_->start == group_.start && scan_->gtid == group_.gtid_text()) {
      group_.mode = GroupMode::kStream;
      group_.last_captured = scan_->last_captured;
      group_.undone = scan_->undone;
      ++counters_.reread_groups;
    } else {
      scan_.reset();
    }
  }
  return OkStatus();
}

void Decoder::CloseGroup() {
  group_ = OpenGroup();
  buffer_.Clear();
  payload_.reset();
  scan_.reset();
  ready_ = committed_ = false;
  delivered_events_ = delivered_rows_ = skip_events_ = skip_rows_ = 0;
  registry_.ForgetReplaced();
}

// The log or the transaction ended without a commit: nothing of it happened.
void Decoder::Discard() {
  if (!group_.open) return;
  if (group_.last_captured.has_value()) ++counters_.discarded_groups;
  CloseGroup();
}

Result<Fed> Decoder::Commit() {
  if (!group_.open) return Fed::kMore;
  switch (group_.mode) {
    case GroupMode::kHold:
      if (buffer_.empty()) break;
      committed_ = ready_ = true;
      return Fed::kReady;
    case GroupMode::kScan:
      if (!group_.last_captured.has_value() && scan_->ddl.empty()) break;
      scan_->file = cursor_.file();
      scan_->start = group_.start;
      scan_->gtid = group_.gtid_text();
      scan_->last_captured = group_.last_captured.value_or(0);
      scan_->undone = group_.undone;
      group_ = OpenGroup();
      rereading_ = true;
      return Fed::kReread;
    case GroupMode::kStream:
      committed_ = true;
      if (!buffer_.empty() || payload_ != nullptr) return Fed::kReady;
      break;
  }
  Finish();
  return Fed::kMore;
}

// The group is over and handed out: the position moves behind it.
void Decoder::Finish() {
  if (group_.mysql_gtid.number != 0 && options_.flavour == Flavour::kMySql && options_.gtids) {
    gtid_set_.Add(group_.mysql_gtid);
    gtid_text_stale_ = true;
  }
  if (group_.mariadb_gtid.sequence != 0 && options_.flavour == Flavour::kMariaDb) {
    gtid_state_.Set(group_.mariadb_gtid);
    gtid_text_stale_ = true;
  }
  commit_time_us_ = group_.commit_time_us;
  ++counters_.groups;
  CloseGroup();
  MoveSafe();
}

Group Decoder::MakeGroup(const GroupItem& item) const {
  Group group;
  group.gtid = group_.gtid_text();
  group.txid = group.gtid.empty() ? cursor_.file() + ":" + std::to_string(group_.start) : group.gtid;
  group.file = cursor_.file();
  group.offset = group_.start;
  group.commit_time_us = group_.commit_time_us;
  group.event_time_s = item.event_time_s;
  group.server_id = group_.server_id;
  group.thread_id = group_.thread_id;
  return group;
}

Result<Fed> Decoder::OnQuery(const Event& event) {
  std::string whole;
  std::string_view body = event.body;
  if (event.header.type == EventType::kExecuteLoadQuery) {
    if (body.size() < kQueryHead + kLoadQueryHead)
      return Error(ErrorCode::kCorruptInput, "EXECUTE_LOAD_QUERY is cut off");
    whole = std::string(body.substr(0, kQueryHead)) + std::string(body.substr(kQueryHead + kLoadQueryHead));
    body = whole;
  }
  ASSIGN_OR_RETURN(Query query, ParseQuery(body));
  std::string text;
  if (event.header.type == EventType::kQueryCompressed) {
    ASSIGN_OR_RETURN(const size_t size, InflatedEventBodySize(query.text));
    text.resize(size);
    RETURN_IF_ERROR(InflateEventBody(query.text, text.data(), size));
    query.text = text;
  }
  return OnStatement(event, query);
}

Result<Fed> Decoder::OnStatement(const Event& event, const Query& query) {
  const Server server{.mariadb = cursor_.mariadb(), .version = cursor_.server_version()};
  const StatementInfo info = Classify(query.text, server, (query.sql_mode & kAnsiQuotes) != 0);
  switch (info.kind) {
    case StatementClass::kBegin:
    case StatementClass::kXaBegin:
      if (!group_.open) {
        RETURN_IF_ERROR(Open(event.header, true));
        RETURN_IF_ERROR(FindKnownGroup());
      }
      group_.begun = true;
      group_.thread_id = query.thread_id;
      return Fed::kMore;
    case StatementClass::kCommit:
      return Commit();
    case StatementClass::kRollback:
      if (!group_.open) return Fed::kMore;
      if (group_.last_captured.has_value()) ++counters_.discarded_groups;
      Finish();
      return Fed::kMore;
    case StatementClass::kSavepoint:
      std::erase_if(group_.savepoints, [&](const Savepoint& savepoint) { return savepoint.name == info.savepoint; });
      group_.savepoints.push_back({info.savepoint, group_.row_events, group_.last_captured});
      return Fed::kMore;
    case StatementClass::kRollbackTo:
      RETURN_IF_ERROR(OnRollbackTo(info.savepoint));
      return Fed::kMore;
    case StatementClass::kXaEnd:
      return Fed::kMore;
    case StatementClass::kTableDdl: {
      Query statement = query;
      statement.text.remove_prefix(info.begin);
      return OnDdl(event, statement);
    }
    case StatementClass::kChange:
      RETURN_IF_ERROR(CheckStatementChange(info, query));
      break;
    case StatementClass::kXaDecide:
      break;
    case StatementClass::kOther:
      // MariaDB's placeholder for an event that this reader did not ask for.
      if (query.text.starts_with('#') && cursor_.mariadb()) return Fed::kMore;
      break;
  }
  if (single_statement()) return Commit();
  return Fed::kMore;
}

Status Decoder::OnRollbackTo(const std::string& savepoint) {
  for (size_t i = group_.savepoints.size(); i-- > 0;) {
    const Savepoint& found = group_.savepoints[i];
    if (found.name != savepoint) continue;
    // Read again, the group already knows what is undone.
    if (group_.mode != GroupMode::kStream) {
      group_.undone.push_back({found.row_events, group_.row_events});
      group_.last_captured = found.last_captured;
      buffer_.DropRowsFrom(found.row_events);
    }
    group_.savepoints.erase(group_.savepoints.begin() + static_cast<std::ptrdiff_t>(i) + 1, group_.savepoints.end());
    return OkStatus();
  }
  return Error(ErrorCode::kCorruptInput, "ROLLBACK TO a savepoint that the transaction does not have");
}

Status Decoder::CheckStatementChange(const StatementInfo& info, const Query& query) {
  std::string captured;
  for (const auto& [database, table] : info.targets) {
    const std::string in = database.empty() ? std::string(query.database) : database;
    const auto known_as = [&](const std::string& name) { return options_.fold_names ? FoldName(name) : name; };
    if (tables_->Wants(known_as(in), known_as(table))) captured = in + "." + table;
  }
  if (captured.empty() && !info.targets.empty()) return OkStatus();
  const std::string what = captured.empty() ? "a statement whose tables cannot be told" : "a change of " + captured;
  return Error(ErrorCode::kConfig, what +
                                       " is logged as a statement, not as rows, and cannot be read; set "
                                       "binlog_format=ROW at the server (sessions keep their old format until they "
                                       "reconnect) and load the table again");
}

Result<DdlOutcome> Decoder::HandleDdl(const Event& event, const Query& query, uint64_t ordinal, bool own_group) {
  if (group_.mode == GroupMode::kStream) {
    const auto known = scan_->ddl.find(ordinal);
    return known == scan_->ddl.end() ? DdlOutcome() : known->second;
  }
  if (ddl_ == nullptr) return DdlOutcome();
  DdlStatement statement;
  ASSIGN_OR_RETURN(statement.text, StatementText(query));
  statement.database = query.database;
  statement.sql_mode = query.sql_mode;
  statement.client_collation = query.client_collation;
  statement.connection_collation = query.connection_collation;
  statement.server_collation = query.server_collation;
  statement.error_code = query.error_code;
  statement.mariadb = cursor_.mariadb();
  statement.server_version = cursor_.server_version();
  statement.event_time_s = event.header.time_s;
  statement.own_group = own_group;
  statement.group = MakeGroup(GroupItem{.event_time_s = event.header.time_s});
  statement.before = position();
  auto outcome = ddl_->Handle(statement);
  if (!outcome.ok()) {
    // A rule's words name the statement themselves.
    const ErrorCode code = outcome.error().code();
    if (code == ErrorCode::kRuleStop || code == ErrorCode::kRulePause) return outcome;
    return std::move(outcome).error().While("statement `" + Excerpt(statement.text, kStatementShown) + "`");
  }
  return outcome;
}

Result<Fed> Decoder::OnDdl(const Event& event, const Query& query) {
  const bool own_group = !group_.open || !group_.begun;
  if (group_.alter_half) return own_group ? Commit() : Result<Fed>(Fed::kMore);
  if (!group_.open) {
    RETURN_IF_ERROR(Open(event.header, false));
    RETURN_IF_ERROR(FindKnownGroup());
  }
  if (group_.thread_id == 0) group_.thread_id = query.thread_id;
  const uint64_t ordinal = group_.row_events++;
  ASSIGN_OR_RETURN(DdlOutcome outcome, HandleDdl(event, query, ordinal, own_group));
  registry_.SchemasChanged();
  if (!outcome.events.empty() || !outcome.state.empty()) {
    if (group_.mode == GroupMode::kScan) {
      scan_->ddl.emplace(ordinal, std::move(outcome));
    } else {
      GroupItem item{.event_time_s = event.header.time_s, .event_offset = event_offset_, .row_event = ordinal};
      item.ddl = std::make_unique<DdlOutcome>(std::move(outcome));
      buffer_.AddDdl(std::move(item));
    }
  }
  if (own_group) return Commit();
  if (group_.mode == GroupMode::kStream && !buffer_.empty()) {
    ready_ = true;
    return Fed::kReady;
  }
  return Fed::kMore;
}

Result<Fed> Decoder::OnXaPrepare(std::string_view body) {
  if (body.empty()) return Error(ErrorCode::kCorruptInput, "XA_PREPARE is cut off");
  const bool one_phase = body[0] != 0;
  if (!one_phase && group_.last_captured.has_value()) {
    return Error(ErrorCode::kConfig,
                 "an XA transaction with rows of captured tables is prepared here; XA two-phase commit is "
                 "not available yet");
  }
  return Commit();
}

}  // namespace cdc::binlog
