#include "runtime/sources/mysql/mysql_source.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "runtime/sources/mysql/binlog/captured_tables.h"
#include "runtime/sources/mysql/binlog/stream_decoder.h"
#include "runtime/sources/mysql/client/dump.h"
#include "runtime/sources/mysql/client/server.h"
#include "runtime/sources/mysql/client/tables.h"
#include "runtime/sources/mysql/event_blocks.h"
#include "runtime/sources/mysql/followed.h"
#include "runtime/sources/mysql/log_ddl.h"
#include "runtime/sources/mysql/options.h"
#include "runtime/sources/mysql/recheck.h"
#include "runtime/sources/mysql/server_choice.h"
#include "runtime/sources/mysql/snapshot/snapshot.h"
#include "runtime/sources/mysql/snapshot/table_progress.h"
#include "runtime/sources/mysql/start_position.h"
#include "runtime/sources/mysql/table_seed.h"
#include "runtime/sources/schema/tracker.h"

namespace cdc::sources {
namespace {

constexpr int64_t kBatchAgeMaxMs = 5;

int64_t NowMs() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

bool HasContent(const ChangeBatch& batch) {
  return !batch.rows.empty() || batch.ddl.has_value() || !batch.state.empty();
}

class MysqlSource : public Source {
 public:
  explicit MysqlSource(SourceContext context)
      : context_(std::move(context)),
        choice_(ConnectOptionsOf(context_), context_.settings.Texts("failover")),
        dump_options_(DumpOptionsOf(context_)),
        start_finder_(dump_options_),
        tables_(context_.capture) {}

  Status Open(const std::vector<StateRecord>& state) override {
    CloseAll();
    ASSIGN_OR_RETURN(ChosenServer server, ChooseServer(state));
    const std::unique_ptr<mysql::Connection> sql = std::move(server.sql);
    std::optional<Position> saved = std::move(server.saved);
    for (const StateRecord& record : state) {
      if (record.kind == "schema") RETURN_IF_ERROR(tracker_.Restore(record, mysql::DialectOf(facts_)));
    }
    RETURN_IF_ERROR(RestoreFollowed(state, &tables_));
    ASSIGN_OR_RETURN(TableSeed seed, ReadTableSeed(sql.get(), facts_, &tables_, tracker_));
    if (!opened_) RETURN_IF_ERROR(RecheckUsedColumns(sql.get(), facts_, context_.expected, seed.schemas, tracker_));
    TrackDefaults(seed.databases);
    const std::string start = StartText(context_, "now");
    // In the past: today's columns are not those of the rows that come, so tables are merged as they are met.
    const bool from_past = !saved.has_value() && start != "now";
    RETURN_IF_ERROR(Track(std::move(seed.schemas), saved.has_value() ? sql.get() : nullptr, !from_past));
    context_.capture->AllTablesBound();
    {
      std::lock_guard lock(shared_mutex_);
      target_ = seed.now;
    }
    Position from;
    if (saved.has_value()) {
      if (!opened_ && !context_.start_override.empty()) {
        spdlog::warn("--start {} is not used, as a position is saved: {}; --reset-position forgets it", start,
                     ToText(*saved));
      }
      from = std::move(*saved);
    } else {
      ASSIGN_OR_RETURN(from, start_finder_.Find(start, seed.now, connect_, sql.get(), facts_));
    }
    opened_ = true;
    spdlog::info("source {}: {} {}, log from {}", context_.name, facts_.mariadb ? "MariaDB" : "MySQL",
                 facts_.version_text, ToText(from));
    RETURN_IF_ERROR(BeginStream(std::move(from)));
    // `start now` is where a first load ends; who says --start wants none.
    const bool past = from_past || (!saved.has_value() && !context_.start_override.empty());
    RETURN_IF_ERROR(BeginSnapshot(state, seed.tables, past));
    return OkStatus();
  }

