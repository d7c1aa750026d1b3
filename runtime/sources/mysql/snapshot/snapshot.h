#pragma once

// The first load of a source's tables, in stream order (ENGINE §5). Readers, each a connection in a thread of its own,
// read chunks of several tables side by side, and of one table where there are more readers than tables; the source
// thread emits a chunk at the place of the stream where its window closes. The stream never waits for it. A reader has
// one chunk at a time, from the read to the emission.
//
// The stream remembers the keys of the tables under way that it touches, each with its transaction and its newest row,
// from before the reads until the chunks are emitted. No chunk is read before its low mark contains the place where
// that memory began. A row of a chunk whose key was touched by a transaction after the low mark goes out as its newest
// row, or, if it was deleted, not at all. So it does not matter whether the touch itself was published: a skipped
// update cannot take the row away, and a published one is at most repeated, never undone. Every key lies in one chunk,
// so what holds for a single window holds for several.
//
// A DDL on the table discards what was read of it. Where the server refuses a read, the stream may not have met the DDL
// that is the reason: the refusal counts once the stream has passed the place where it happened and met none.

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
  // False: nothing is loaded but what a `resnapshot` rule asks for.
  bool first_loads = true;
  uint64_t readers = 1;
  uint64_t chunk_rows = 50'000;
  uint64_t chunk_bytes = 8u << 20;  // less if as many as there are readers would be too much
};

class Snapshot {
 public:
  // `state`: records of kind snapshot say what earlier runs have done. `tables` outlives the snapshot.
  // Errors: kConfig, a table that cannot be loaded (no key, engine without transactions, MySQL without GTIDs).
  static Result<std::unique_ptr<Snapshot>> Make(SnapshotContext context, binlog::CapturedTables* tables,
                                                const std::vector<StateRecord>& state);
  virtual ~Snapshot() = default;

  // Sees the rows from number `first` on and the DDL that the stream has put into `*batch`; what a DDL ends is saved
  // with it. Errors: kConfig, a rule asks for a load that is not possible: the batch is not to be handed out.
  // Threads: the source thread, as all below but Fill.
  virtual Status Observe(ChangeBatch* batch, size_t first) = 0;

  // Emits the chunk that is due where the stream stands now, between two groups, if one is; starts the next read. True:
  // rows or state were added to `*out`.
  // Errors: of the reader; kConfig, the server refuses to read the table.
  virtual Result<bool> Emit(const Position& stream, ChangeBatch* out) = 0;

  // Everything is loaded and emitted.
  virtual bool done() const = 0;
  // Threads: any.
  virtual void Fill(SourceProgress* progress) const = 0;
};

}  // namespace cdc::sources
