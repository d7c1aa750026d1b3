#include "runtime/sources/mysql/mysql_source.h"

#include <spdlog/spdlog.h>

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
#include "runtime/sources/mysql/log_ddl.h"
#include "runtime/sources/mysql/options.h"
#include "runtime/sources/mysql/snapshot/snapshot.h"
#include "runtime/sources/mysql/start_position.h"
#include "runtime/sources/schema/tracker.h"

namespace cdc::sources {
namespace {

constexpr int64_t kBatchAgeMaxMs = 5;

int64_t NowMs() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

bool HasContent(const ChangeBatch& batch) { return !batch.rows.empty() || batch.ddl.has_value() || !batch.state.empty(); }

class MysqlSource : public Source {
 public:
  explicit MysqlSource(SourceContext context)
      : context_(std::move(context)),
        connect_(ConnectOptionsOf(context_)),
        dump_options_(DumpOptionsOf(context_)),
        tables_(context_.capture) {}

  Status Open(const std::vector<StateRecord>& state) override {
    CloseAll();
    ASSIGN_OR_RETURN(sql_, mysql::Connection::Open(connect_));
    ASSIGN_OR_RETURN(facts_, mysql::ReadServerFacts(sql_.get()));
    ASSIGN_OR_RETURN(const Position from, FindStart(state));
    ASSIGN_OR_RETURN(target_, mysql::CurrentPosition(sql_.get(), facts_));
    RETURN_IF_ERROR(SeedSchemas(state));
    ddl_ = LogDdl::Make(&tracker_, &tables_, mysql::DialectOf(facts_), facts_.full_metadata);
    binlog::DecoderOptions options;
    options.flavour = from.flavour;
    options.server = facts_.identity;
    options.block_bytes = EventBlocks::kBlockBytes;
    decoder_ = binlog::StreamDecoder::Make(options, &tables_, ddl_.get(), ddl_.get());
    RETURN_IF_ERROR(OpenStream(from));
    RETURN_IF_ERROR(BeginSnapshot(state));
    sealed_ = from;
    caught_up_ = draining_ = false;
    return OkStatus();
  }

  Result<ReadResult> Read(ChangeBatch* out, int timeout_ms) override {
    const int64_t deadline_ms = NowMs() + timeout_ms;
    int64_t oldest_ms = 0;
    if (failure_.has_value()) return *failure_;
    out->state = std::move(waiting_state_);
    waiting_state_.clear();
    while (true) {
      ASSIGN_OR_RETURN(const bool full, TakeReady(out));
      const int64_t now_ms = NowMs();
      if (oldest_ms == 0 && HasContent(*out)) oldest_ms = now_ms;
      if (full || (oldest_ms != 0 && now_ms - oldest_ms >= kBatchAgeMaxMs && !decoder_->inside_group())) return HandOut(out, false);
      const bool dry = !dump_->HasPending();
      if (dry && oldest_ms != 0) return HandOut(out, true);
      if (dry && PositionMoved()) return HandOut(out, true);
      if (dry && snapshot_ != nullptr && snapshot_->done() && mode_only_) return Finish(out);
      const int wait_ms = dry ? static_cast<int>(std::max<int64_t>(0, std::min<int64_t>(deadline_ms - now_ms, kPollMs))) : 0;
      auto packet = dump_->ReadPacket(wait_ms);
      if (!packet.ok()) return FailBehind(out, std::move(packet).error());
      if (packet->has_value()) {
        last_packet_ms_ = NowMs();
        Status fed = Feed(**packet);
        if (!fed.ok()) return FailBehind(out, std::move(fed).error());
        continue;
      }
      RETURN_IF_ERROR(CheckSilence());
      if (NowMs() >= deadline_ms) return ReadResult::kNothing;
    }
  }

  void Interrupt() override {
    std::lock_guard lock(interrupt_mutex_);
    if (dump_ != nullptr) dump_->Interrupt();
  }

