#include "runtime/formats/json_writer.h"

#include <algorithm>
#include <array>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace cdc::formats {
namespace {

constexpr char kLowerDigits[] = "0123456789abcdef";
constexpr char kUpperDigits[] = "0123456789ABCDEF";
constexpr size_t kPieceBytes = 4096;

inline bool NeedsEscape(unsigned char c) { return c < 0x20 || c == '"' || c == '\\'; }

// What one character of ISO 8859-1 is in a JSON string.
struct Piece {
  char bytes[7] = {};
  uint8_t size = 0;
};
using Pieces = std::array<Piece, 256>;

constexpr Piece PieceOf(unsigned c, const char* digits) {
  constexpr char kNamed[] = "\"\"\\\\\bb\tt\nn\ff\rr";
  for (size_t i = 0; i + 1 < sizeof(kNamed); i += 2) {
    if (c == static_cast<unsigned char>(kNamed[i])) return {{'\\', kNamed[i + 1]}, 2};
  }
  if (c < 0x20) return {{'\\', 'u', '0', '0', digits[c >> 4], digits[c & 15]}, 6};
  if (c < 0x80) return {{static_cast<char>(c)}, 1};
  return {{static_cast<char>(0xc0 | (c >> 6)), static_cast<char>(0x80 | (c & 0x3f))}, 2};
}

constexpr Pieces MakePieces(const char* digits) {
  Pieces pieces;
  for (unsigned c = 0; c < pieces.size(); ++c) pieces[c] = PieceOf(c, digits);
  return pieces;
}

constexpr Pieces kPieces[] = {MakePieces(kLowerDigits), MakePieces(kUpperDigits)};

inline const Pieces& PiecesOf(HexCase hex) { return kPieces[hex == HexCase::kLower ? 0 : 1]; }

// Requires: room for sizeof(Piece).
inline char* WritePiece(const Piece& piece, char* out) {
  std::memcpy(out, &piece, sizeof(Piece));
  return out + piece.size;
}

inline char* WriteEscape(unsigned char c, HexCase hex, char* out) { return WritePiece(PiecesOf(hex)[c], out); }

char* WriteByByte(const char* from, const char* end, HexCase hex, char* out) {
  for (; from != end; ++from) {
    if (NeedsEscape(static_cast<unsigned char>(*from))) {
      out = WriteEscape(static_cast<unsigned char>(*from), hex, out);
    } else {
      *out++ = *from;
    }
  }
  return out;
}

#if defined(__SSE2__)
// One bit per byte that needs an escape.
inline unsigned EscapeMask(__m128i bytes) {
  const __m128i quote = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'));
  const __m128i backslash = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'));
  const __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1f)), bytes);
  return static_cast<unsigned>(_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(quote, backslash), control)));
}

// Fewer than 16 bytes: two overlapping loads that stay inside the text.
char* WriteTail(const char* from, size_t size, HexCase hex, char* out) {
  if (size >= 8) {
    const __m128i head = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(from));
    const __m128i tail = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(from + size - 8));
    if (EscapeMask(_mm_unpacklo_epi64(head, tail)) != 0) return WriteByByte(from, from + size, hex, out);
    _mm_storel_epi64(reinterpret_cast<__m128i*>(out), head);
    _mm_storel_epi64(reinterpret_cast<__m128i*>(out + size - 8), tail);
    return out + size;
  }
  if (size >= 4) {
    int32_t head;
    int32_t tail;
    std::memcpy(&head, from, 4);
    std::memcpy(&tail, from + size - 4, 4);
    const __m128i both = _mm_set_epi32(tail, head, tail, head);
    if (EscapeMask(both) != 0) return WriteByByte(from, from + size, hex, out);
    std::memcpy(out, &head, 4);
    std::memcpy(out + size - 4, &tail, 4);
    return out + size;
  }
  return WriteByByte(from, from + size, hex, out);
}
#endif

}  // namespace

Runs::Run Runs::Add(std::string_view bytes) {
  Run run;
  run.offset = static_cast<uint32_t>(bytes_.size());
  run.size = static_cast<uint32_t>(bytes.size());
  bytes_.append(bytes);
  bytes_.append(16 + (16 - bytes.size() % 16) % 16, '\0');
  return run;
}

char* WriteEscaped(std::string_view text, HexCase hex, char* out) {
#if defined(__SSE2__)
  const char* from = text.data();
  size_t left = text.size();
  while (left >= 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(out), bytes);
    const unsigned mask = EscapeMask(bytes);
    if (mask == 0) {
      from += 16;
      out += 16;
      left -= 16;
      continue;
    }
    const unsigned clean = static_cast<unsigned>(__builtin_ctz(mask));
    out = WriteEscape(static_cast<unsigned char>(from[clean]), hex, out + clean);
    from += clean + 1;
    left -= clean + 1;
  }
  return WriteTail(from, left, hex, out);
#else
  return WriteByByte(text.data(), text.data() + text.size(), hex, out);
#endif
}

void AppendEscaped(std::string_view text, HexCase hex, OutBuffer* out) {
  while (!text.empty()) {
    const std::string_view piece = text.substr(0, kPieceBytes);
    out->AdvanceTo(WriteEscaped(piece, hex, out->Reserve(6 * piece.size() + kSlack)));
    text.remove_prefix(piece.size());
  }
}

void AppendLatin1(std::string_view bytes, HexCase hex, OutBuffer* out) {
  const Pieces& pieces = PiecesOf(hex);
  while (!bytes.empty()) {
    const std::string_view piece = bytes.substr(0, kPieceBytes);
    char* at = out->Reserve(6 * piece.size() + kSlack);
    for (const char byte : piece) at = WritePiece(pieces[static_cast<unsigned char>(byte)], at);
    out->AdvanceTo(at);
    bytes.remove_prefix(piece.size());
  }
}

void AppendBase64(std::string_view bytes, bool url, OutBuffer* out) {
  const char* alphabet = url ? "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
                             : "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  char* at = out->Reserve((bytes.size() + 2) / 3 * 4);
  const auto* from = reinterpret_cast<const unsigned char*>(bytes.data());
  size_t left = bytes.size();
  for (; left >= 3; left -= 3, from += 3) {
    const uint32_t word = uint32_t{from[0]} << 16 | uint32_t{from[1]} << 8 | from[2];
    *at++ = alphabet[word >> 18];
    *at++ = alphabet[word >> 12 & 63];
    *at++ = alphabet[word >> 6 & 63];
    *at++ = alphabet[word & 63];
  }
  if (left > 0) {
    const uint32_t word = uint32_t{from[0]} << 16 | (left == 2 ? uint32_t{from[1]} << 8 : 0);
    *at++ = alphabet[word >> 18];
    *at++ = alphabet[word >> 12 & 63];
    *at++ = left == 2 ? alphabet[word >> 6 & 63] : '=';
    *at++ = '=';
  }
  out->AdvanceTo(at);
}

void AppendHex(std::string_view bytes, OutBuffer* out) {
  char* at = out->Reserve(2 * bytes.size());
  for (const char byte : bytes) {
    const auto c = static_cast<unsigned char>(byte);
    *at++ = kLowerDigits[c >> 4];
    *at++ = kLowerDigits[c & 15];
  }
  out->AdvanceTo(at);
}

std::string Quoted(std::string_view text, HexCase hex) {
  OutBuffer buffer;
  buffer.Append('"');
  AppendEscaped(text, hex, &buffer);
  buffer.Append('"');
  return std::string(buffer.view());
}

}  // namespace cdc::formats
