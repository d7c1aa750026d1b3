// TRANSACTION_PAYLOAD: (lenenc type, lenenc size, value)* up to type 0, then the packed events. Types: 1 payload size,
// 2 compression (0 zstd, 255 none), 3 unpacked size; their values are length-encoded integers.

#include <zstd.h>

#include <algorithm>
#include <cstring>

#include "runtime/sources/mysql/binlog/bytes.h"
#include "runtime/sources/mysql/binlog/event.h"
#include "runtime/sources/mysql/binlog/inflate.h"

namespace cdc::binlog {
namespace {

constexpr uint64_t kZstd = 0;
constexpr uint64_t kNone = 255;

Error Broken(const char* what) {
  return Error(ErrorCode::kCorruptInput, std::string("a compressed transaction ") + what);
}

struct FreeContext {
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

class Reader : public PayloadReader {
 public:
  Reader(std::string_view packed, bool zstd, uint64_t unpacked, std::shared_ptr<const void> owner, size_t block_bytes)
      : packed_(packed), zstd_(zstd), unpacked_(unpacked), owner_(std::move(owner)), block_bytes_(block_bytes) {
    if (zstd_) context_.reset(ZSTD_createDCtx());
    Restart();
  }

  uint64_t uncompressed_bytes() const override { return unpacked_; }

  void Restart() override {
    in_ = {packed_.data(), packed_.size(), 0};
    buffer_.reset();
    capacity_ = at_ = filled_ = 0;
    if (zstd_) ZSTD_DCtx_reset(context_.get(), ZSTD_reset_session_only);
  }

  Result<std::string_view> Next(Block* block) override {
    if (!zstd_) return NextPlain(block);
    RETURN_IF_ERROR(Fill(kHeaderSize));
    if (filled_ == at_) return std::string_view();
    if (filled_ - at_ < kHeaderSize) return Broken("ends inside an event");
    const uint32_t size = ReadHeader({buffer_.get() + at_, kHeaderSize}).size;
    if (size < kHeaderSize) return Broken("has an event shorter than its header");
    RETURN_IF_ERROR(Fill(size));
    if (filled_ - at_ < size) return Broken("ends inside an event");
    const std::string_view event(buffer_.get() + at_, size);
    at_ += size;
    *block = {buffer_, capacity_};
    return event;
  }

 private:
  Result<std::string_view> NextPlain(Block* block) {
    const std::string_view rest = packed_.substr(in_.pos);
    if (rest.empty()) return rest;
    if (rest.size() < kHeaderSize) return Broken("ends inside an event");
    const uint32_t size = ReadHeader(rest).size;
    if (size < kHeaderSize || size > rest.size()) return Broken("ends inside an event");
    in_.pos += size;
    *block = {owner_, packed_.size()};
    return rest.substr(0, size);
  }

  // Makes `wanted` bytes available at at_, fewer only at the end. Memory grows with what really comes, not with what an
  // event's header claims.
  Status Fill(size_t wanted) {
    while (filled_ - at_ < wanted) {
      if (filled_ == capacity_) MoveOn(wanted);
      ZSTD_outBuffer out{buffer_.get(), capacity_, filled_};
      const size_t result = ZSTD_decompressStream(context_.get(), &out, &in_);
      if (ZSTD_isError(result) != 0) return Broken(ZSTD_getErrorName(result));
      const bool stuck = out.pos == filled_ && in_.pos == in_.size;
      filled_ = out.pos;
      if (stuck) break;
    }
    return OkStatus();
  }

  // Starts a new block with the bytes not yet handed out; the old one stays with those who hold it.
  void MoveOn(size_t wanted) {
    const size_t kept = filled_ - at_;
    const size_t capacity = std::max(block_bytes_, std::min(wanted, 2 * kept + block_bytes_));
    std::shared_ptr<char[]> next(new char[capacity]);
    if (kept > 0) std::memcpy(next.get(), buffer_.get() + at_, kept);
    buffer_ = std::move(next);
    capacity_ = capacity;
    at_ = 0;
    filled_ = kept;
  }

  const std::string_view packed_;
  const bool zstd_;
  const uint64_t unpacked_;
  const std::shared_ptr<const void> owner_;
  const size_t block_bytes_;
  std::unique_ptr<ZSTD_DCtx, FreeContext> context_;
  ZSTD_inBuffer in_{};
  std::shared_ptr<char[]> buffer_;
  size_t capacity_ = 0;
  size_t at_ = 0;
  size_t filled_ = 0;
};

}  // namespace

Result<std::unique_ptr<PayloadReader>> PayloadReader::Open(std::string_view body, std::shared_ptr<const void> owner,
                                                           size_t block_bytes) {
  ByteReader in(body);
  uint64_t compression = kZstd, unpacked = 0, packed = 0;
  bool has_packed = false;
  for (;;) {
    const uint64_t type = in.LenencInt();
    if (!in.ok()) return Broken("has a broken head");
    if (type == 0) break;
    ByteReader value(in.LenencBytes());
    if (!in.ok()) return Broken("has a broken head");
    if (type == 1) {
      packed = value.LenencInt();
      has_packed = true;
    }
    if (type == 2) compression = value.LenencInt();
    if (type == 3) unpacked = value.LenencInt();
  }
  if (has_packed && packed > in.left()) return Broken("is cut off");
  const std::string_view bytes = in.Bytes(has_packed ? packed : in.left());
  if (compression != kZstd && compression != kNone) {
    return Error(ErrorCode::kConfig, "a transaction is compressed by method " + std::to_string(compression) +
                                         ", which this release does not know");
  }
  return std::unique_ptr<PayloadReader>(
      std::make_unique<Reader>(bytes, compression == kZstd, unpacked, std::move(owner), block_bytes));
}

}  // namespace cdc::binlog
