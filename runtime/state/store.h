#pragma once

// Where a pipe's state lives when its sink has no transactions of its own (ENGINE §3): saved after the rows
// it follows, never before. A Kafka sink keeps state in its own transactions and needs no store.

#include <memory>
#include <string>
#include <vector>

#include "runtime/record/state_record.h"
#include "stdlib/core/result.h"

namespace cdc::state {

// Whose state it is. One store serves one pipe and source.
struct StateOwner {
  std::string program;
  std::string pipe;
  std::string source;
};

class Store {
 public:
  virtual ~Store() = default;

  // Takes ownership of the saved state and reads it, in order of kind and item. Called again after a Rewind.
  // Errors: kTakenOver (another process has it open), kSinkRejected (unreadable directory, broken file),
  // kResource.
  virtual Result<std::vector<StateRecord>> Open() = 0;

  // Saves `records` over what is saved: same kind and item replaces, an empty value deletes. All of them or
  // none. Requires: Open() succeeded; one thread at a time. Errors: kResource (disk full), kSinkRejected.
  virtual Status Save(const std::vector<StateRecord>& records) = 0;

  // Forgets everything saved. Requires: Open() succeeded.
  virtual Status Clear() = 0;

  // Gives ownership up; Open() may follow.
  virtual void Close() = 0;
};

}  // namespace cdc::state
