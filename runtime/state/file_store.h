#pragma once

#include <memory>
#include <string>

#include "runtime/state/store.h"

namespace cdc::state {

// A store in a directory, made if missing. Per owner two JSON files, each replaced as a whole (temporary
// file, fsync, rename), and one lock file that a second process cannot take: see docs/state.md. `durable`
// false: no fsync, what the last seconds saved may be gone after a power failure.
std::unique_ptr<Store> MakeFileStore(std::string directory, StateOwner owner, bool durable = true);

// A store that lasts as long as the process: a Rewind finds its state again, a restart does not.
std::unique_ptr<Store> MakeMemoryStore();

}  // namespace cdc::state