  Result<ReadResult> Read(ChangeBatch* out, int timeout_ms) override {
    const int64_t deadline_ms = NowMs() + timeout_ms;
    int64_t oldest_ms = 0;
    if (failure_.has_value()) return *failure_;
    if (!waiting_state_.empty()) {
      // Of its own: whether the first rows can be processed or not, what is known of the tables is saved.
      out->state = std::exchange(waiting_state_, {});
      return HandOut(out, false);
    }
    while (true) {
      const int64_t now_ms = NowMs();
      ASSIGN_OR_RETURN(const bool full, TakeReady(out, now_ms));
      if (oldest_ms == 0 && HasContent(*out)) oldest_ms = now_ms;
      if (full || (oldest_ms != 0 && now_ms - oldest_ms >= kBatchAgeMaxMs)) return HandOut(out, false);
      const bool dry = !dump_->HasPending();
      if (dry && (oldest_ms != 0 || PositionMoved())) return HandOut(out, true);
      if (dry && snapshot_ != nullptr && snapshot_->done() && snapshot_only_) return Finish(out);
      auto packet = dump_->ReadPacket(dry ? WaitMs(deadline_ms - now_ms) : 0);
      if (!packet.ok()) return FailBehind(out, std::move(packet).error());
      if (packet->has_value()) {
        last_packet_ms_ = NowMs();
        Status fed = Feed(**packet);
        if (!fed.ok()) return FailBehind(out, std::move(fed).error());
        continue;
      }
      RETURN_IF_ERROR(CheckSilence());
      if (oldest_ms == 0 && NowMs() >= deadline_ms) return ReadResult::kNothing;
    }
  }

  void Interrupt() override {
    choice_.Interrupt();
    start_finder_.Interrupt();
    std::lock_guard lock(shared_mutex_);
    if (dump_ != nullptr) dump_->Interrupt();
  }

  SourceProgress Progress() const override {
    std::lock_guard lock(shared_mutex_);
    SourceProgress progress;
    progress.phase = "streaming";
    progress.tables = tables_.count();
    progress.head = target_;
    if (snapshot_ != nullptr) snapshot_->Fill(&progress);
    return progress;
  }

 private:
  // How often a first load is looked after while the log is silent.
  static constexpr int64_t kSnapshotPollMs = 2;

  void CloseAll() {
    // They end outside the lock: the reader of a first load may hang in a call that nothing interrupts, and whoever
    // watches over this source is not to wait for that.
    std::unique_ptr<Snapshot> snapshot;
    std::unique_ptr<mysql::Connection> dump;
    {
      std::lock_guard lock(shared_mutex_);
      snapshot = std::move(snapshot_);
      dump = std::move(dump_);
    }
    snapshot.reset();
    dump.reset();
    decoder_.reset();
    tables_.Clear();
    tracker_.Clear();
    waiting_state_.clear();
    failure_.reset();
    draining_ = caught_up_ = finished_ = false;
  }

  // Finds the server to read from; sets connect_ and facts_.
  Result<ChosenServer> ChooseServer(const std::vector<StateRecord>& state) {
    std::optional<Position> saved;
    for (const StateRecord& record : state) {
      if (record.kind != "position") continue;
      ASSIGN_OR_RETURN(saved, PositionFromJson(record.value));
    }
    ASSIGN_OR_RETURN(ChosenServer server, choice_.Choose(saved));
    connect_ = server.connect;
    facts_ = server.facts;
    for (const std::string& said : server.others) spdlog::warn("source {}: {}", context_.name, said);
    if (!server.others.empty()) spdlog::warn("source {}: reads from {}", context_.name, connect_.address);
    if (saved.has_value() && !saved->server.empty() && saved->server != facts_.identity) {
      spdlog::warn("source {}: goes on by GTID on server {}, which is another one than {}", context_.name,
                   facts_.identity, saved->server);
    }
    return server;
  }

  void TrackDefaults(const std::vector<mysql::ServerDatabase>& databases) {
    for (const mysql::ServerDatabase& database : databases) {
      if (tracker_.databases().Find(database.name) != nullptr) continue;
      tracker_.databases().Set(database.name, {database.charset, database.collation});
      waiting_state_.push_back(tracker_.databases().Record(database.name));
    }
  }