  SourceProgress Progress() const override {
    std::lock_guard lock(interrupt_mutex_);
    SourceProgress progress;
    progress.phase = "streaming";
    if (snapshot_ != nullptr) snapshot_->Fill(&progress);
    return progress;
  }

 private:
  static constexpr int64_t kPollMs = 20;

  void CloseAll() {
    std::lock_guard lock(interrupt_mutex_);
    snapshot_.reset();
    dump_.reset();
    sql_.reset();
    decoder_.reset();
    tables_.Clear();
    tracker_.Clear();
    waiting_state_.clear();
    failure_.reset();
  }

  Result<Position> FindStart(const std::vector<StateRecord>& state) {
    for (const StateRecord& record : state) {
      if (record.kind != "position") continue;
      ASSIGN_OR_RETURN(Position saved, PositionFromJson(record.value));
      RETURN_IF_ERROR(mysql::CheckPosition(sql_.get(), facts_, saved));
      return saved;
    }
    return StartPosition(context_, sql_.get(), facts_);
  }

  // The schemas saved with the position; for tables without one, today's. All are bound now, so that a program that
  // does not fit its tables ends before the first row.
  Status SeedSchemas(const std::vector<StateRecord>& state) {
    for (const StateRecord& record : state) {
      if (record.kind == "schema") RETURN_IF_ERROR(tracker_.Restore(record, mysql::DialectOf(facts_)));
    }
    ASSIGN_OR_RETURN(server_tables_, mysql::ListTables(sql_.get()));
    for (const mysql::ServerTable& table : server_tables_) {
      if (!tables_.Wants(table.database, table.table)) continue;
      if (tracker_.Find(table.database, table.table).schema != nullptr) continue;
      ASSIGN_OR_RETURN(Schema schema, mysql::ReadSchema(sql_.get(), facts_, table.database, table.table));
      tracker_.Set(std::move(schema), 1);
      waiting_state_.push_back(tracker_.Record({table.database, table.table}));
    }
    std::string problems;
    for (const ddl::TableName& name : tracker_.Names()) {
      if (!tables_.Wants(name.database, name.table)) continue;
      const TrackedTable table = tracker_.Find(name.database, name.table);
      auto bound = tables_.Bind(name.database, name.table, *table.schema, table.version);
      if (bound.ok()) continue;
      if (bound.error().code() != ErrorCode::kConfig) return std::move(bound).error();
      problems += (problems.empty() ? "" : "\n") + bound.error().message();
    }
    if (!problems.empty()) return Error(ErrorCode::kConfig, problems);
    return OkStatus();
  }

  Status OpenStream(const Position& from) {
    auto connection = mysql::Connection::Open(connect_);
    if (!connection.ok()) return std::move(connection).error();
    {
      std::lock_guard lock(interrupt_mutex_);
      dump_ = std::move(connection).value();
    }
    RETURN_IF_ERROR(mysql::StartDump(dump_.get(), facts_, from, dump_options_));
    last_packet_ms_ = NowMs();
    return decoder_->Begin(from);
  }

