#include "runtime/sources/mysql/binlog/wire_values.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "runtime/sources/mysql/binlog/crc32.h"
#include "stdlib/core/temporal.h"
#include "stdlib/core/value.h"

namespace cdc::binlog {
namespace {

using Bytes = std::vector<uint8_t>;

std::string Decimal(const Bytes& bytes, int precision, int scale) {
  EXPECT_EQ(bytes.size(), DecimalWireSize(precision, scale));
  char text[kDecimalTextMax];
  return std::string(text, WriteWireDecimal(bytes.data(), precision, scale, text));
}

TEST(WireDecimal, Vectors) {
  EXPECT_EQ(Decimal({0x7f, 0xff, 0xff, 0xff, 0xfe, 0xe2, 0x32, 0x9a, 0xff, 0xff}, 20, 10), "-1.5000000000");
  EXPECT_EQ(Decimal({0x87, 0x5b, 0xcd, 0x15, 0x3a, 0xde, 0x68, 0xb1}, 18, 9), "123456789.987654321");
  EXPECT_EQ(Decimal({0x7e, 0x79, 0x60}, 5, 5), "-0.99999");
  EXPECT_EQ(Decimal({0x76}, 1, 0), "-9");
  EXPECT_EQ(Decimal({0x80, 0, 0, 0, 0}, 10, 4), "0.0000");
  Bytes tiny(30, 0xff);
  tiny.front() = 0x7f;
  tiny.back() = 0xfe;
  EXPECT_EQ(Decimal(tiny, 65, 30), "-0.000000000000000000000000000001");
}

TEST(WireDecimal, ZeroHasNoSign) {
  EXPECT_EQ(Decimal({0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}, 20, 5), "0.00000");
}

std::string Time2(const Bytes& bytes, int fsp) {
  int64_t micros = 0;
  EXPECT_EQ(bytes.size(), static_cast<size_t>(3 + FractionBytes(fsp)));
  EXPECT_TRUE(ReadTime2(bytes.data(), FractionBytes(fsp), &micros));
  char text[40];
  return std::string(text, FormatTime(micros, fsp, text));
}

std::string Datetime2(const Bytes& bytes, int fsp) {
  int64_t packed = 0;
  EXPECT_TRUE(ReadDatetime2(bytes.data(), FractionBytes(fsp), &packed));
  char text[40];
  return std::string(text, FormatDatetime(packed, fsp, text));
}

std::string Timestamp2(const Bytes& bytes, int fsp) {
  int64_t micros = 0;
  EXPECT_TRUE(ReadTimestamp2(bytes.data(), FractionBytes(fsp), &micros));
  char text[40];
  return std::string(text, FormatTimestamp(micros, fsp, 0, text));
}

TEST(WireTime, Vectors) {
  EXPECT_EQ(Time2({0x7f, 0xff, 0xff, 0xf6}, 1), "-00:00:00.1");
  EXPECT_EQ(Time2({0x7f, 0xff, 0xfe, 0xff}, 2), "-00:00:01.01");
  EXPECT_EQ(Time2({0x7f, 0xff, 0xff, 0xff, 0xf6}, 3), "-00:00:00.001");
  EXPECT_EQ(Time2({0x7f, 0xff, 0xfe, 0xd8, 0xf1}, 4), "-00:00:01.9999");
  EXPECT_EQ(Time2({0x7f, 0xff, 0xff, 0xff, 0xff, 0xff}, 6), "-00:00:00.000001");
  EXPECT_EQ(Time2({0x4b, 0x91, 0x05}, 0), "-838:59:59");
  EXPECT_EQ(Time2({0xb4, 0x6e, 0xfb, 0, 0, 0}, 6), "838:59:59.000000");
  EXPECT_EQ(Time2({0x80, 0xc8, 0xb8, 0x1e, 0xd2}, 3), "12:34:56.789");
}

TEST(WireDatetime, Vectors) {
  EXPECT_EQ(Datetime2({0xfe, 0xf3, 0xff, 0x7e, 0xfb, 0x0f, 0x42, 0x3f}, 6), "9999-12-31 23:59:59.999999");
  EXPECT_EQ(Datetime2({0x8c, 0xb2, 0x42, 0, 0, 0, 0x0a}, 3), "1000-01-01 00:00:00.001");
  EXPECT_EQ(Datetime2({0x99, 0xb2, 0x80, 0x10, 0x83}, 0), "2024-02-00 01:02:03");
  EXPECT_EQ(Datetime2({0x80, 0, 0, 0, 0}, 0), "0000-00-00 00:00:00");
}

TEST(WireTimestamp, Vectors) {
  EXPECT_EQ(Timestamp2({0x7f, 0xff, 0xff, 0xff, 0x0f, 0x42, 0x3f}, 6), "2038-01-19 03:14:07.999999");
  EXPECT_EQ(Timestamp2({0x65, 0xe0, 0x79, 0xf0, 0x0c}, 2), "2024-02-29 12:34:56.12");
  EXPECT_EQ(Timestamp2({0xff, 0xff, 0xff, 0xff, 0x0f, 0x42, 0x3f}, 6), "2106-02-07 06:28:15.999999");
  int64_t micros = 0;
  EXPECT_TRUE(ReadTimestamp2(Bytes(7, 0).data(), 3, &micros));
  EXPECT_EQ(micros, kZeroTimestamp);
}

TEST(WireDate, Vectors) {
  const auto text = [](const Bytes& bytes) {
    int64_t packed = 0;
    EXPECT_TRUE(ReadDate(bytes.data(), &packed));
    char out[40];
    return std::string(out, FormatDate(packed, out));
  };
  EXPECT_EQ(text({0x9f, 0x1f, 0x4e}), "9999-12-31");
  EXPECT_EQ(text({0x00, 0xd0, 0x0f}), "2024-00-00");
}

TEST(OldTimes, MariaDbVectors) {
  int64_t v = 0;
  char text[40];
  EXPECT_TRUE(ReadOldTime(Bytes{0x01, 0xc5, 0xf6, 0xff}.data(), 1, &v));
  EXPECT_EQ(std::string(text, FormatTime(v, 1, text)), "-12:34:56.1");
  EXPECT_TRUE(ReadOldTime(Bytes{0x00, 0xb1, 0x54, 0x7b, 0x85}.data(), 3, &v));
  EXPECT_EQ(std::string(text, FormatTime(v, 3, text)), "-12:34:56.123");
  EXPECT_TRUE(ReadOldTime(Bytes{0x02, 0xbf, 0x3d, 0xde, 0x7b, 0xff}.data(), 6, &v));
  EXPECT_EQ(std::string(text, FormatTime(v, 6, text)), "-00:00:00.000001");
  EXPECT_TRUE(ReadOldDatetime(Bytes{0x00, 0x42, 0x2b, 0xb5, 0x9e, 0x95, 0xfb}.data(), 3, &v));
  EXPECT_EQ(std::string(text, FormatDatetime(v, 3, text)), "2024-02-29 12:34:56.123");
  EXPECT_TRUE(ReadOldTime(Bytes{0xc0, 0x1d, 0xfe}.data(), 0, &v));
  EXPECT_EQ(std::string(text, FormatTime(v, 0, text)), "-12:34:56");
}

TEST(WireValues, ImpossibleOnesAreRefused) {
  int64_t v = 0;
  EXPECT_FALSE(ReadDatetime2(Bytes{0x7f, 0xff, 0xff, 0xff, 0xff}.data(), 0, &v));
  EXPECT_FALSE(ReadDatetime2(Bytes{0x80, 0, 0, 0, 0, 0xff, 0xff, 0xff}.data(), 3, &v));
  EXPECT_FALSE(ReadTimestamp2(Bytes{0, 0, 0, 1, 0xff}.data(), 1, &v));
  EXPECT_FALSE(ReadDate(Bytes{0xff, 0xff, 0xff}.data(), &v));
}

TEST(Crc32, TwoWaysOneAnswer) {
  EXPECT_EQ(Crc32("123456789"), 0xCBF43926u);
  std::string bytes;
  for (int i = 0; i < 700; ++i) {
    ASSERT_EQ(Crc32(bytes), Crc32Portable(bytes)) << bytes.size();
    bytes += static_cast<char>(i * 37 + i / 5);
  }
}

}  // namespace
}  // namespace cdc::binlog