  // Whether the program fits a table as the server has it now. `problem`: why it does not fit the tracked one.
  Status FitsLater(const ddl::TableName& name, mysql::Connection* sql, const Error& problem) {
    const auto schema = mysql::ReadSchema(sql, facts_, name.database, name.table);
    if (!schema.ok()) return schema.error().code() == ErrorCode::kConfig ? problem : schema.error();
    RETURN_IF_ERROR(tables_.Fits(name.database, name.table, *schema));
    spdlog::info("source {}: the program fits {}.{} by a change that the log is still to bring", context_.name,
                 name.database, name.table);
    return OkStatus();
  }

  // Tables met for the first time, as they are today. All are bound now, so that a program that does not fit its tables
  // ends before the first row. `resumes`, where a position is saved: a table whose columns there the program does not
  // fit is left to the rows that come, if it fits the columns that the table has by now. The log brings that change.
  // `merges`: the tables are known as they are where the log begins.
  Status Track(std::vector<Schema> schemas, mysql::Connection* resumes, bool merges) {
    for (Schema& schema : schemas) {
      const ddl::TableName name{schema.database, schema.table};
      tracker_.Set(std::move(schema), 1);
      tracker_.Record(name, &waiting_state_);
    }
    std::string problems;
    std::vector<std::shared_ptr<const TableVersion>> merged;
    expects_change_ = false;
    for (const ddl::TableName& name : tracker_.Names()) {
      if (!tables_.Wants(name.database, name.table)) continue;
      const TrackedTable table = tracker_.Find(name.database, name.table);
      if (binlog::IsSequence(*table.schema)) continue;
      auto bound = tables_.Bind(name.database, name.table, *table.schema, table.version);
      if (bound.ok() && merges && context_.capture->IsMerged(name.database, name.table)) merged.push_back(*bound);
      if (bound.ok()) continue;
      if (bound.error().code() != ErrorCode::kConfig) return std::move(bound).error();
      const Status later = resumes == nullptr ? Status(bound.error()) : FitsLater(name, resumes, bound.error());
      if (!later.ok() && later.error().code() != ErrorCode::kConfig) return later;
      if (!later.ok()) problems += (problems.empty() ? "" : "\n") + later.error().message();
      expects_change_ = expects_change_ || later.ok();
    }
    if (!problems.empty()) return Error(ErrorCode::kConfig, problems);
    return context_.capture->SetMerged(merged);
  }

  Status BeginStream(Position from) {
    const bool other_server = !from.server.empty() && from.server != facts_.identity;
    const bool by_gtid = facts_.mariadb ? !from.gtid_set.empty() : facts_.gtid;
    // MySQL's executed set leaves out what is written and not committed yet, so with GTIDs the place is where the
    // server begins to send. MariaDB's positions are places of the log, on one server.
    if (by_gtid && !from.inside_group() && (!facts_.mariadb || other_server)) {
      from.file.clear();
      from.offset = 4;
    }
    from.server = facts_.identity;
    const bool by_file = !facts_.mariadb && !facts_.gtid;
    if (by_file) from.gtid_set.clear();
    floor_ = from;
    ddl_ = LogDdl::Make(&tracker_, &tables_,
                        {.dialect = mysql::DialectOf(facts_),
                         .followable = facts_.full_metadata,
                         .fold_names = facts_.lower_case_names});
    binlog::DecoderOptions options;
    options.flavour = from.flavour;
    options.server = facts_.identity;
    options.block_bytes = EventBlocks::kBlockBytes;
    options.gtids = !by_file;
    options.fold_names = facts_.lower_case_names;
    decoder_ = binlog::StreamDecoder::Make(options, &tables_, ddl_.get(), ddl_.get());
    RETURN_IF_ERROR(OpenStream(from));
    sealed_ = decoder_->position();
    return OkStatus();
  }

