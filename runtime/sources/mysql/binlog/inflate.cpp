#include "runtime/sources/mysql/binlog/inflate.h"

#include <zlib.h>

#include "runtime/sources/mysql/binlog/bytes.h"

namespace cdc::binlog {
namespace {

// zlib's format cannot grow data more than this.
constexpr size_t kDeflateRatioMax = 1032;
constexpr size_t kDeflateSlack = 64;

bool PossibleSize(size_t size, size_t compressed) { return size <= compressed * kDeflateRatioMax + kDeflateSlack; }

bool InflateAll(std::string_view in, bool raw, char* out, size_t size) {
  z_stream stream{};
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(in.data()));
  stream.avail_in = static_cast<uInt>(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(out);
  stream.avail_out = static_cast<uInt>(size);
  if (inflateInit2(&stream, raw ? -MAX_WBITS : MAX_WBITS) != Z_OK) return false;
  const int result = inflate(&stream, Z_FINISH);
  const bool whole = result == Z_STREAM_END && stream.total_out == size;
  inflateEnd(&stream);
  return whole;
}

}  // namespace

bool InflateColumn(std::string_view bytes, Arena* arena, std::string_view* out) {
  if (bytes.empty()) {
    *out = bytes;
    return true;
  }
  const auto head = static_cast<uint8_t>(bytes.front());
  bytes.remove_prefix(1);
  if (head == 0) {
    *out = bytes;
    return true;
  }
  const size_t length_bytes = head & 7;
  if (head >> 4 != 8 || length_bytes == 0 || length_bytes > 4 || bytes.size() < length_bytes) return false;
  const size_t size = LoadBe(reinterpret_cast<const uint8_t*>(bytes.data()), static_cast<int>(length_bytes));
  bytes.remove_prefix(length_bytes);
  if (!PossibleSize(size, bytes.size())) return false;
  char* plain = arena->Allocate(size);
  *out = {plain, size};
  return InflateAll(bytes, (head & 8) != 0, plain, size);
}

Result<size_t> InflatedEventBodySize(std::string_view bytes) {
  ByteReader in(bytes);
  const uint8_t head = in.Byte();
  const int length_bytes = head & 7;
  const uint64_t size = length_bytes <= 4 ? in.Be(length_bytes) : 0;
  if ((head & 0x80) == 0 || (head >> 4 & 7) != 0 || length_bytes == 0 || length_bytes > 4 || !in.ok() ||
      !PossibleSize(size, in.left())) {
    return Error(ErrorCode::kCorruptInput, "a compressed event has a broken head");
  }
  return static_cast<size_t>(size);
}

Status InflateEventBody(std::string_view bytes, char* out, size_t size) {
  const size_t head = 1 + (static_cast<uint8_t>(bytes.front()) & 7);
  if (!InflateAll(bytes.substr(head), false, out, size)) {
    return Error(ErrorCode::kCorruptInput, "a compressed event cannot be unpacked");
  }
  return OkStatus();
}

}  // namespace cdc::binlog
