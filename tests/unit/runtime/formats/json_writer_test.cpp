#include "runtime/formats/json_writer.h"

#include <gtest/gtest.h>

#include <random>

#include "runtime/formats/unscaled_decimal.h"
#include "runtime/formats/zone.h"

namespace cdc::formats {
namespace {

// The definition, byte by byte.
std::string Escaped(std::string_view text, HexCase hex) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const size_t short_form = std::string_view("\b\t\n\f\r").find(c);
    if (c == '"' || c == '\\') {
      out += std::string("\\") + c;
    } else if (byte < 0x20 && short_form != std::string_view::npos) {
      out += std::string("\\") + "btnfr"[short_form];
    } else if (byte < 0x20) {
      char code[8];
      std::snprintf(code, sizeof code, hex == HexCase::kLower ? "\\u%04x" : "\\u%04X", byte);
      out += code;
    } else {
      out += c;
    }
  }
  return out;
}

std::string Written(std::string_view text, HexCase hex) {
  OutBuffer out;
  AppendEscaped(text, hex, &out);
  return std::string(out.view());
}

TEST(JsonWriter, EscapesAnyByteAtAnyPlaceOfAnyLength) {
  for (size_t size = 0; size <= 50; ++size) {
    const std::string plain(size, 'x');
    EXPECT_EQ(Written(plain, HexCase::kLower), plain);
    for (size_t at = 0; at < size; ++at) {
      for (const char special : {'"', '\\', '\n', '\x01', '\x1f', '\x7f', '\xc3', ' '}) {
        std::string text = plain;
        text[at] = special;
        EXPECT_EQ(Written(text, HexCase::kUpper), Escaped(text, HexCase::kUpper));
      }
    }
  }
}

TEST(JsonWriter, EscapesLongRandomBytesAsTheDefinitionDoes) {
  std::mt19937 random(7);
  for (int round = 0; round < 50; ++round) {
    std::string text(random() % 20000, ' ');
    for (char& c : text) c = static_cast<char>(random() % (round % 2 == 0 ? 256 : 64));
    EXPECT_EQ(Written(text, HexCase::kLower), Escaped(text, HexCase::kLower));
  }
}

TEST(JsonWriter, RunsAreCopiedWhole) {
  Runs runs;
  std::vector<std::string> texts;
  std::vector<Runs::Run> added;
  for (size_t size = 0; size < 200; ++size) {
    texts.push_back(std::string(size, static_cast<char>('a' + size % 26)));
    added.push_back(runs.Add(texts.back()));
  }
  for (size_t i = 0; i < texts.size(); ++i) {
    OutBuffer out;
    out.Append("<");
    runs.Append(added[i], &out);
    out.Append(">");
    EXPECT_EQ(out.view(), "<" + texts[i] + ">");
  }
}

std::string Latin1(std::string_view bytes) {
  OutBuffer out;
  AppendLatin1(bytes, HexCase::kLower, &out);
  return std::string(out.view());
}

std::string Base64(std::string_view bytes, bool url = false) {
  OutBuffer out;
  AppendBase64(bytes, url, &out);
  return std::string(out.view());
}

TEST(JsonWriter, BytesAsText) {
  EXPECT_EQ(Latin1("\xde\x22\x0a\x02z"), "Þ\\\"\\n\\u0002z");
  EXPECT_EQ(Base64(""), "");
  EXPECT_EQ(Base64("f"), "Zg==");
  EXPECT_EQ(Base64("fo"), "Zm8=");
  EXPECT_EQ(Base64("foo"), "Zm9v");
  EXPECT_EQ(Base64("\xfb\xff", false), "+/8=");
  EXPECT_EQ(Base64("\xfb\xff", true), "-_8=");
  OutBuffer hex;
  AppendHex("\x01\xff", &hex);
  EXPECT_EQ(hex.view(), "01ff");
}

std::string Unscaled(std::string_view decimal) {
  char buffer[kUnscaledBytesMax];
  std::string hex;
  for (const char byte : UnscaledBytes(decimal, buffer)) {
    char digits[3];
    std::snprintf(digits, sizeof digits, "%02x", static_cast<unsigned char>(byte));
    hex += digits;
  }
  return hex;
}

TEST(UnscaledDecimal, IsJavasToByteArray) {
  EXPECT_EQ(Unscaled("0"), "00");
  EXPECT_EQ(Unscaled("12.30"), "04ce");
  EXPECT_EQ(Unscaled("1.27"), "7f");
  EXPECT_EQ(Unscaled("1.28"), "0080");
  EXPECT_EQ(Unscaled("-1.28"), "80");
  EXPECT_EQ(Unscaled("-1.29"), "ff7f");
  EXPECT_EQ(Unscaled("-1"), "ff");
  EXPECT_EQ(Unscaled("18446744073709551615"), "00ffffffffffffffff");
  EXPECT_EQ(Unscaled("-9223372036854775808"), "8000000000000000");
  // 10^65 - 1
  EXPECT_EQ(Unscaled(std::string(35, '9') + "." + std::string(30, '9')),
            "00f316271c7fc3908a8bef464e3945ef7a253609ffffffffffffffff");
}

TEST(Zone, UtcAndOffsets) {
  EXPECT_EQ(ZoneOffsetSeconds("UTC").value(), 0);
  EXPECT_EQ(ZoneOffsetSeconds("+08:00").value(), 8 * 3600);
  EXPECT_EQ(ZoneOffsetSeconds("-03:30").value(), -(3 * 3600 + 1800));
  const auto named = ZoneOffsetSeconds("Europe/Berlin");
  ASSERT_FALSE(named.ok());
  EXPECT_NE(named.error().message().find("PIPE010"), std::string::npos);
  EXPECT_EQ(named.error().code(), ErrorCode::kConfig);
  EXPECT_FALSE(ZoneOffsetSeconds("+15:00").ok());
  EXPECT_FALSE(ZoneOffsetSeconds("+08:75").ok());
}

}  // namespace
}  // namespace cdc::formats
