#pragma once

// A source reads one log, with its first load merged into it, and hands out batches of whole transactions.

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "runtime/record/change_batch.h"
#include "runtime/record/state_record.h"
#include "stdlib/catalog/settings.h"
#include "stdlib/core/result.h"
#include "stdlib/core/type.h"

namespace cdc {

enum class ReadResult { kBatch, kNothing, kEnd };

struct SourceProgress {
  std::string phase;          // "snapshot" or "streaming"
  uint64_t tables = 0;        // captured, as far as they have been met
  uint64_t tables_total = 0;  // of the first load
  uint64_t tables_done = 0;
  uint64_t snapshot_rows = 0;
  uint64_t snapshot_rows_estimate = 0;
  Position head;  // newest position known at the source; empty if unknown
};

// A table with the columns that the program uses, and the types that it was checked with.
struct ExpectedTable {
  std::string database;
  std::string table;
  std::vector<std::pair<std::string, Type>> columns;
};

// Who a source works for, and its settings. Secrets are read before: by dotted setting name, e.g. "password".
struct SourceContext {
  std::string program;
  std::string pipe;
  std::string name;            // the source's declared name
  int index_on_source = 0;     // added to server_id
  catalog::Settings settings;  // every setting of the catalog, defaults filled in
  std::map<std::string, std::string> secrets;
  std::string project_root;             // relative paths start here
  std::string schema_directory;         // schema snapshots (LANGUAGE §7); empty if there are none
  std::string start_override;           // `run --start …`; used when no position is saved
  std::vector<ExpectedTable> expected;  // of the schema snapshot
  Capture* capture = nullptr;           // outlives the source
  size_t batch_bytes = 1u << 20;        // a batch is full from here on; it has one row at least
};

class Source {
 public:
  virtual ~Source() = default;

  // Connects, checks that the source is ready (ENGINE §4), and goes to where `state` says, or to the configured start
  // if there is none. Called again after a Rewind, on the same object: everything older is forgotten.
  // `state` holds this pipe and source's records of kinds position, schema and snapshot.
  // Errors: kSourceLost, kCredentials, kPositionLost, kConfig.
  virtual Status Open(const std::vector<StateRecord>& state) = 0;

  // Fills `*out` (empty on entry) with the next batch. kNothing: none came within `timeout_ms`. kEnd: the source is
  // finished (files at their end, `snapshot only`); the last batch had caught_up set.
  // Errors: kSourceLost (Open again with the committed state), kCorruptInput, kPositionLost, kConfig (a DDL broke the
  // program), kRuleStop.
  // Threads: one at a time, the same one as Open.
  virtual Result<ReadResult> Read(ChangeBatch* out, int timeout_ms) = 0;

  // Makes a blocked Read return soon; forgotten by the next Open. Threads: any.
  virtual void Interrupt() = 0;

  // Threads: any.
  virtual SourceProgress Progress() const = 0;
};

}  // namespace cdc
