#pragma once

// A sink takes encoded records and keeps the state that belongs to them: rows and the position that follows them are
// committed as one (ENGINE §3). A sink that has no transactions says so, and is given a store.

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "runtime/record/message_batch.h"
#include "runtime/record/state_record.h"
#include "stdlib/catalog/settings.h"
#include "stdlib/core/result.h"

namespace cdc {

struct TopicInfo {
  uint32_t index = 0;  // what Message::topic names
  int32_t partitions = 1;
  int64_t record_bytes_max = INT64_MAX;  // key, value and headers of one record
};

// Whose records a sink takes, and its settings. Secrets are read before: by dotted setting name, "auth.password".
struct SinkContext {
  std::string program;
  std::string pipe;
  std::string source;          // for the keys of saved state
  bool among_sources = false;  // the pipe has several sources, each with a sink object of its own
  std::string name;            // the sink's declared name
  catalog::Settings settings;  // every setting of the catalog, defaults filled in
  std::map<std::string, std::string> secrets;
  std::string project_root;     // relative paths start here
  bool reset_position = false;  // `run --reset-position`: forget what was saved
  bool json_values = false;     // every format of the pipe writes JSON values: sinks need not look at them
};

class Sink {
 public:
  virtual ~Sink() = default;

  // Connects, checks, takes ownership (fences an older owner), and loads what was committed before.
  // Called again after a Rewind: everything not committed is aborted and forgotten.
  // Errors: kSinkLost (retry), kSinkRejected, kCredentials, kTakenOver.
  virtual Result<std::vector<StateRecord>> Open() = 0;

  // Finds a topic, creating it where the settings allow. The same name gives the same index for the sink's life.
  // Errors: kSinkRejected (missing and not to be created, or ACL), kSinkLost.
  // Threads: any.
  virtual Result<TopicInfo> Topic(const std::string& name) = 0;

  // Queues the records of a batch in order, beginning a transaction if none is open; may block for back-pressure.
  // Takes the batch; Recycle() gives it back when its bytes are no longer needed.
  // Errors: kSinkLost (abort happened: Rewind), kSinkRejected, kRow (a record the sink can never take), kTakenOver.
  virtual Status Write(std::unique_ptr<MessageBatch> batch) = 0;

  // Makes everything written so far, and `state`, durable and visible as one.
  // Errors: as Write. After any error nothing of it is committed, or all of it is and Open() will say so.
  virtual Status Commit(const std::vector<StateRecord>& state) = 0;

  // A batch whose bytes are free again, or null. Threads: the writer's.
  virtual std::unique_ptr<MessageBatch> Recycle() = 0;

  // Flushes what can be flushed, commits nothing, closes.
  virtual void Close() = 0;
  // Makes blocked calls return kSinkLost soon. Threads: any.
  virtual void Interrupt() = 0;

  // Bytes written since the last commit, and a hint for the engine's commit pacing.
  virtual uint64_t uncommitted_bytes() const = 0;
  virtual bool commits_are_costly() const = 0;  // Kafka transactions: 13–25 ms each
};

}  // namespace cdc
