#include "runtime/sources/mysql/snapshot/snapshot.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <atomic>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "runtime/record/table_item.h"
#include "runtime/sources/mysql/snapshot/chunk_reader.h"
#include "runtime/sources/mysql/snapshot/load_list.h"
#include "runtime/sources/mysql/snapshot/touched_keys.h"
#include "stdlib/core/utf8.h"
#include "stdlib/core/value_copy.h"

namespace cdc::sources {
namespace {

constexpr size_t kTouchedBytesMax = 16u << 20;
constexpr size_t kExcerptBytes = 200;
constexpr int kRebuiltReadsMax = 10;
constexpr uint64_t kFirstChunkRows = 2'000;  // until the size of a row is known

std::string ToText(const LoadList::Name& name) { return name.first + "." + name.second; }

// What a read of a table needs of it.
Status CheckKey(const LoadList::Name& name, const TableVersion* table) {
  if (table == nullptr) return Error(ErrorCode::kConfig, "the columns of " + ToText(name) + " are not known");
  if (!table->schema.DefaultKey().empty()) return OkStatus();
  return Error(ErrorCode::kConfig,
               ToText(name) +
                   " has neither a primary key nor a unique key without nullable columns: its first "
                   "load is not available yet; load it another way and write `snapshot none;`, or "
                   "leave the table out [PIPE125 table-without-key]");
}

class Loader : public Snapshot {
 public:
  Loader(SnapshotContext context, binlog::CapturedTables* tables) : context_(std::move(context)), tables_(tables) {}

  Status Prepare(const std::vector<StateRecord>& state) {
    std::unordered_map<std::string_view, const StateRecord*> saved;
    for (const StateRecord& record : state) {
      if (record.kind == "snapshot") saved[record.item] = &record;
    }
    for (const mysql::ServerTable& table : context_.tables) {
      LoadList::Table entry{{table.database, table.table}, {}};
      const auto found = saved.find(TableItem(table.database, table.table));
      if (found != saved.end()) {
        ASSIGN_OR_RETURN(entry.progress, ProgressOf(*found->second));
      }
      rows_ += entry.progress.rows;
      estimate_ += table.rows_estimate;
      if (!entry.progress.done) RETURN_IF_ERROR(CheckLoadable(table));
      list_.Add(std::move(entry));
    }
    Count();
    return OkStatus();
  }

  void Observe(ChangeBatch* batch, size_t first) override {
    if (touched_ != nullptr) {
      if (!ObserveRows(*batch, first)) {
        Discard();
      } else if (touched_->bytes() > kTouchedBytesMax) {
        // More changes than a window of this size can remember: a smaller window.
        rows_max_ = std::max<uint64_t>(1, rows_max_ / 2);
        Discard();
      }
    }
    if (!batch->ddl.has_value()) return;
    const auto wants = [&](const std::string& database, const std::string& table) {
      return tables_->Wants(database, table) && tables_->WantsSnapshot(database, table);
    };
    if (list_.OnDdl(*batch->ddl, wants, &batch->state)) Discard();
    CheckColumns(*batch->ddl);
    Count();
  }

  Result<bool> Emit(const Position& stream, ChangeBatch* out) override {
    if (unknown_.has_value()) return *unknown_;
    if (list_.active() == nullptr && !list_.Next()) return false;
    if (touched_ == nullptr) RETURN_IF_ERROR(BeginRemembering(stream));
    if (chunk_ == nullptr && !refused_.has_value()) RETURN_IF_ERROR(AdvanceRead());
    if (refused_.has_value() && AtOrBehind(stream.file, stream.offset, refused_at_.file, refused_at_.offset)) {
      RETURN_IF_ERROR(OnRefused());
      return false;
    }
    if (chunk_ == nullptr || !AtOrBehind(stream.file, stream.offset, chunk_->high.file, chunk_->high.offset))
      return false;
    EmitChunk(stream, out);
    return true;
  }

  bool done() const override { return done_; }

  void Fill(SourceProgress* progress) const override {
    if (!done_) progress->phase = "snapshot";
    progress->tables_total = tables_total_;
    progress->tables_done = tables_done_;
    progress->snapshot_rows = rows_;
    progress->snapshot_rows_estimate = estimate_;
  }

 private:
  Status CheckLoadable(const mysql::ServerTable& table) const {
    if (!context_.facts.mariadb && !context_.facts.gtid) {
      return Error(ErrorCode::kConfig,
                   "the first load needs GTIDs on MySQL (gtid_mode = ON), and the server runs without; turn them "
                   "on, or write `snapshot none;` [PIPE130 server-not-ready]");
    }
    if (!table.engine.empty() && table.engine != "InnoDB") {
      return Error(ErrorCode::kConfig,
                   table.database + "." + table.table + " is stored by " + table.engine +
                       ", whose rows are visible before they are logged: its first load is not available yet; "
                       "load it another way and write `snapshot none;`, or leave the table out");
    }
    const LoadList::Name name(table.database, table.table);
    const auto version = tables_->Current(table.database, table.table);
    if (version == nullptr) {
      return Error(ErrorCode::kConfig,
                   "the first load of " + ToText(name) +
                       " is not done, and the program does not fit the columns with which it began; "
                       "let the program of before end it, or begin anew with --reset-position");
    }
    return CheckKey(name, version.get());
  }

