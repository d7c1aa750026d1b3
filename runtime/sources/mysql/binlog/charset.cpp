#include "runtime/sources/mysql/binlog/charset.h"

#include <iconv.h>

#include <array>
#include <cstring>
#include <memory>

#include "stdlib/core/check.h"
#include "stdlib/core/utf8.h"

namespace cdc::binlog {
namespace {

// cp1252's characters 0x80–0x9F; MySQL's latin1 maps its five holes to the control characters of the same number.
constexpr std::array<uint16_t, 32> kLatin1High = {0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                                  0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D, 0x017D, 0x008F,
                                                  0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                                  0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

std::string_view Latin1ToUtf8(std::string_view bytes, Arena* arena) {
  char* const begin = arena->Allocate(bytes.size() * 3);
  char* out = begin;
  for (const char c : bytes) {
    const auto byte = static_cast<uint8_t>(c);
    const char32_t character = byte >= 0x80 && byte < 0xA0 ? kLatin1High[byte - 0x80] : byte;
    out = WriteCharacter(character, out);
  }
  return {begin, static_cast<size_t>(out - begin)};
}

// gbk's two-byte characters: lead byte 0x81–0xFE, trail byte 0x40–0xFE.
constexpr int kGbkLeads = 0xFE - 0x81 + 1;
constexpr int kGbkTrails = 0xFE - 0x40 + 1;
using GbkTable = std::array<uint16_t, kGbkLeads * kGbkTrails>;

uint16_t ConvertGbkPair(iconv_t converter, uint8_t lead, uint8_t trail) {
  char in_bytes[2] = {static_cast<char>(lead), static_cast<char>(trail)};
  uint8_t out_bytes[4];
  char* in = in_bytes;
  char* out = reinterpret_cast<char*>(out_bytes);
  size_t in_left = 2, out_left = sizeof(out_bytes);
  iconv(converter, nullptr, nullptr, nullptr, nullptr);
  if (iconv(converter, &in, &in_left, &out, &out_left) == static_cast<size_t>(-1) || out_left != 2) return 0;
  return static_cast<uint16_t>(out_bytes[0] << 8 | out_bytes[1]);
}

// Made once per process from the C library's table, which equals the servers' over all valid pairs. Null if the library
// has none.
const GbkTable* FindGbkTable() {
  static const std::unique_ptr<const GbkTable> table = []() -> std::unique_ptr<const GbkTable> {
    iconv_t converter = iconv_open("UTF-16BE", "GBK");
    if (converter == reinterpret_cast<iconv_t>(-1)) return nullptr;
    auto made = std::make_unique<GbkTable>();
    for (int lead = 0; lead < kGbkLeads; ++lead) {
      for (int trail = 0; trail < kGbkTrails; ++trail) {
        (*made)[static_cast<size_t>(lead * kGbkTrails + trail)] =
            ConvertGbkPair(converter, static_cast<uint8_t>(0x81 + lead), static_cast<uint8_t>(0x40 + trail));
      }
    }
    iconv_close(converter);
    return made;
  }();
  return table.get();
}

std::string_view GbkToUtf8(std::string_view bytes, Arena* arena) {
  const GbkTable& table = *FindGbkTable();
  char* const begin = arena->Allocate(bytes.size() * 3);
  char* out = begin;
  for (size_t i = 0; i < bytes.size(); ++i) {
    const auto lead = static_cast<uint8_t>(bytes[i]);
    if (lead < 0x80) {
      *out++ = static_cast<char>(lead);
      continue;
    }
    const auto trail = i + 1 < bytes.size() ? static_cast<uint8_t>(bytes[i + 1]) : uint8_t{0};
    uint16_t character = 0;
    if (lead >= 0x81 && lead <= 0xFE && trail >= 0x40 && trail <= 0xFE) {
      character = table[static_cast<size_t>((lead - 0x81) * kGbkTrails + trail - 0x40)];
    }
    if (character != 0) ++i;
    out = WriteCharacter(character != 0 ? character : U'\uFFFD', out);
  }
  return {begin, static_cast<size_t>(out - begin)};
}

struct CollationRange {
  uint16_t first;
  uint16_t last;
  std::string_view charset;
};

// Collation ids of MySQL 5.6–9.7 and MariaDB 10.11–11.8, which agree; ascending.
constexpr CollationRange kCollations[] = {
    {1, 1, "big5"},          {2, 2, "latin2"},        {3, 3, "dec8"},          {4, 4, "cp850"},
    {5, 5, "latin1"},        {6, 6, "hp8"},           {7, 7, "koi8r"},         {8, 8, "latin1"},
    {9, 9, "latin2"},        {10, 10, "swe7"},        {11, 11, "ascii"},       {12, 12, "ujis"},
    {13, 13, "sjis"},        {14, 14, "cp1251"},      {15, 15, "latin1"},      {16, 16, "hebrew"},
    {18, 18, "tis620"},      {19, 19, "euckr"},       {20, 20, "latin7"},      {21, 21, "latin2"},
    {22, 22, "koi8u"},       {23, 23, "cp1251"},      {24, 24, "gb2312"},      {25, 25, "greek"},
    {26, 26, "cp1250"},      {27, 27, "latin2"},      {28, 28, "gbk"},         {29, 29, "cp1257"},
    {30, 30, "latin5"},      {31, 31, "latin1"},      {32, 32, "armscii8"},    {33, 33, "utf8mb3"},
    {34, 34, "cp1250"},      {35, 35, "ucs2"},        {36, 36, "cp866"},       {37, 37, "keybcs2"},
    {38, 38, "macce"},       {39, 39, "macroman"},    {40, 40, "cp852"},       {41, 42, "latin7"},
    {43, 43, "macce"},       {44, 44, "cp1250"},      {45, 46, "utf8mb4"},     {47, 49, "latin1"},
    {50, 52, "cp1251"},      {53, 53, "macroman"},    {54, 55, "utf16"},       {56, 56, "utf16le"},
    {57, 57, "cp1256"},      {58, 59, "cp1257"},      {60, 61, "utf32"},       {62, 62, "utf16le"},
    {63, 63, "binary"},      {64, 64, "armscii8"},    {65, 65, "ascii"},       {66, 66, "cp1250"},
    {67, 67, "cp1256"},      {68, 68, "cp866"},       {69, 69, "dec8"},        {70, 70, "greek"},
    {71, 71, "hebrew"},      {72, 72, "hp8"},         {73, 73, "keybcs2"},     {74, 74, "koi8r"},
    {75, 75, "koi8u"},       {76, 76, "utf8mb3"},     {77, 77, "latin2"},      {78, 78, "latin5"},
    {79, 79, "latin7"},      {80, 80, "cp850"},       {81, 81, "cp852"},       {82, 82, "swe7"},
    {83, 83, "utf8mb3"},     {84, 84, "big5"},        {85, 85, "euckr"},       {86, 86, "gb2312"},
    {87, 87, "gbk"},         {88, 88, "sjis"},        {89, 89, "tis620"},      {90, 90, "ucs2"},
    {91, 91, "ujis"},        {92, 93, "geostd8"},     {94, 94, "latin1"},      {95, 96, "cp932"},
    {97, 98, "eucjpms"},     {99, 99, "cp1250"},      {101, 124, "utf16"},     {128, 151, "ucs2"},
    {159, 159, "ucs2"},      {160, 183, "utf32"},     {192, 215, "utf8mb3"},   {223, 223, "utf8mb3"},
    {224, 247, "utf8mb4"},   {248, 250, "gb18030"},   {255, 323, "utf8mb4"},   {576, 579, "utf8mb3"},
    {608, 611, "utf8mb4"},   {640, 642, "ucs2"},      {672, 674, "utf16"},     {736, 738, "utf32"},
    {1025, 1025, "big5"},    {1032, 1032, "latin1"},  {1035, 1035, "ascii"},   {1052, 1052, "gbk"},
    {1057, 1057, "utf8mb3"}, {1069, 1070, "utf8mb4"}, {1071, 1071, "latin1"},  {1089, 1089, "ascii"},
    {1107, 1107, "utf8mb3"}, {1111, 1111, "gbk"},     {1216, 1216, "utf8mb3"}, {1238, 1238, "utf8mb3"},
    {1248, 1248, "utf8mb4"}, {1270, 1270, "utf8mb4"}, {2048, 2247, "utf8mb3"}, {2304, 2503, "utf8mb4"},
    {2560, 2759, "ucs2"},    {2816, 3015, "utf16"},   {3072, 3271, "utf32"}};

}  // namespace

bool IsAscii(std::string_view bytes) {
  const char* p = bytes.data();
  size_t n = bytes.size();
  uint64_t seen = 0;
  for (; n >= 8; p += 8, n -= 8) {
    uint64_t word;
    std::memcpy(&word, p, 8);
    seen |= word;
  }
  for (; n > 0; ++p, --n) seen |= static_cast<uint8_t>(*p);
  return (seen & 0x8080808080808080ull) == 0;
}

Charset FindCharset(std::string_view name) {
  if (name == "utf8mb4") return Charset::kUtf8mb4;
  if (name == "utf8mb3" || name == "utf8") return Charset::kUtf8mb3;
  if (name == "binary") return Charset::kBinary;
  if (name == "latin1") return Charset::kLatin1;
  if (name == "ascii") return Charset::kAscii;
  if (name == "gbk" && FindGbkTable() != nullptr) return Charset::kGbk;
  return Charset::kUnsupported;
}

std::string_view CharsetNameOfCollation(uint32_t collation_id) {
  for (const CollationRange& range : kCollations) {
    if (collation_id >= range.first && collation_id <= range.last) return range.charset;
  }
  return {};
}

uint32_t CharacterBytesMax(std::string_view name) {
  if (name == "utf8mb4" || name == "utf16" || name == "utf16le" || name == "utf32" || name == "gb18030") return 4;
  if (name == "utf8mb3" || name == "utf8" || name == "ujis" || name == "eucjpms") return 3;
  if (name == "gbk" || name == "big5" || name == "sjis" || name == "cp932" || name == "euckr" || name == "gb2312" ||
      name == "ucs2") {
    return 2;
  }
  return 1;
}

std::string_view ToUtf8(Charset charset, std::string_view bytes, Arena* arena) {
  switch (charset) {
    case Charset::kUtf8mb4:
    case Charset::kUtf8mb3:
    case Charset::kAscii:
    case Charset::kBinary:
      return bytes;
    case Charset::kLatin1:
      return IsAscii(bytes) ? bytes : Latin1ToUtf8(bytes, arena);
    case Charset::kGbk:
      return IsAscii(bytes) ? bytes : GbkToUtf8(bytes, arena);
    case Charset::kUnsupported:
      break;
  }
  CHECK(charset != Charset::kUnsupported);
  return {};
}

}  // namespace cdc::binlog
