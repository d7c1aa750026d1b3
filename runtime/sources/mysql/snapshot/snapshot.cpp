#include "runtime/sources/mysql/snapshot/snapshot.h"

#include <algorithm>
#include <atomic>
#include <deque>
#include <optional>
#include <utility>

#include "runtime/sources/mysql/snapshot/chunk_reader.h"
#include "runtime/sources/mysql/snapshot/table_progress.h"
#include "runtime/sources/mysql/snapshot/touched_keys.h"

namespace cdc::sources {
namespace {

constexpr size_t kTouchedBytesMax = 16u << 20;
constexpr uint64_t kFirstChunkRows = 2'000;  // until the size of a row is known
constexpr uint64_t kChunkRowsMin = 100;

struct Table {
  std::string database;
  std::string name;
  TableProgress progress;
};

class Loader : public Snapshot {
 public:
  Loader(SnapshotContext context, binlog::CapturedTables* tables) : context_(std::move(context)), tables_(tables) {}

  Status Prepare(const std::vector<StateRecord>& state) {
    for (const mysql::ServerTable& table : context_.tables) {
      Table entry{table.database, table.table, {}};
      for (const StateRecord& record : state) {
        if (record.kind != "snapshot" || record.item != table.database + "." + table.table) continue;
        ASSIGN_OR_RETURN(entry.progress, ProgressOf(record));
      }
      rows_ += entry.progress.rows;
      estimate_ += table.rows_estimate;
      ++tables_total_;
      if (entry.progress.done) {
        ++tables_done_;
        continue;
      }
      RETURN_IF_ERROR(CheckLoadable(table));
      waiting_.push_back(std::move(entry));
    }
    done_ = waiting_.empty();
    if (!done_) reader_ = ChunkReader::Make(context_.connect, context_.facts);
    return OkStatus();
  }

  void Observe(const ChangeBatch& batch, size_t first) override {
    if (active_.has_value() && touched_ != nullptr) {
      uint32_t group = UINT32_MAX;
      std::shared_ptr<const TouchedKeys::Transaction> transaction;
      for (size_t i = first; i < batch.rows.size(); ++i) {
        const RowChange& row = batch.rows[i];
        if (row.op == Op::kSnapshot || row.table->table != active_->name || row.table->database != active_->database) continue;
        if (row.group != group) {
          group = row.group;
          transaction = TransactionOf(batch.groups[group]);
        }
        touched_->Add(row, row.table->schema.columns.size(), transaction);
      }
      if (touched_->bytes() > kTouchedBytesMax) {
        // More keys change than a window of this size can remember: a smaller window.
        rows_max_ = std::max(kChunkRowsMin, rows_max_ / 2);
        Discard();
      }
    }
    if (batch.ddl.has_value()) ObserveDdl(*batch.ddl);
  }