  void Count() {
    tables_total_ = list_.total();
    tables_done_ = list_.done();
    done_ = list_.empty();
  }

  // A rename may give the name to a table whose columns the log never told.
  void CheckColumns(const DdlEvent& ddl) {
    const LoadList::Name name(ddl.database, ddl.table);
    if (ddl.before != nullptr || ddl.after != nullptr || !list_.Open(name)) return;
    unknown_ =
        Error(ErrorCode::kConfig, "first load of " + ToText(name) + ": `" + Excerpt(ddl.statement, kExcerptBytes) +
                                      "` brings in a table made before the log is read from, so its columns are not "
                                      "known; start with --reset-position to load it");
  }

  // False: rows of other columns than those being read, without a DDL that says so.
  bool ObserveRows(const ChangeBatch& batch, size_t first) {
    const LoadList::Name& active = list_.active()->name;
    uint32_t group = UINT32_MAX;
    std::shared_ptr<const TouchedKeys::Transaction> transaction;
    const TableVersion* seen = nullptr;
    bool wanted = false;
    for (size_t i = first; i < batch.rows.size(); ++i) {
      const RowChange& row = batch.rows[i];
      if (row.table != seen) {
        seen = row.table;
        wanted = seen->table == active.second && seen->database == active.first;
      }
      if (!wanted || row.op == Op::kSnapshot) continue;
      if (row.table != table_.get()) return false;
      if (row.group != group) {
        group = row.group;
        transaction = TransactionOf(batch.groups[group]);
      }
      if (chunk_ != nullptr && Contained(*transaction)) continue;
      touched_->Add(row, row.table->schema.columns.size(), transaction);
    }
    return true;
  }

  std::shared_ptr<const TouchedKeys::Transaction> TransactionOf(const Group& group) const {
    auto transaction = std::make_shared<TouchedKeys::Transaction>();
    transaction->start = {group.file, group.offset};
    if (!context_.facts.mariadb) {
      auto gtid = binlog::GtidSet::Parse(group.gtid);
      if (gtid.ok()) transaction->gtid = std::move(gtid).value();
    }
    return transaction;
  }

  // Whether the chunk's read saw the transaction.
  bool Contained(const TouchedKeys::Transaction& transaction) const {
    if (!context_.facts.mariadb) return !transaction.gtid.empty() && chunk_->low_gtids.Contains(transaction.gtid);
    // A low mark is the end of a transaction: one that begins before it ends before it.
    return !AtOrBehind(transaction.start.file, transaction.start.offset, chunk_->low.file, chunk_->low.offset);
  }

  Status BeginRemembering(const Position& stream) {
    const LoadList::Name& name = list_.active()->name;
    table_ = tables_->Current(name.first, name.second);
    RETURN_IF_ERROR(CheckKey(name, table_.get()));
    touched_ = std::make_unique<TouchedKeys>(table_->schema.DefaultKey());
    remembered_from_ = stream;
    return OkStatus();
  }

  // Forgets the window: the chunk will be read again, with a new low mark.
  void Discard() {
    chunk_.reset();
    touched_.reset();
    refused_.reset();
    ignore_answer_ = reader_ != nullptr && reader_->busy();
  }

  Status AdvanceRead() {
    if (reader_ == nullptr) reader_ = ChunkReader::Make(context_.connect, context_.facts);
    if (!reader_->busy()) {
      StartRead();
      return OkStatus();
    }
    auto answer = reader_->Take();
    if (reader_->busy()) return OkStatus();
    if (std::exchange(ignore_answer_, false)) return OkStatus();
    if (!answer.ok()) return std::move(answer).error().While("first load of " + ToText(list_.active()->name));
    ChunkRead read = std::move(answer).value().value_or(ChunkRead());
    refused_ = std::move(read.refused);
    refused_at_ = read.refused_at;
    chunk_ = std::move(read.chunk);
    if (chunk_ != nullptr) {
      touched_->Forget([&](const TouchedKeys::Transaction& transaction) { return Contained(transaction); });
    }
    return OkStatus();
  }

  // The stream has met no DDL that would be the reason. A rebuild of the table is none: it is not logged, or as
  // maintenance, and only the read view is too old for it.
  Status OnRefused() {
    const LoadList::Name& name = list_.active()->name;
    if (!mysql::IsTableRebuilt(*refused_) || ++rebuilt_reads_ > kRebuiltReadsMax) {
      return Error(*refused_).While("first load of " + ToText(name));
    }
    spdlog::info("first load of {}: the table was rebuilt, the chunk is read again", ToText(name));
    Discard();
    return OkStatus();
  }

