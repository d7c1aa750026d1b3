#pragma once

// MariaDB's compressed columns and events, and MySQL's compressed transactions.

#include <cstddef>
#include <memory>
#include <string_view>

#include "stdlib/core/arena.h"
#include "stdlib/core/result.h"

namespace cdc::binlog {

// Bytes that live as long as somebody holds them.
struct Block {
  std::shared_ptr<const void> owner;
  size_t bytes = 0;  // that `owner` keeps in memory
};

// A value of a COMPRESSED column. False: broken. Lifetime of `*out`: `bytes` or `arena`.
bool InflateColumn(std::string_view bytes, Arena* arena, std::string_view* out);

// Size of the body of a MariaDB compressed event once inflated. Errors: kCorruptInput.
//   u8 0x80 | algorithm << 4 | n, n bytes of big-endian size, zlib stream
Result<size_t> InflatedEventBodySize(std::string_view bytes);
// Writes exactly that many bytes. Errors: kCorruptInput.
Status InflateEventBody(std::string_view bytes, char* out, size_t size);

// The events inside a TRANSACTION_PAYLOAD, unpacked a block at a time: a transaction of any size needs one block and
// its largest event.
class PayloadReader {
 public:
  // `body` is the event without header and checksum; `owner` keeps it alive.
  // Errors: kCorruptInput; kConfig, a compression that is not known.
  static Result<std::unique_ptr<PayloadReader>> Open(std::string_view body, std::shared_ptr<const void> owner,
                                                     size_t block_bytes);
  virtual ~PayloadReader() = default;

  // What the log says; a hint.
  virtual uint64_t uncompressed_bytes() const = 0;

  // The next event, header included, without checksum; empty at the end. `*block` keeps it alive.
  // Errors: kCorruptInput.
  virtual Result<std::string_view> Next(Block* block) = 0;

  // Begins again with the first event.
  virtual void Restart() = 0;
};

}  // namespace cdc::binlog
