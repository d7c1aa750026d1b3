#pragma once

// A log's events to rows of committed transactions. Pure: no I/O, no clock; used by every source that reads a binlog.
//
//   decoder->Begin(position);                      // also after every reconnect
//   for each event from there on:
//     switch (Feed(event, block)):
//       kMore:    next event
//       kReady:   while (Drain(batch)) { Seal(batch); hand it out; take a new one }
//       kReread:  reopen the log at position(), Begin(position()), go on there
//   before a batch is handed out: Seal(batch)
//
// Groups: rows are held, as bytes, until the group's commit has been read; ROLLBACK, ROLLBACK TO and a log that ends
// inside a group discard them. A group that outgrows the hold is read to its end keeping nothing; if it commits, Feed
// answers kReread and the second reading hands rows out as they come.
//
// Positions: between groups, or inside one by ordinals (position.h): row events are counted over all tables, inner
// events of a compressed transaction and DDL statements inside a group included.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/record/change_batch.h"
#include "runtime/record/position.h"
#include "runtime/sources/mysql/binlog/captured_tables.h"
#include "stdlib/core/result.h"
#include "stdlib/core/schema.h"

namespace cdc::binlog {

struct FoundSchema {
  std::shared_ptr<const Schema> schema;  // null: not tracked
  uint32_t version = 0;                  // of the tracked table; 0: the decoder counts
};

// The tracked schema of a source at the place in the log that is being read.
class TableSchemaProvider {
 public:
  virtual ~TableSchemaProvider() = default;
  // Called for captured tables only, when a table is first met and again after every DDL statement.
  virtual Result<FoundSchema> Find(const std::string& database, const std::string& table) = 0;
};

// A statement that may change a table, index or database, as logged. Never a user or role statement.
struct DdlStatement {
  std::string text;               // UTF-8
  std::string database;           // default database; may be empty
  uint64_t sql_mode = 0;          // 0x4 ANSI_QUOTES, 0x100000 NO_BACKSLASH_ESCAPES
  uint32_t client_collation = 0;  // collation ids of the session; 0 if not logged
  uint32_t connection_collation = 0;
  uint32_t server_collation = 0;
  uint16_t error_code = 0;  // not 0: it failed partly at the source
  bool mariadb = false;     // the server that wrote the log
  int server_version = 0;   // 90704, 101119
  uint32_t event_time_s = 0;
  bool own_group = true;  // false: inside a transaction (CREATE TABLE … SELECT)
  Group group;
  Position before;  // safe position before its group
};

struct DdlOutcome {
  std::vector<DdlEvent> events;    // each closes a batch
  std::vector<StateRecord> state;  // saved with the last of them, or with the next batch if there is none
};

class DdlHandler {
 public:
  virtual ~DdlHandler() = default;
  // Tracks the change. Errors: kConfig, kRuleStop; the stream stops before the statement.
  virtual Result<DdlOutcome> Handle(const DdlStatement& statement) = 0;
};

struct DecoderOptions {
  Flavour flavour = Flavour::kMySql;  // of the positions it makes
  std::string server;                 // Position::server
  bool verify_checksums = true;
  // Whether the fake ROTATE before the first FORMAT_DESCRIPTION has a checksum: the client has declared CRC32.
  bool declared_checksum = true;
  // Whether positions carry MySQL's GTIDs. Not where the server is read by file and place: what is delivered then is
  // not all that the set would have to name.
  bool gtids = true;
  // lower_case_table_names: statements keep names as they were typed, rows have them in lower case.
  bool fold_names = false;
  size_t hold_bytes = 32u << 20;  // event bytes of captured tables held per open group
  size_t batch_bytes = 1u << 20;  // a batch is full from here on
  size_t block_bytes = 1u << 20;  // size of the source's blocks, for the account of what a batch keeps alive
};

struct DecoderCounters {
  uint64_t events = 0;
  uint64_t event_bytes = 0;
  uint64_t rows = 0;              // row changes handed out
  uint64_t groups = 0;            // complete groups
  uint64_t discarded_groups = 0;  // rolled back, or torn at the end of a log, with captured rows
  uint64_t reread_groups = 0;
};

enum class Fed { kMore, kReady, kReread };

class StreamDecoder {
 public:
  // `tables`, `schemas` and `ddl` outlive the decoder.
  static std::unique_ptr<StreamDecoder> Make(DecoderOptions options, CapturedTables* tables,
                                             TableSchemaProvider* schemas, DdlHandler* ddl);
  virtual ~StreamDecoder() = default;

  // Forgets the open group and everything not drained; the next events come from `from` on, the first of them a
  // FORMAT_DESCRIPTION or, from a server, a ROTATE. A position inside a group
  // is skipped to by its ordinals; another group there is kPositionLost.
  // Errors: kCorruptInput, the GTID set cannot be read.
  virtual Status Begin(const Position& from) = 0;

  // Takes the FORMAT_DESCRIPTION of a file whose reading begins behind it; the position does not move.
  virtual Status Prime(std::string_view format_description_event) = 0;

  // For files: the next event is the first of this one. A group left open at the end of the last one is discarded.
  virtual Status EnterFile(const std::string& name) = 0;

  // Takes the next event: header, body, checksum. `block` keeps its bytes alive.
  // Requires: the last Feed's rows are drained.
  // Errors: kCorruptInput with file, offset, type and an excerpt; kConfig (row image, statement format, charset,
  // program does not fit); kRuleStop and others from the handlers; kPositionLost. The position stays before the group.
  virtual Result<Fed> Feed(std::string_view event, const std::shared_ptr<const void>& block) = 0;

  // Moves what is ready into `*out` until nothing is left or the batch is full or closed by a DDL. True: more is left;
  // hand this batch out and call again with another.
  virtual Result<bool> Drain(ChangeBatch* out) = 0;

  // Sets out->end and adds waiting state records. Any time before `out` is handed out.
  virtual void Seal(ChangeBatch* out) = 0;

  // Where to resume after everything drained so far.
  virtual Position position() const = 0;
  // Log file and offset behind the newest event fed, for progress; not a place to resume.
  virtual const std::string& file() const = 0;
  virtual uint64_t offset() const = 0;
  // Whether the newest event fed lies inside a group.
  virtual bool inside_group() const = 0;
  virtual const DecoderCounters& counters() const = 0;
  // The last FORMAT_DESCRIPTION: who writes this log.
  virtual bool mariadb() const = 0;
  virtual int server_version() const = 0;
};

}  // namespace cdc::binlog