  Status BeginSnapshot(const std::vector<StateRecord>& state) {
    mode_only_ = context_.settings.Is("snapshot", "only");
    if (context_.settings.Is("snapshot", "none") || !context_.start_override.empty()) return OkStatus();
    SnapshotContext snapshot;
    snapshot.connect = connect_;
    snapshot.facts = facts_;
    snapshot.chunk_rows = static_cast<uint64_t>(context_.settings.Number("snapshot.chunk_rows", 50'000));
    snapshot.chunk_bytes = static_cast<uint64_t>(context_.settings.Number("snapshot.chunk_bytes", 8 << 20));
    for (const mysql::ServerTable& table : server_tables_) {
      if (!tables_.Wants(table.database, table.table) || !tables_.WantsSnapshot(table.database, table.table)) continue;
      snapshot.tables.push_back(table);
    }
    ASSIGN_OR_RETURN(auto made, Snapshot::Make(std::move(snapshot), &tables_, state));
    std::lock_guard lock(interrupt_mutex_);
    snapshot_ = std::move(made);
    return OkStatus();
  }

  Status Feed(std::string_view packet) {
    const std::string_view event = blocks_.Copy(packet);
    ASSIGN_OR_RETURN(const binlog::Fed fed, decoder_->Feed(event, blocks_.block()));
    if (fed == binlog::Fed::kReady) draining_ = true;
    if (fed == binlog::Fed::kReread) {
      const Position from = decoder_->position();
      return OpenStream(from);
    }
    return OkStatus();
  }

  // Moves decoded rows and finished chunks into the batch. True: the batch has to be handed out.
  Result<bool> TakeReady(ChangeBatch* out) {
    if (draining_) {
      const size_t first = out->rows.size();
      ASSIGN_OR_RETURN(draining_, decoder_->Drain(out));
      if (snapshot_ != nullptr) snapshot_->Observe(*out, first);
      if (draining_ || out->ddl.has_value()) return true;
    }
    if (snapshot_ != nullptr && !snapshot_->done() && !decoder_->inside_group()) {
      ASSIGN_OR_RETURN(const bool emitted, snapshot_->Emit(decoder_->position(), out));
      if (emitted) return true;
    }
    return false;
  }

  bool PositionMoved() {
    if (decoder_->inside_group()) return false;
    if (!caught_up_ && CaughtUp()) return true;
    const Position now = decoder_->position();
    return now.file != sealed_.file || now.offset != sealed_.offset;
  }

  bool CaughtUp() const {
    if (snapshot_ != nullptr && !snapshot_->done()) return false;
    if (decoder_->inside_group()) return false;
    // With GTIDs the server skips what is held, and the events' own place tells nothing until the next one.
    const Position resume = decoder_->position();
    return AtOrBehind(decoder_->file(), decoder_->offset(), target_.file, target_.offset) ||
           AtOrBehind(resume.file, resume.offset, target_.file, target_.offset);
  }

  Result<ReadResult> HandOut(ChangeBatch* out, bool idle) {
    decoder_->Seal(out);
    sealed_ = out->end;
    out->idle = idle && (snapshot_ == nullptr || snapshot_->done() || !out->rows.empty());
    if (!draining_ && CaughtUp()) out->caught_up = caught_up_ = true;
    return ReadResult::kBatch;
  }

  // What was read before a failure goes out first; the next Read fails.
  Result<ReadResult> FailBehind(ChangeBatch* out, Error error) {
    if (!HasContent(*out)) return error;
    failure_ = std::move(error);
    return HandOut(out, false);
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
    return Error(ErrorCode::kSourceLost, "the server has sent nothing, not even a heartbeat, for " + std::to_string(silence_ms / 1000) + " s");
  }

  const SourceContext context_;
  const mysql::ConnectOptions connect_;
  const mysql::DumpOptions dump_options_;
  binlog::CapturedTables tables_;
  SchemaTracker tracker_;
  mysql::ServerFacts facts_;
  std::vector<mysql::ServerTable> server_tables_;
  std::unique_ptr<LogDdl> ddl_;
  std::unique_ptr<binlog::StreamDecoder> decoder_;
  std::unique_ptr<mysql::Connection> sql_;
  std::unique_ptr<Snapshot> snapshot_;
  EventBlocks blocks_;
  std::vector<StateRecord> waiting_state_;
  std::optional<Error> failure_;  // what ended the reading, for the next Read
  Position target_;
  Position sealed_;
  bool draining_ = false;
  bool caught_up_ = false;
  bool mode_only_ = false;
  bool finished_ = false;
  int64_t last_packet_ms_ = 0;

  // Guards what other threads look at: dump_ and snapshot_ are replaced by Open and OpenStream only.
  mutable std::mutex interrupt_mutex_;
  std::unique_ptr<mysql::Connection> dump_;
};

}  // namespace

std::unique_ptr<Source> MakeMysqlSource(SourceContext context) { return std::make_unique<MysqlSource>(std::move(context)); }

}  // namespace cdc::sources
