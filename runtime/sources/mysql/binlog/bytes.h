#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace cdc::binlog {

// Little-endian and big-endian integers of `n` bytes. Requires: n <= 8 readable bytes.
inline uint64_t LoadLe(const uint8_t* p, int n) {
  uint64_t v = 0;
  for (int i = 0; i < n; ++i) v |= uint64_t{p[i]} << (8 * i);
  return v;
}
inline uint64_t LoadBe(const uint8_t* p, int n) {
  uint64_t v = 0;
  for (int i = 0; i < n; ++i) v = v << 8 | p[i];
  return v;
}
inline uint16_t LoadLe16(const uint8_t* p) {
  uint16_t v;
  std::memcpy(&v, p, 2);
  return v;
}
inline uint32_t LoadLe32(const uint8_t* p) {
  uint32_t v;
  std::memcpy(&v, p, 4);
  return v;
}
inline uint64_t LoadLe64(const uint8_t* p) {
  uint64_t v;
  std::memcpy(&v, p, 8);
  return v;
}

// Reads a wire format front to back with every access checked. After the first read past the end, ok() is false and all
// reads give zeros and empty views: check once at the end.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes)
      : at_(reinterpret_cast<const uint8_t*>(bytes.data())), end_(at_ + bytes.size()) {}

  bool ok() const { return ok_; }
  size_t left() const { return static_cast<size_t>(end_ - at_); }
  const uint8_t* at() const { return at_; }

  uint64_t Le(int n) {
    const uint8_t* p = Take(static_cast<size_t>(n));
    return p == nullptr ? 0 : LoadLe(p, n);
  }
  uint64_t Be(int n) {
    const uint8_t* p = Take(static_cast<size_t>(n));
    return p == nullptr ? 0 : LoadBe(p, n);
  }
  uint8_t Byte() { return static_cast<uint8_t>(Le(1)); }
  std::string_view Bytes(size_t n) {
    const uint8_t* p = Take(n);
    return p == nullptr ? std::string_view() : std::string_view(reinterpret_cast<const char*>(p), n);
  }
  std::string_view Rest() { return Bytes(left()); }
  void Skip(size_t n) { Take(n); }

  // MySQL's length-encoded integer.
  uint64_t LenencInt() {
    const uint8_t first = Byte();
    if (first < 0xFB) return first;
    if (first == 0xFC) return Le(2);
    if (first == 0xFD) return Le(3);
    if (first == 0xFE) return Le(8);
    ok_ = false;
    return 0;
  }
  std::string_view LenencBytes() {
    const uint64_t n = LenencInt();
    return Bytes(n);
  }

 private:
  const uint8_t* Take(size_t n) {
    if (n > left()) {
      ok_ = false;
      at_ = end_;
      return nullptr;
    }
    const uint8_t* p = at_;
    at_ += n;
    return p;
  }

  const uint8_t* at_;
  const uint8_t* end_;
  bool ok_ = true;
};

}  // namespace cdc::binlog
