#include "runtime/sources/mysql/snapshot/table_load.h"

#include <algorithm>
#include <utility>

#include "stdlib/core/value_copy.h"

namespace cdc::sources {
namespace {

constexpr int kWaitingRank = -1'000'000;  // before every table that no window waits in

bool IsOpen(const Window& window) {
  return window.stage == Window::Stage::kReading || window.stage == Window::Stage::kRead;
}

}  // namespace

bool Contains(const LowMark& low, const TouchedKeys::Transaction& transaction) {
  if (low.by_gtid) return !transaction.gtid.empty() && low.gtids.Contains(transaction.gtid);
  // A low mark is the end of a transaction: one that begins before it ends before it.
  return !AtOrBehind(transaction.start.file, transaction.start.offset, low.place.file, low.place.offset);
}

bool Contains(const LowMark& low, const LowMark& other) {
  if (low.by_gtid) return low.gtids.Contains(other.gtids);
  return AtOrBehind(low.place.file, low.place.offset, other.place.file, other.place.offset);
}

void TableLoad::Begin(std::shared_ptr<const TableVersion> table, const Position& stream,
                      std::vector<std::string> after) {
  CHECK(open() == 0);
  table_ = std::move(table);
  touched_ = std::make_unique<TouchedKeys>(table_->schema.DefaultKey());
  remembered_from_ = stream;
  after_ = std::move(after);
  asked_.reset();
}

void TableLoad::Discard() {
  windows_.clear();
  touched_.reset();
  table_.reset();
  asked_.reset();
}

void TableLoad::Touch(const RowChange& row, const std::shared_ptr<const TouchedKeys::Transaction>& transaction) {
  if (asked_ != transaction) {
    asked_ = transaction;
    answer_ = AllContain(*transaction);
  }
  if (!answer_) touched_->Add(row, table_->schema.columns.size(), transaction);
}

int TableLoad::open() const { return static_cast<int>(std::count_if(windows_.begin(), windows_.end(), IsOpen)); }

std::optional<int> TableLoad::Rank() const {
  int index = 0;
  for (const Window& window : windows_) {
    if (window.stage == Window::Stage::kRefused) return std::nullopt;
    if (window.stage == Window::Stage::kWaiting) return kWaitingRank + index;
    ++index;
  }
  if (windows_.empty()) return 0;
  if (one_by_one_ || windows_.back().upto.empty()) return std::nullopt;
  return open();
}

Window* TableLoad::StartRead(std::shared_ptr<const LowMark> at_least) {
  auto next = std::find_if(windows_.begin(), windows_.end(),
                           [](const Window& window) { return window.stage == Window::Stage::kWaiting; });
  if (next == windows_.end()) {
    Window fresh;
    fresh.after = windows_.empty() ? after_ : windows_.back().upto;
    next = windows_.insert(windows_.end(), std::move(fresh));
  }
  next->stage = Window::Stage::kReading;
  next->at_least = std::move(at_least);
  asked_.reset();
  return &*next;
}

void TableLoad::OnRead(Window* window, std::shared_ptr<Chunk> chunk) {
  window->upto = chunk->upto;
  if (chunk->cut && !window->upto.empty()) {
    Window rest;
    rest.after = chunk->last_key;
    rest.upto = window->upto;
    const auto here =
        std::find_if(windows_.begin(), windows_.end(), [&](const Window& each) { return &each == window; });
    windows_.insert(std::next(here), std::move(rest));
  }
  if (chunk->cut || (window->upto.empty() && !chunk->last)) window->upto = chunk->last_key;
  window->chunk = std::move(chunk);
  window->stage = Window::Stage::kRead;
  Forget();
}

void TableLoad::OnRefused(Window* window, Error error, LogPlace at) {
  window->stage = Window::Stage::kRefused;
  window->refused = std::move(error);
  window->refused_at = std::move(at);
}

void TableLoad::ReadAgain(Window* window) {
  window->stage = Window::Stage::kWaiting;
  window->refused.reset();
  window->at_least.reset();
}

Window* TableLoad::Refused(const Position& stream) {
  for (Window& window : windows_) {
    if (window.stage == Window::Stage::kRefused &&
        AtOrBehind(stream.file, stream.offset, window.refused_at.file, window.refused_at.offset))
      return &window;
  }
  return nullptr;
}

Window* TableLoad::Due(const Position& stream) {
  if (windows_.empty() || windows_.front().stage != Window::Stage::kRead) return nullptr;
  const LogPlace& high = windows_.front().chunk->high;
  return AtOrBehind(stream.file, stream.offset, high.file, high.offset) ? &windows_.front() : nullptr;
}

const Value* TableLoad::Newest(const Window& window, const Value* row, Arena* arena) const {
  const TouchedKeys::Touch* touch = touched_->Find(row);
  if (touch == nullptr || Contains(*window.chunk->low, *touch->transaction)) return row;
  if (touch->deleted) return nullptr;
  // Rows of other columns would have discarded the chunk.
  CHECK(touch->row.size() == table_->schema.columns.size());
  Value* copy = arena->AllocateArray<Value>(touch->row.size());
  for (size_t i = 0; i < touch->row.size(); ++i) copy[i] = CopyValue(touch->row[i], arena);
  return copy;
}

void TableLoad::PopFirst() {
  after_ = windows_.front().upto;
  windows_.pop_front();
  if (open() > 0) {
    Forget();
  } else {
    // What was touched up to here will be in the next low mark, which has to contain the place where that begins.
    touched_.reset();
    asked_.reset();
  }
}

bool TableLoad::AllContain(const TouchedKeys::Transaction& transaction) const {
  return open() > 0 && std::all_of(windows_.begin(), windows_.end(), [&](const Window& window) {
           if (!IsOpen(window)) return true;
           const LowMark* low = window.chunk != nullptr ? window.chunk->low.get() : window.at_least.get();
           return low != nullptr && Contains(*low, transaction);
         });
}

void TableLoad::Forget() {
  asked_.reset();
  touched_->Forget([&](const TouchedKeys::Transaction& transaction) { return AllContain(transaction); });
}

}  // namespace cdc::sources
