#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "runtime/sources/mysql/snapshot/chunk.h"

namespace cdc::sources {

// Reads chunks in a thread of its own, one at a time, on a connection of its own.
class ChunkReader {
 public:
  static std::unique_ptr<ChunkReader> Make(mysql::ConnectOptions connect, mysql::ServerFacts facts);
  // Ends a read under way and joins the thread.
  virtual ~ChunkReader() = default;

  // Requires: no read is under way.
  virtual void Start(ChunkRequest request) = 0;
  virtual bool busy() const = 0;
  // The bound of the read under way that was asked to seek one, as soon as it is known; empty: there is none.
  virtual std::optional<std::vector<std::string>> Bound() = 0;
  // What became of the read: nothing while it goes on. Errors: of the read; the reader can be started again.
  virtual Result<std::optional<ChunkRead>> Take() = 0;
};

}  // namespace cdc::sources