  Status OpenStream(const Position& from) {
    auto connection = mysql::Connection::Open(connect_);
    if (!connection.ok()) return std::move(connection).error();
    {
      std::lock_guard lock(shared_mutex_);
      dump_ = std::move(connection).value();
    }
    RETURN_IF_ERROR(mysql::CheckIdentity(dump_.get(), facts_, connect_.address));
    RETURN_IF_ERROR(mysql::StartDump(dump_.get(), facts_, from, dump_options_));
    RETURN_IF_ERROR(decoder_->Begin(from));
    // The first packet names the file, or says why there is none.
    ASSIGN_OR_RETURN(const auto packet, dump_->ReadPacket(static_cast<int>(connect_.silence_max_ms)));
    last_packet_ms_ = NowMs();
    if (!packet.has_value()) return Error(ErrorCode::kSourceLost, "the server does not begin to send its log");
    return Feed(*packet);
  }

  // `past`: the stream begins before now, so it brings the history of its tables itself.
  Status BeginSnapshot(std::vector<StateRecord> state, const std::vector<mysql::ServerTable>& tables, bool past) {
    snapshot_only_ = context_.settings.Is("snapshot", "only");
    SnapshotContext snapshot;
    snapshot.first_loads = !context_.settings.Is("snapshot", "none");
    snapshot.connect = connect_;
    snapshot.connect.silence_max_ms = kReaderSilenceMaxMs;
    snapshot.facts = facts_;
    snapshot.readers = static_cast<uint64_t>(context_.settings.Number("snapshot.parallel", 1));
    snapshot.chunk_rows = static_cast<uint64_t>(context_.settings.Number("snapshot.chunk_rows", 50'000));
    snapshot.chunk_bytes = static_cast<uint64_t>(context_.settings.Number("snapshot.chunk_bytes", 8 << 20));
    for (const mysql::ServerTable& table : tables) {
      if (!tables_.WantsSnapshot(table.database, table.table)) continue;
      // A sequence here had the name of what is a table today: its CREATE TABLE is still to come.
      const TrackedTable tracked = tracker_.Find(table.database, table.table);
      if (tracked.schema != nullptr && binlog::IsSequence(*tracked.schema)) continue;
      snapshot.tables.push_back(table);
      if (!past || !snapshot.first_loads) continue;
      TableProgress done;
      done.done = true;
      state.push_back(ToRecord(table.database, table.table, done));
      waiting_state_.push_back(state.back());
    }
    ASSIGN_OR_RETURN(auto made, Snapshot::Make(std::move(snapshot), &tables_, state));
    std::lock_guard lock(shared_mutex_);
    snapshot_ = std::move(made);
    return OkStatus();
  }

  Status Feed(std::string_view packet) {
    const std::string_view event = blocks_.Copy(packet);
    auto fed = decoder_->Feed(event, blocks_.block());
    if (!fed.ok()) {
      if (!expects_change_ || fed.error().code() != ErrorCode::kConfig) return std::move(fed).error();
      return Error(ErrorCode::kConfig,
                   fed.error().message() +
                       "\n  = the program fits columns that come later in the log, and there are rows "
                       "before them: let the program of before read up to the change, then run this one");
    }
    if (*fed == binlog::Fed::kReady) draining_ = true;
    if (*fed == binlog::Fed::kReread) {
      const Position from = decoder_->position();
      return OpenStream(from);
    }
    return OkStatus();
  }

  // Moves decoded rows and finished chunks into the batch. True: the batch has to be handed out.
  Result<bool> TakeReady(ChangeBatch* out, int64_t now_ms) {
    if (draining_) {
      const size_t first = out->rows.size();
      ASSIGN_OR_RETURN(draining_, decoder_->Drain(out));
      if (snapshot_ != nullptr) RETURN_IF_ERROR(snapshot_->Observe(out, first));
      if (draining_ || out->ddl.has_value()) return true;
    }
    if (!Loading() || decoder_->inside_group() || now_ms == emitted_ms_) return false;
    emitted_ms_ = now_ms;
    const Position stream = Place();
    // A group handed out in part before a restart: its first rows are remembered by nobody.
    if (stream.inside_group()) return false;
    return snapshot_->Emit(stream, out);
  }

  bool Loading() const { return snapshot_ != nullptr && !snapshot_->done(); }

  // Where the stream stands. A server that begins by GTID first names the head of a file; what lies before the start is
  // not sent.
  Position Place() const {
    Position place = decoder_->position();
    if (!floor_.file.empty() && !AtOrBehind(place.file, place.offset, floor_.file, floor_.offset)) {
      place.file = floor_.file;
      place.offset = floor_.offset;
    }
    return place;
  }

  bool PositionMoved() {
    if (decoder_->inside_group()) return false;
    if (!caught_up_ && CaughtUp()) return true;
    const Position now = decoder_->position();
    return now.file != sealed_.file || now.offset != sealed_.offset;
  }

  bool CaughtUp() const {
    if (Loading() || draining_ || decoder_->inside_group()) return false;
    const Position place = Place();
    return !place.inside_group() && AtOrBehind(place.file, place.offset, target_.file, target_.offset);
  }

  Result<ReadResult> HandOut(ChangeBatch* out, bool dry) {
    decoder_->Seal(out);
    sealed_ = out->end;
    out->idle = dry && (!Loading() || !out->rows.empty());
    if (!caught_up_ && CaughtUp()) caught_up_ = true;
    out->caught_up = caught_up_;
    return ReadResult::kBatch;
  }

  // What was read before a failure goes out first; the next Read fails.
  Result<ReadResult> FailBehind(ChangeBatch* out, Error error) {
    if (!HasContent(*out)) return error;
    failure_ = std::move(error);
    return HandOut(out, false);
  }

  int WaitMs(int64_t left_ms) const {
    const int64_t wait_ms = std::max<int64_t>(0, left_ms);
    return static_cast<int>(Loading() ? std::min(wait_ms, kSnapshotPollMs) : wait_ms);
  }

  // `snapshot only` ends with the first load.
  Result<ReadResult> Finish(ChangeBatch* out) {
    if (std::exchange(finished_, true)) return ReadResult::kEnd;
    auto handed_out = HandOut(out, true);
    out->caught_up = true;
    return handed_out;
  }

  Status CheckSilence() const {
    if (dump_->ended()) return Error(ErrorCode::kSourceLost, "the server ended the dump");
    const int64_t silence_ms = NowMs() - last_packet_ms_;
    if (silence_ms < connect_.silence_max_ms) return OkStatus();
    return Error(ErrorCode::kSourceLost,
                 "the server has sent nothing, not even a heartbeat, for " + std::to_string(silence_ms / 1000) + " s");
  }

  static constexpr int64_t kReaderSilenceMaxMs = 600'000;  // a chunk without an index to read by takes its time

  const SourceContext context_;
  ServerChoice choice_;
  mysql::ConnectOptions connect_;  // to the server that was chosen
  const mysql::DumpOptions dump_options_;
  StartFinder start_finder_;
  binlog::CapturedTables tables_;
  SchemaTracker tracker_;
  mysql::ServerFacts facts_;
  std::unique_ptr<LogDdl> ddl_;
  std::unique_ptr<binlog::StreamDecoder> decoder_;
  EventBlocks blocks_;
  std::vector<StateRecord> waiting_state_;
  std::optional<Error> failure_;  // what ended the reading, for the next Read
  Position floor_;                // where the stream was asked to begin
  Position sealed_;               // end of the last batch
  bool draining_ = false;
  bool caught_up_ = false;
  bool expects_change_ = false;  // some table is not bound: see Track
  bool opened_ = false;          // by this process, whether or not the stream still lives
  bool snapshot_only_ = false;
  bool finished_ = false;
  int64_t last_packet_ms_ = 0;
  int64_t emitted_ms_ = 0;

  // Guards what other threads look at; only Open and OpenStream replace it.
  mutable std::mutex shared_mutex_;
  Position target_;  // end of the log when the source was opened
  std::unique_ptr<Snapshot> snapshot_;
  std::unique_ptr<mysql::Connection> dump_;
};

}  // namespace

std::unique_ptr<Source> MakeMysqlSource(SourceContext context) {
  return std::make_unique<MysqlSource>(std::move(context));
}

}  // namespace cdc::sources
