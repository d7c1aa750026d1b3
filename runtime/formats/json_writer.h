#pragma once

// Writing JSON on the row path: constant byte runs copied in blocks of 16, strings escaped 16 bytes at a time.
// Every function that takes a bare `char*` returns the end of what it wrote and may scribble up to kSlack bytes
// behind it: reserve them.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "stdlib/core/number_text.h"
#include "stdlib/core/out_buffer.h"

namespace cdc::formats {

inline constexpr size_t kSlack = 16;

// Hexadecimal digits of \u00xx: the one difference between the writers that the formats imitate.
enum class HexCase : uint8_t { kLower, kUpper };

// Constant byte runs of one encoder, each padded so that CopyRun may read whole blocks.
class Runs {
 public:
  struct Run {
    uint32_t offset = 0;
    uint32_t size = 0;
  };
  Run Add(std::string_view bytes);
  std::string_view Text(Run run) const { return {bytes_.data() + run.offset, run.size}; }

  // Copies all of `run` but its first `skip` bytes. Requires: room for the run and kSlack at `out`.
  char* Copy(Run run, char* out, uint32_t skip = 0) const {
    const char* from = bytes_.data() + run.offset + skip;
    const size_t size = run.size - skip;
    if (size > 64) [[unlikely]] {
      std::memcpy(out, from, size);
      return out + size;
    }
    for (size_t done = 0; done < size; done += 16) std::memcpy(out + done, from + done, 16);
    return out + size;
  }
  // The same with room made for it.
  void Append(Run run, OutBuffer* out) const { out->AdvanceTo(Copy(run, out->Reserve(run.size + kSlack))); }

 private:
  std::string bytes_;
};

// Writes a short constant, e.g. Put(at, "null").
template <size_t kSize>
inline char* Put(char* out, const char (&text)[kSize]) {
  std::memcpy(out, text, kSize - 1);
  return out + kSize - 1;
}

// A number that seldom changes from one record to the next, e.g. a time: its digits are kept.
class RepeatedNumber {
 public:
  // Requires: room for kNumberTextMax.
  char* Write(int64_t value, char* out) {
    if (value != value_) [[unlikely]] {
      value_ = value;
      size_ = static_cast<size_t>(WriteInt(value, text_) - text_);
    }
    std::memcpy(out, text_, kNumberTextMax);
    return out + size_;
  }

 private:
  int64_t value_ = 0;
  size_t size_ = 1;
  char text_[kNumberTextMax] = {'0'};
};

// Writes `text` escaped, without quotes. Requires: room for 6 * text.size() + kSlack.
char* WriteEscaped(std::string_view text, HexCase hex, char* out);

// Appends `text` escaped, without quotes, in pieces: its size is no measure for the memory taken.
void AppendEscaped(std::string_view text, HexCase hex, OutBuffer* out);

// Appends bytes as text: each byte the code point of its number (ISO-8859-1), escaped; base64 (with the URL alphabet
// if `url`), padded; hexadecimal digits in lower case. None needs escaping but the first.
void AppendLatin1(std::string_view bytes, HexCase hex, OutBuffer* out);
void AppendBase64(std::string_view bytes, bool url, OutBuffer* out);
void AppendHex(std::string_view bytes, OutBuffer* out);

// `text` as a JSON string with its quotes, for constants.
std::string Quoted(std::string_view text, HexCase hex = HexCase::kLower);

}  // namespace cdc::formats
