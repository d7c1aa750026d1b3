#pragma once

// The first load of a source's tables, in stream order (ENGINE §5). One reader connection in a thread of its own reads
// chunk after chunk, table after table; the source thread emits a chunk at the place of the stream where its window
// closes. The stream never waits for it.
//
// A row of a chunk whose key was touched by a transaction after the window's low mark goes out as its newest row, or, if it
// was deleted, not at all. So it does not matter whether the touch itself was published: a skipped update cannot
// take the row away, and a published one is at most repeated, never undone.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "runtime/record/change_batch.h"
#include "runtime/sources/mysql/binlog/captured_tables.h"
#include "runtime/sources/mysql/client/server.h"
#include "runtime/sources/mysql/client/tables.h"
#include "runtime/sources/source.h"

namespace cdc::sources {

struct SnapshotContext {
  mysql::ConnectOptions connect;
  mysql::ServerFacts facts;
  std::vector<mysql::ServerTable> tables;  // to be loaded, done ones included
  uint64_t chunk_rows = 50'000;
  uint64_t chunk_bytes = 8u << 20;
};

class Snapshot {
 public:
  // `state`: records of kind snapshot say what earlier runs have done. `tables` outlives the snapshot.
  // Errors: kConfig, a table that cannot be loaded (no key, engine without transactions, MySQL without GTIDs).
  static Result<std::unique_ptr<Snapshot>> Make(SnapshotContext context, binlog::CapturedTables* tables,
                                                const std::vector<StateRecord>& state);
  virtual ~Snapshot() = default;

  // Sees the rows and DDL that the stream hands out, from row number `first` on.
  // Threads: the source thread, as all below but Fill.
  virtual void Observe(const ChangeBatch& batch, size_t first) = 0;

  // Emits the chunk that is due where the stream stands now, if one is; starts the next read. True: rows or state
  // were added to `*out`.
  // Errors: of the reader.
  virtual Result<bool> Emit(const Position& stream, ChangeBatch* out) = 0;

  // Everything is loaded and emitted.
  virtual bool done() const = 0;
  // Threads: any.
  virtual void Fill(SourceProgress* progress) const = 0;
};

}  // namespace cdc::sources