  void StartRead() {
    LoadList::Table& table = *list_.active();
    ChunkRequest request;
    request.table = table_;
    request.key = request.table->schema.DefaultKey();
    const std::vector<std::string> key = KeyText(request.table->schema);
    if (table.progress.key != key) {
      // Bounds of another key say nothing: from the start.
      table.progress = {};
      table.progress.key = key;
    }
    request.after = table.progress.after;
    request.rows_max = std::min(context_.chunk_rows, rows_max_);
    request.bytes_max = context_.chunk_bytes;
    request.remembered_from = remembered_from_;
    reader_->Start(std::move(request));
  }

  void EmitChunk(const Position& stream, ChangeBatch* out) {
    Group group;
    group.file = stream.file;
    group.offset = stream.offset;
    group.commit_time_us = chunk_->read_at_us;
    group.event_time_s = static_cast<uint32_t>(chunk_->read_at_us / 1'000'000);
    const size_t first = out->rows.size();
    for (const Value* values : chunk_->rows) {
      const Value* newest = Newest(values, &out->arena);
      if (newest == nullptr) continue;
      RowChange row;
      row.table = chunk_->table.get();
      row.after = newest;
      row.group = static_cast<uint32_t>(out->groups.size());
      row.event_offset = stream.offset;
      row.ordinal = out->rows.size() - first;
      row.event_time_s = group.event_time_s;
      row.op = Op::kSnapshot;
      out->rows.push_back(row);
    }
    if (out->rows.size() > first) {
      out->rows.back().last_in_group = true;
      out->groups.push_back(std::move(group));
      out->tables.push_back(chunk_->table);
      out->block_bytes += chunk_->arena.bytes_reserved();
      out->blocks.push_back(chunk_);
    }
    FinishChunk(out);
  }

  // The row as the stream has it at this place: null if it was deleted.
  const Value* Newest(const Value* values, Arena* arena) const {
    const TouchedKeys::Touch* touch = touched_->Find(values);
    if (touch == nullptr) return values;
    if (touch->deleted) return nullptr;
    // Rows of other columns would have discarded the chunk.
    CHECK(touch->row.size() == chunk_->table->schema.columns.size());
    Value* copy = arena->AllocateArray<Value>(touch->row.size());
    for (size_t i = 0; i < touch->row.size(); ++i) copy[i] = CopyValue(touch->row[i], arena);
    return copy;
  }

  void FinishChunk(ChangeBatch* out) {
    const std::shared_ptr<Chunk> chunk = std::move(chunk_);
    LoadList::Table& table = *list_.active();
    TableProgress& progress = table.progress;
    ++progress.chunks;
    rebuilt_reads_ = 0;
    progress.rows += chunk->rows.size();
    rows_ += chunk->rows.size();
    if (!chunk->last_key.empty()) progress.after = chunk->last_key;
    progress.done = chunk->last;
    out->state.push_back(ToRecord(table.name.first, table.name.second, progress));
    if (!chunk->rows.empty()) {
      const uint64_t row_bytes = std::max<uint64_t>(1, chunk->arena.bytes_reserved() / chunk->rows.size());
      rows_max_ = std::max<uint64_t>(1, context_.chunk_bytes / row_bytes);
    }
    if (chunk->last) {
      spdlog::info("first load of {} is done: {} rows in {} chunks", ToText(table.name), progress.rows,
                   progress.chunks);
      rows_max_ = kFirstChunkRows;
      list_.Finish();
    }
    // What was touched up to here will be in the next low mark, which has to contain this place.
    touched_.reset();
    Count();
  }

  const SnapshotContext context_;
  binlog::CapturedTables* tables_;
  LoadList list_;
  std::optional<Error> unknown_;               // why the load cannot go on
  std::unique_ptr<TouchedKeys> touched_;       // null: nothing is being read or held
  std::shared_ptr<const TableVersion> table_;  // what is being read, while `touched_` is there
  Position remembered_from_;
  std::shared_ptr<Chunk> chunk_;
  std::optional<Error> refused_;
  LogPlace refused_at_;
  int rebuilt_reads_ = 0;  // of this chunk
  bool ignore_answer_ = false;
  uint64_t rows_max_ = kFirstChunkRows;
  std::atomic<bool> done_{false};
  std::atomic<uint64_t> tables_total_{0};
  std::atomic<uint64_t> tables_done_{0};
  std::atomic<uint64_t> rows_{0};
  std::atomic<uint64_t> estimate_{0};
  std::unique_ptr<ChunkReader> reader_;  // made with the first read
};

}  // namespace

Result<std::unique_ptr<Snapshot>> Snapshot::Make(SnapshotContext context, binlog::CapturedTables* tables,
                                                 const std::vector<StateRecord>& state) {
  auto loader = std::make_unique<Loader>(std::move(context), tables);
  RETURN_IF_ERROR(loader->Prepare(state));
  return std::unique_ptr<Snapshot>(std::move(loader));
}

}  // namespace cdc::sources
