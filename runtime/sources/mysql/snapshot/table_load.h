#pragma once

// One table of a first load: the windows that its chunks are read in, in the order of the key, and the keys that the
// stream touches meanwhile (ENGINE §5). No I/O.
//
// Windows are read side by side and emitted in the order of the key, so one bound says how far the table is. One memory
// of touched keys serves them all. A window's row that a transaction outside of its low mark touched goes out as its
// newest row, or not at all; so the memory keeps what any open window's low mark may lack. A window whose low mark is
// not known yet contains at least the one that was known when its read began.

#include <list>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "runtime/record/change_batch.h"
#include "runtime/sources/mysql/snapshot/chunk.h"
#include "runtime/sources/mysql/snapshot/touched_keys.h"

namespace cdc::sources {

// A stretch of keys that is read as one chunk.
struct Window {
  enum class Stage { kWaiting, kReading, kRead, kRefused };
  Stage stage = Stage::kWaiting;
  std::vector<std::string> after;           // SQL literals; empty: from the start
  std::vector<std::string> upto;            // empty: to the end, or not known yet
  std::shared_ptr<const LowMark> at_least;  // part of its low mark; null: nothing is known
  std::shared_ptr<Chunk> chunk;             // kRead
  std::optional<Error> refused;             // kRefused, and where the log ended then
  LogPlace refused_at;
};

// Whether the mark contains the transaction, or another mark of the same server.
bool Contains(const LowMark& low, const TouchedKeys::Transaction& transaction);
bool Contains(const LowMark& low, const LowMark& other);

class TableLoad {
 public:
  // Whether touched keys are remembered.
  bool begun() const { return touched_ != nullptr; }
  // Begins to remember, where the stream stands. Nothing is open; the first window begins behind `after`.
  void Begin(std::shared_ptr<const TableVersion> table, const Position& stream, std::vector<std::string> after);
  // Forgets everything: what is being read must not come back.
  void Discard();

  const std::shared_ptr<const TableVersion>& table() const { return table_; }
  const Position& remembered_from() const { return remembered_from_; }

  // Remembers what a row of the table touches.
  void Touch(const RowChange& row, const std::shared_ptr<const TouchedKeys::Transaction>& transaction);
  size_t touched_bytes() const { return begun() ? touched_->bytes() : 0; }
  // From now on one window at a time: the memory of several is too much.
  void ReadOneByOne() { one_by_one_ = true; }
  bool one_by_one() const { return one_by_one_; }

  // How many windows are being read or held.
  int open() const;
  // How much the table needs a reader: the least first, negative for a window that others of the table wait for.
  // Nothing: none can be read now.
  std::optional<int> Rank() const;
  // The window to be read next, as being read. Requires: Rank(), and Begin() where nothing was open.
  Window* StartRead(std::shared_ptr<const LowMark> at_least);
  // What became of a read.
  void OnRead(Window* window, std::shared_ptr<Chunk> chunk);
  void OnRefused(Window* window, Error error, LogPlace at);
  // The window waits again.
  void ReadAgain(Window* window);

  // The refused window with which the stream has caught up; null: none.
  Window* Refused(const Position& stream);
  // The first window, if it is read and the stream is at or past its high mark; null if not.
  Window* Due(const Position& stream);
  // A row of the due window as the stream has it at this place: itself, or a newer one in `arena`, or null if it was
  // deleted. Lifetime: the chunk's, or the arena's.
  const Value* Newest(const Window& window, const Value* row, Arena* arena) const;
  // The due window is emitted.
  void PopFirst();

 private:
  bool AllContain(const TouchedKeys::Transaction& transaction) const;
  void Forget();

  std::shared_ptr<const TableVersion> table_;
  std::unique_ptr<TouchedKeys> touched_;
  Position remembered_from_;
  std::vector<std::string> after_;  // of the first window
  std::list<Window> windows_;
  bool one_by_one_ = false;
  // The last transaction that AllContain() was asked about, and its answer.
  std::shared_ptr<const TouchedKeys::Transaction> asked_;
  bool answer_ = false;
};

}  // namespace cdc::sources