  Result<bool> Emit(const Position& stream, ChangeBatch* out) override {
    if (done_) return false;
    FinishDropped(out);
    if (!active_.has_value() && !BeginTable(stream)) {
      done_ = true;
      return !out->state.empty();
    }
    if (touched_ == nullptr) BeginRemembering(stream);
    if (chunk_ == nullptr) {
      RETURN_IF_ERROR(AdvanceRead());
      if (chunk_ == nullptr) return !out->state.empty();
    }
    if (!AtOrBehind(stream.file, stream.offset, chunk_->high.file, chunk_->high.offset)) return !out->state.empty();
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
    const std::string name = table.database + "." + table.table;
    const std::string instead = "; load it another way and write `snapshot none;`, or leave the table out";
    if (!context_.facts.mariadb && !context_.facts.gtid) {
      return Error(ErrorCode::kConfig, "the first load needs GTIDs on MySQL (gtid_mode = ON), and the server has gtid_mode = OFF "
                                       "[PIPE130 server-not-ready]");
    }
    if (!table.engine.empty() && table.engine != "InnoDB") {
      return Error(ErrorCode::kConfig, name + " is stored by " + table.engine +
                                           ", whose rows are visible before they are logged: its first load is not available yet" + instead);
    }
    const auto bound = tables_->Current(table.database, table.table);
    if (bound != nullptr && bound->schema.DefaultKey().empty()) {
      return Error(ErrorCode::kConfig, name + " has neither a primary key nor a unique key without nullable columns: its first "
                                              "load is not available yet" + instead + " [PIPE125 table-without-key]");
    }
    return OkStatus();
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

  // Whether a chunk's read saw the transaction.
  bool Contained(const TouchedKeys::Transaction& transaction, const Chunk& chunk) const {
    if (!context_.facts.mariadb) return !transaction.gtid.empty() && chunk.low_gtids.Contains(transaction.gtid);
    // A low mark is the end of a transaction: one that begins before it ends before it.
    return !AtOrBehind(transaction.start.file, transaction.start.offset, chunk.low.file, chunk.low.offset);
  }

  void ObserveDdl(const DdlEvent& ddl) {
    const bool created = ddl.before == nullptr && ddl.after != nullptr;
    const bool gone = ddl.after == nullptr && ddl.before != nullptr;
    const bool emptied = std::any_of(ddl.parts.begin(), ddl.parts.end(), [](const auto& labels) {
      return std::find(labels.begin(), labels.end(), "truncate table") != labels.end() && labels.front() == "truncate table";
    });
    const auto is = [&](const Table& table) { return table.database == ddl.database && table.name == ddl.table; };
    // Everything that a new, emptied or vanished table will ever show is in the stream.
    if (created || gone || emptied) {
      dropped_.push_back({ddl.database, ddl.table, {}});
      waiting_.erase(std::remove_if(waiting_.begin(), waiting_.end(), is), waiting_.end());
    }
    if (!active_.has_value() || !is(*active_)) return;
    Discard();
    if (created || gone || emptied) active_.reset();
  }

  // Tables whose load a DDL ended: they are done.
  void FinishDropped(ChangeBatch* out) {
    for (Table& table : dropped_) {
      table.progress.done = true;
      out->state.push_back(ToRecord(table.database, table.name, table.progress));
    }
    dropped_.clear();
  }

  bool BeginTable(const Position& stream) {
    while (!waiting_.empty()) {
      active_ = std::move(waiting_.front());
      waiting_.pop_front();
      rows_max_ = std::min(context_.chunk_rows, kFirstChunkRows);
      if (tables_->Current(active_->database, active_->name) == nullptr) continue;
      BeginRemembering(stream);
      return true;
    }
    active_.reset();
    return false;
  }

  void BeginRemembering(const Position& stream) {
    const auto table = tables_->Current(active_->database, active_->name);
    touched_ = std::make_unique<TouchedKeys>(table->schema.DefaultKey());
    remembered_from_ = stream;
  }

  // Forgets the window: the chunk will be read again, with a new low mark.
  void Discard() {
    chunk_.reset();
    touched_.reset();
    ignore_answer_ = reader_ != nullptr && reader_->busy();
  }

  Status AdvanceRead() {
    if (!reader_->busy()) {
      ChunkRequest request;
      request.table = tables_->Current(active_->database, active_->name);
      request.key = request.table->schema.DefaultKey();
      request.after = active_->progress.after;
      request.rows_max = rows_max_;
      request.bytes_max = context_.chunk_bytes;
      request.remembered_from = remembered_from_;
      reader_->Start(std::move(request));
      return OkStatus();
    }
    auto answer = reader_->Take();
    if (reader_->busy()) return OkStatus();
    if (std::exchange(ignore_answer_, false)) return OkStatus();
    if (!answer.ok()) {
      return std::move(answer).error().While("first load of " + active_->database + "." + active_->name);
    }
    chunk_ = std::move(answer).value();
    return OkStatus();
  }

  void EmitChunk(const Position& stream, ChangeBatch* out) {
    Chunk& chunk = *chunk_;
    Group group;
    group.file = stream.file;
    group.offset = stream.offset;
    group.commit_time_us = chunk.read_at_us;
    group.event_time_s = static_cast<uint32_t>(chunk.read_at_us / 1'000'000);
    out->groups.push_back(group);
    const size_t first = out->rows.size();
    for (const Value* values : chunk.rows) {
      const Value* newest = Newest(values, chunk, out);
      if (newest == nullptr) continue;
      RowChange row;
      row.table = chunk.table.get();
      row.after = newest;
      row.group = static_cast<uint32_t>(out->groups.size() - 1);
      row.event_offset = stream.offset;
      row.ordinal = out->rows.size() - first;
      row.event_time_s = group.event_time_s;
      row.op = Op::kSnapshot;
      out->rows.push_back(row);
    }
    if (out->rows.size() > first) out->rows.back().last_in_group = true;
    out->tables.push_back(chunk.table);
    out->block_bytes += chunk.arena.bytes_reserved();
    out->blocks.push_back(chunk_);
    FinishChunk(chunk, out);
  }

  // The row as the stream has it at this place: null if it was deleted.
  const Value* Newest(const Value* values, const Chunk& chunk, ChangeBatch* out) const {
    const TouchedKeys::Touch* touch = touched_->Find(values);
    if (touch == nullptr || Contained(*touch->transaction, chunk)) return values;
    if (touch->deleted) return nullptr;
    return CopyRow(touch->row, &out->arena);
  }

  static const Value* CopyRow(const std::vector<Value>& row, Arena* arena) {
    Value* copy = arena->AllocateArray<Value>(row.size());
    for (size_t i = 0; i < row.size(); ++i) {
      const Value& value = row[i];
      switch (value.kind()) {
        case ValueKind::kDecimal: copy[i] = Value::Decimal(arena->Copy(value.text())); break;
        case ValueKind::kText: copy[i] = Value::Text(arena->Copy(value.text())); break;
        case ValueKind::kBytes: copy[i] = Value::Bytes(arena->Copy(value.text())); break;
        case ValueKind::kJson: copy[i] = Value::Json(arena->Copy(value.text())); break;
        default: copy[i] = value; break;
      }
    }
    return copy;
  }

  void FinishChunk(const Chunk& chunk, ChangeBatch* out) {
    TableProgress& progress = active_->progress;
    ++progress.chunks;
    progress.rows += chunk.rows.size();
    rows_ += chunk.rows.size();
    if (!chunk.last_key.empty()) progress.after = chunk.last_key;
    progress.done = chunk.last;
    out->state.push_back(ToRecord(active_->database, active_->name, progress));
    touched_->Forget([&](const TouchedKeys::Transaction& transaction) { return Contained(transaction, chunk); });
    if (!chunk.rows.empty()) {
      const uint64_t row_bytes = std::max<uint64_t>(1, chunk.arena.bytes_reserved() / chunk.rows.size());
      rows_max_ = std::clamp(context_.chunk_bytes / row_bytes, kChunkRowsMin, std::max(kChunkRowsMin, context_.chunk_rows));
    }
    if (chunk.last) {
      ++tables_done_;
      active_.reset();
      touched_.reset();
    }
    chunk_.reset();
  }

  const SnapshotContext context_;
  binlog::CapturedTables* tables_;
  std::unique_ptr<ChunkReader> reader_;
  std::deque<Table> waiting_;
  std::optional<Table> active_;
  std::vector<Table> dropped_;
  std::unique_ptr<TouchedKeys> touched_;
  Position remembered_from_;
  std::shared_ptr<Chunk> chunk_;
  bool ignore_answer_ = false;
  uint64_t rows_max_ = kFirstChunkRows;
  std::atomic<bool> done_{false};
  std::atomic<uint64_t> tables_total_{0};
  std::atomic<uint64_t> tables_done_{0};
  std::atomic<uint64_t> rows_{0};
  std::atomic<uint64_t> estimate_{0};
};

}  // namespace

Result<std::unique_ptr<Snapshot>> Snapshot::Make(SnapshotContext context, binlog::CapturedTables* tables,
                                                 const std::vector<StateRecord>& state) {
  auto loader = std::make_unique<Loader>(std::move(context), tables);
  RETURN_IF_ERROR(loader->Prepare(state));
  return std::unique_ptr<Snapshot>(std::move(loader));
}

}  // namespace cdc::sources
