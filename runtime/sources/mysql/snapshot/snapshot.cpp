#include "runtime/sources/mysql/snapshot/snapshot.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "runtime/record/table_item.h"
#include "runtime/sources/mysql/snapshot/chunk_reader.h"
#include "runtime/sources/mysql/snapshot/load_list.h"
#include "runtime/sources/mysql/snapshot/table_load.h"
#include "stdlib/core/utf8.h"

namespace cdc::sources {
namespace {

constexpr size_t kTouchedBytesMax = 16u << 20;  // of all tables
constexpr uint64_t kHeldBytesMax = 16u << 20;   // of all chunks, unless one alone may be larger
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
  Loader(SnapshotContext context, binlog::CapturedTables* tables)
      : context_(std::move(context)),
        chunk_bytes_(std::min(context_.chunk_bytes, std::max(kHeldBytesMax, context_.chunk_bytes) / context_.readers)),
        tables_(tables),
        slots_(context_.readers) {}

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
        saved.erase(found);
      }
      if (!context_.first_loads && !entry.progress.by_rule) continue;
      rows_ += entry.progress.rows;
      estimate_ += table.rows_estimate;
      if (!entry.progress.done) RETURN_IF_ERROR(CheckLoadable(table));
      list_.Add(std::move(entry));
    }
    // Tables that the server has no longer, by a change that the log is still to bring.
    for (const auto& [item, record] : saved) {
      const auto name = TableOfItem(item);
      if (!name.has_value() || tables_->Current(name->first, name->second) == nullptr ||
          !tables_->WantsSnapshot(name->first, name->second)) {
        continue;
      }
      ASSIGN_OR_RETURN(TableProgress progress, ProgressOf(*record));
      if (context_.first_loads || progress.by_rule) list_.Add({*name, std::move(progress), true});
    }
    Count();
    return OkStatus();
  }

  Status Observe(ChangeBatch* batch, size_t first) override {
    ObserveRows(*batch, first);
    BoundMemory();
    if (!batch->ddl.has_value()) return OkStatus();
    const auto captured = [&](const std::string& database, const std::string& table) {
      return tables_->Wants(database, table) && tables_->WantsSnapshot(database, table);
    };
    const auto wants = [&](const std::string& database, const std::string& table) {
      return context_.first_loads && captured(database, table);
    };
    std::vector<LoadList::Name> hit = list_.OnDdl(*batch->ddl, wants, &batch->state);
    const std::vector<LoadList::Name> dropped = list_.Drop(captured, &batch->state);
    hit.insert(hit.end(), dropped.begin(), dropped.end());
    ASSIGN_OR_RETURN(const bool loads, LoadsAnew(*batch));
    if (loads) {
      const TableVersion& table = *batch->ddl->after;
      spdlog::info("{}.{} is loaded anew, as a rule says: {}", table.database, table.table,
                   Excerpt(batch->ddl->statement, kExcerptBytes));
      hit.emplace_back(table.database, table.table);
      list_.Reload(hit.back(), &batch->state);
    }
    for (const LoadList::Name& name : hit) {
      const auto load = loads_.find(name);
      if (load != loads_.end()) Discard(&load->second);
      if (load != loads_.end() && list_.Active(name) == nullptr) loads_.erase(load);
    }
    CheckColumns(*batch->ddl);
    Count();
    return OkStatus();
  }

  Result<bool> Emit(const Position& stream, ChangeBatch* out) override {
    if (unknown_.has_value()) return *unknown_;
    RETURN_IF_ERROR(TakeAnswers());
    RETURN_IF_ERROR(LookAtRefusals(stream));
    RETURN_IF_ERROR(StartReads(stream));
    for (LoadList::Table& table : *list_.active()) {
      const auto load = loads_.find(table.name);
      Window* due = load == loads_.end() ? nullptr : load->second.load.Due(stream);
      if (due == nullptr) continue;
      EmitChunk(&table, &load->second, *due, stream, out);
      return true;
    }
    return false;
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
  struct Active {
    TableLoad load;
    uint64_t rows_max = kFirstChunkRows;
    int rebuilt_reads = 0;  // of the first chunk that is left
  };

  // One reader, and what it reads; a read whose table was discarded belongs to none, and its answer is dropped.
  struct Slot {
    std::unique_ptr<ChunkReader> reader;  // made with its first read
    LoadList::Name name;
    Active* table = nullptr;
    Window* window = nullptr;
    bool busy() const { return reader != nullptr && reader->busy(); }
  };

  Status CheckLoadable(const mysql::ServerTable& table) const {
    RETURN_IF_ERROR(CheckGtids());
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

  // Whether a rule has the table of a schema change loaded anew. What stops the pipe there is the transform's to say,
  // and a table of unknown columns has all its rows in the log behind it.
  Result<bool> LoadsAnew(const ChangeBatch& batch) const {
    const DdlEvent& ddl = *batch.ddl;
    // CREATE TABLE IF NOT EXISTS, and it did.
    if (ddl.canal_type == "CREATE" && ddl.before != nullptr && ddl.before == ddl.after) return false;
    if (ddl.after == nullptr || ddl.group < 0 || !tables_->WantsSnapshot(ddl.after->database, ddl.after->table)) {
      return false;
    }
    const auto answer = tables_->Answer(ddl, batch.groups[static_cast<size_t>(ddl.group)]);
    if (!answer.ok() || !answer->loads) return false;
    Status possible = CheckGtids();
    if (possible.ok()) possible = CheckKey({ddl.after->database, ddl.after->table}, ddl.after.get());
    if (possible.ok()) return true;
    return Error(ErrorCode::kConfig, "`" + Excerpt(ddl.statement, kExcerptBytes) +
                                         "` asks for a load by its `resnapshot` rule: " + possible.error().message() +
                                         "\n  = the pipe stops before the statement; let the rule say `skip`, and "
                                         "run it again");
  }

  Status CheckGtids() const {
    if (context_.facts.mariadb || context_.facts.gtid) return OkStatus();
    return Error(ErrorCode::kConfig,
                 "the first load needs GTIDs on MySQL (gtid_mode = ON), and the server runs without; turn them "
                 "on, or write `snapshot none;` [PIPE130 server-not-ready]");
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

  void ObserveRows(const ChangeBatch& batch, size_t first) {
    uint32_t group = UINT32_MAX;
    std::shared_ptr<const TouchedKeys::Transaction> transaction;
    const TableVersion* seen = nullptr;
    Active* active = nullptr;
    for (size_t i = first; i < batch.rows.size(); ++i) {
      const RowChange& row = batch.rows[i];
      if (row.table != seen) {
        seen = row.table;
        const auto found = loads_.find(LoadList::Name(seen->database, seen->table));
        active = found == loads_.end() || !found->second.load.begun() ? nullptr : &found->second;
        // Rows of other columns than those being read, without a DDL that says so.
        if (active != nullptr && active->load.table().get() != seen) {
          Discard(active);
          active = nullptr;
        }
      }
      if (active == nullptr || row.op == Op::kSnapshot) continue;
      if (row.group != group) {
        group = row.group;
        transaction = TransactionOf(batch.groups[group]);
      }
      active->load.Touch(row, transaction);
    }
  }

  // More changes than can be remembered: a smaller window for the table that has the most.
  void BoundMemory() {
    size_t bytes = 0;
    Active* largest = nullptr;
    for (auto& [name, active] : loads_) {
      bytes += active.load.touched_bytes();
      if (largest == nullptr || active.load.touched_bytes() > largest->load.touched_bytes()) largest = &active;
    }
    if (bytes <= kTouchedBytesMax) return;
    largest->rows_max = std::max<uint64_t>(1, largest->rows_max / 2);
    largest->load.ReadOneByOne();
    Discard(largest);
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

  // Forgets the windows of a table: its chunks will be read again, with new low marks.
  void Discard(Active* active) {
    for (Slot& slot : slots_) {
      if (slot.table != active) continue;
      slot.table = nullptr;
      slot.window = nullptr;
    }
    active->load.Discard();
  }

  Status TakeAnswers() {
    for (Slot& slot : slots_) {
      if (!slot.busy()) continue;
      if (slot.window != nullptr && slot.window->upto.empty()) {
        const auto bound = slot.reader->Bound();
        if (bound.has_value()) slot.window->upto = *bound;
      }
      auto answer = slot.reader->Take();
      if (slot.busy()) continue;
      Active* const active = std::exchange(slot.table, nullptr);
      Window* const window = std::exchange(slot.window, nullptr);
      if (active == nullptr) continue;
      if (!answer.ok()) return std::move(answer).error().While("first load of " + ToText(slot.name));
      OnAnswer(active, window, std::move(answer).value().value_or(ChunkRead()));
    }
    return OkStatus();
  }

  void OnAnswer(Active* active, Window* window, ChunkRead read) {
    if (read.refused.has_value()) {
      active->load.OnRefused(window, std::move(*read.refused), std::move(read.refused_at));
    } else if (read.chunk == nullptr) {
      active->load.ReadAgain(window);
    } else {
      // The larger of what the server told this reader and what it had told before: both were committed by then.
      std::shared_ptr<const LowMark>& low = read.chunk->low;
      if (window->at_least != nullptr && !Contains(*low, *window->at_least)) low = window->at_least;
      if (newest_low_ == nullptr || Contains(*low, *newest_low_)) newest_low_ = low;
      active->load.OnRead(window, std::move(read.chunk));
    }
  }

  // A refusal counts where the stream has met no DDL that would be the reason. A rebuild of the table is none: it is
  // not logged, or as maintenance, and only the read view is too old for it.
  Status LookAtRefusals(const Position& stream) {
    for (auto& [name, active] : loads_) {
      while (Window* window = active.load.Refused(stream)) {
        if (!mysql::IsTableRebuilt(*window->refused) || ++active.rebuilt_reads > kRebuiltReadsMax) {
          return Error(*window->refused).While("first load of " + ToText(name));
        }
        spdlog::info("first load of {}: the table was rebuilt, the chunk is read again", ToText(name));
        active.load.ReadAgain(window);
      }
    }
    return OkStatus();
  }

  // Keeps the readers busy. Each has one chunk at a time, from the read to the emission, so that many are held at most.
  Status StartReads(const Position& stream) {
    for (LoadList::Table& table : *list_.active()) loads_.try_emplace(table.name);
    size_t open = 0;
    for (auto& [name, active] : loads_) open += static_cast<size_t>(active.load.open());
    for (Slot& slot : slots_) {
      if (slot.busy()) open += slot.table == nullptr ? 1 : 0;  // a read that nobody waits for
    }
    for (Slot& slot : slots_) {
      if (open >= slots_.size()) break;
      if (slot.busy()) continue;
      LoadList::Table* const table = NextToRead();
      if (table == nullptr) break;
      RETURN_IF_ERROR(StartRead(table, stream, &slot));
      ++open;
    }
    return OkStatus();
  }

  // The table that a free reader is for: one of which a chunk stands in the way of others, then one that nothing is
  // read of, then a new one, then the one of which the least is read. Null: none has anything to be read now.
  LoadList::Table* NextToRead() {
    LoadList::Table* best = nullptr;
    int best_rank = 0;
    for (LoadList::Table& table : *list_.active()) {
      const std::optional<int> rank = loads_[table.name].load.Rank();
      if (!rank.has_value() || (best != nullptr && *rank >= best_rank)) continue;
      best = &table;
      best_rank = *rank;
    }
    if ((best != nullptr && best_rank <= 0) || list_.active()->size() >= slots_.size()) return best;
    LoadList::Table* const next = list_.Next();
    return next == nullptr ? best : next;
  }

  Status StartRead(LoadList::Table* table, const Position& stream, Slot* slot) {
    Active& active = loads_[table->name];
    if (!active.load.begun()) RETURN_IF_ERROR(Begin(table, &active, stream));
    if (slot->reader == nullptr) slot->reader = ChunkReader::Make(context_.connect, context_.facts);
    slot->name = table->name;
    slot->table = &active;
    slot->window = active.load.StartRead(newest_low_);
    ChunkRequest request;
    request.table = active.load.table();
    request.key = request.table->schema.DefaultKey();
    request.after = slot->window->after;
    request.upto = slot->window->upto;
    // Where tables are fewer than readers, the next chunk of this one is read before this one is.
    request.seek_bound = request.upto.empty() && !active.load.one_by_one() && list_.waiting() == 0 &&
                         list_.active()->size() < slots_.size();
    request.check_engine = table->late && request.after.empty();
    request.rows_max = std::min(context_.chunk_rows, active.rows_max);
    request.bytes_max = chunk_bytes_;
    request.remembered_from = active.load.remembered_from();
    slot->reader->Start(std::move(request));
    return OkStatus();
  }

  Status Begin(LoadList::Table* table, Active* active, const Position& stream) {
    const auto version = tables_->Current(table->name.first, table->name.second);
    RETURN_IF_ERROR(CheckKey(table->name, version.get()));
    const std::vector<std::string> key = KeyText(version->schema);
    if (table->progress.key != key) {
      // Bounds of another key say nothing: from the start.
      table->progress = {.by_rule = table->progress.by_rule};
      table->progress.key = key;
    }
    active->load.Begin(version, stream, table->progress.after);
    return OkStatus();
  }

  void EmitChunk(LoadList::Table* table, Active* active, const Window& window, const Position& stream,
                 ChangeBatch* out) {
    const std::shared_ptr<Chunk> chunk = window.chunk;
    Group group;
    group.file = stream.file;
    group.offset = stream.offset;
    group.commit_time_us = chunk->read_at_us;
    group.event_time_s = static_cast<uint32_t>(chunk->read_at_us / 1'000'000);
    const size_t first = out->rows.size();
    for (const Value* values : chunk->rows) {
      const Value* newest = active->load.Newest(window, values, &out->arena);
      if (newest == nullptr) continue;
      RowChange row;
      row.table = chunk->table.get();
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
      out->tables.push_back(chunk->table);
      out->block_bytes += chunk->arena.bytes_reserved();
      out->blocks.push_back(chunk);
    }
    FinishChunk(table, active, window, out);
  }

  void FinishChunk(LoadList::Table* table, Active* active, const Window& window, ChangeBatch* out) {
    const Chunk& chunk = *window.chunk;
    TableProgress& progress = table->progress;
    ++progress.chunks;
    active->rebuilt_reads = 0;
    progress.rows += chunk.rows.size();
    rows_ += chunk.rows.size();
    progress.done = window.upto.empty();
    if (!progress.done) {
      progress.after = window.upto;
    } else if (!chunk.last_key.empty()) {
      progress.after = chunk.last_key;
    }
    out->state.push_back(ToRecord(table->name.first, table->name.second, progress));
    if (!chunk.rows.empty()) {
      const uint64_t row_bytes = std::max<uint64_t>(1, chunk.arena.bytes_reserved() / chunk.rows.size());
      active->rows_max = std::max<uint64_t>(1, chunk_bytes_ / row_bytes);
    }
    if (progress.done) {
      spdlog::info("first load of {} is done: {} rows in {} chunks", ToText(table->name), progress.rows,
                   progress.chunks);
      loads_.erase(table->name);
      list_.Finish(LoadList::Name(table->name));
    } else {
      active->load.PopFirst();
    }
    Count();
  }

  const SnapshotContext context_;
  const uint64_t chunk_bytes_;  // of one chunk
  binlog::CapturedTables* tables_;
  LoadList list_;
  std::optional<Error> unknown_;               // why the load cannot go on
  std::map<LoadList::Name, Active> loads_;     // of the tables under way
  std::shared_ptr<const LowMark> newest_low_;  // the largest that any read has had
  std::atomic<bool> done_{false};
  std::atomic<uint64_t> tables_total_{0};
  std::atomic<uint64_t> tables_done_{0};
  std::atomic<uint64_t> rows_{0};
  std::atomic<uint64_t> estimate_{0};
  std::vector<Slot> slots_;  // last: the readers end before what they fill
};

}  // namespace

Result<std::unique_ptr<Snapshot>> Snapshot::Make(SnapshotContext context, binlog::CapturedTables* tables,
                                                 const std::vector<StateRecord>& state) {
  auto loader = std::make_unique<Loader>(std::move(context), tables);
  RETURN_IF_ERROR(loader->Prepare(state));
  return std::unique_ptr<Snapshot>(std::move(loader));
}

}  // namespace cdc::sources
