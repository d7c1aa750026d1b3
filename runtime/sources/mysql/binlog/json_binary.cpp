#include "runtime/sources/mysql/binlog/json_binary.h"

#include <cstring>

#include "runtime/sources/mysql/binlog/bytes.h"
#include "runtime/sources/mysql/binlog/wire_values.h"
#include "stdlib/core/json_text.h"
#include "stdlib/core/number_text.h"
#include "stdlib/core/temporal.h"

namespace cdc::binlog {
namespace {

constexpr int kDepthMax = 100;
// Text is at most this many times its binary form; beyond, values are shared by several entries, which no server
// writes.
constexpr size_t kTextGrowthMax = 16;
constexpr size_t kTextSlack = 4096;

enum JsonType : uint8_t {
  kSmallObject = 0x00,
  kLargeObject = 0x01,
  kSmallArray = 0x02,
  kLargeArray = 0x03,
  kLiteral = 0x04,
  kInt16 = 0x05,
  kUint16 = 0x06,
  kInt32 = 0x07,
  kUint32 = 0x08,
  kInt64 = 0x09,
  kUint64 = 0x0A,
  kDouble = 0x0B,
  kString = 0x0C,
  kOpaque = 0x0F,
};

enum OpaqueType : uint8_t {
  kOpaqueTimestamp = 7,
  kOpaqueDate = 10,
  kOpaqueTime = 11,
  kOpaqueDatetime = 12,
  kOpaqueDecimal = 246
};

// Seven bits per byte, low first; bit 7 says that more follows.
bool ReadVariableLength(std::string_view* in, size_t* length) {
  uint64_t value = 0;
  for (size_t i = 0; i < 5 && i < in->size(); ++i) {
    const auto byte = static_cast<uint8_t>((*in)[i]);
    value |= uint64_t{byte & 0x7Fu} << (7 * i);
    if ((byte & 0x80) == 0) {
      in->remove_prefix(i + 1);
      *length = value;
      return value <= in->size();
    }
  }
  return false;
}

class Writer {
 public:
  Writer(size_t binary_size, OutBuffer* out)
      : out_(out), size_max_(out->size() + binary_size * kTextGrowthMax + kTextSlack) {}

  // `value` begins with the type's value and may be longer than it.
  bool Value(uint8_t type, std::string_view value, int depth) {
    if (out_->size() > size_max_) return false;
    const auto* p = reinterpret_cast<const uint8_t*>(value.data());
    switch (type) {
      case kSmallObject:
      case kLargeObject:
      case kSmallArray:
      case kLargeArray:
        return depth < kDepthMax && Container(type, value, depth + 1);
      case kLiteral:
        return value.size() >= 1 && Literal(p[0]);
      case kInt16:
        return value.size() >= 2 && Int(static_cast<int16_t>(LoadLe(p, 2)));
      case kUint16:
        return value.size() >= 2 && Uint(LoadLe(p, 2));
      case kInt32:
        return value.size() >= 4 && Int(static_cast<int32_t>(LoadLe(p, 4)));
      case kUint32:
        return value.size() >= 4 && Uint(LoadLe(p, 4));
      case kInt64:
        return value.size() >= 8 && Int(static_cast<int64_t>(LoadLe(p, 8)));
      case kUint64:
        return value.size() >= 8 && Uint(LoadLe(p, 8));
      case kDouble:
        return value.size() >= 8 && Double(p);
      case kString: {
        size_t length = 0;
        if (!ReadVariableLength(&value, &length)) return false;
        AppendJsonString(value.substr(0, length), out_);
        return true;
      }
      case kOpaque:
        return Opaque(value);
      default:
        return false;
    }
  }

 private:
  bool Literal(uint8_t which) {
    constexpr std::string_view kLiterals[] = {"null", "true", "false"};
    if (which > 2) return false;
    out_->Append(kLiterals[which]);
    return true;
  }

  bool Int(int64_t value) {
    out_->AdvanceTo(WriteInt(value, out_->Reserve(kNumberTextMax)));
    return true;
  }

  bool Uint(uint64_t value) {
    out_->AdvanceTo(WriteUint(value, out_->Reserve(kNumberTextMax)));
    return true;
  }

  bool Double(const uint8_t* p) {
    double value;
    std::memcpy(&value, p, sizeof(value));
    out_->AdvanceTo(WriteJsonDouble(value, out_->Reserve(kNumberTextMax)));
    return true;
  }

  bool Container(uint8_t type, std::string_view bytes, int depth) {
    const bool large = type == kLargeObject || type == kLargeArray;
    const bool object = type == kSmallObject || type == kLargeObject;
    const size_t s = large ? 4 : 2;
    if (bytes.size() < 2 * s) return false;
    const auto* p = reinterpret_cast<const uint8_t*>(bytes.data());
    const int si = static_cast<int>(s);
    const size_t count = LoadLe(p, si);
    const size_t size = LoadLe(p + s, si);
    const size_t key_entry = object ? s + 2 : 0;
    if (size > bytes.size() || 2 * s + count * (key_entry + 1 + s) > size) return false;
    bytes = bytes.substr(0, size);
    const uint8_t* keys = p + 2 * s;
    const uint8_t* values = keys + count * key_entry;
    out_->Append(object ? '{' : '[');
    for (size_t i = 0; i < count; ++i) {
      if (i > 0) out_->Append(", ");
      if (object && !Key(keys + i * key_entry, si, bytes)) return false;
      if (!Entry(values + i * (1 + s), si, bytes, depth)) return false;
    }
    out_->Append(object ? '}' : ']');
    return true;
  }

  bool Key(const uint8_t* entry, int s, std::string_view bytes) {
    const size_t offset = LoadLe(entry, s);
    const size_t length = LoadLe(entry + s, 2);
    if (offset > bytes.size() || length > bytes.size() - offset) return false;
    AppendJsonString(bytes.substr(offset, length), out_);
    out_->Append(": ");
    return true;
  }

  // Small values stand in the entry itself, others at an offset.
  bool Entry(const uint8_t* entry, int s, std::string_view bytes, int depth) {
    const uint8_t type = entry[0];
    const bool inside =
        type == kLiteral || type == kInt16 || type == kUint16 || (s == 4 && (type == kInt32 || type == kUint32));
    if (inside) {
      return Value(type, {reinterpret_cast<const char*>(entry + 1), static_cast<size_t>(s)}, depth);
    }
    const size_t offset = LoadLe(entry + 1, s);
    return offset < bytes.size() && Value(type, bytes.substr(offset), depth);
  }

  bool Opaque(std::string_view value) {
    if (value.empty()) return false;
    const auto type = static_cast<uint8_t>(value.front());
    value.remove_prefix(1);
    size_t length = 0;
    if (!ReadVariableLength(&value, &length)) return false;
    value = value.substr(0, length);
    const auto* p = reinterpret_cast<const uint8_t*>(value.data());
    switch (type) {
      case kOpaqueDecimal: {
        if (length < 2 || p[0] < 1 || p[0] > 65 || p[1] > 30 || p[1] > p[0]) return false;
        if (length - 2 < DecimalWireSize(p[0], p[1])) return false;
        out_->AdvanceTo(WriteWireDecimal(p + 2, p[0], p[1], out_->Reserve(kDecimalTextMax)));
        return true;
      }
      case kOpaqueDate:
      case kOpaqueDatetime:
      case kOpaqueTimestamp:
      case kOpaqueTime:
        return length == 8 && Temporal(type, static_cast<int64_t>(LoadLe64(p)));
      default:
        return Base64(type, value);
    }
  }

  bool Temporal(uint8_t type, int64_t packed) {
    char* begin = out_->Reserve(48);
    char* out = begin;
    *out++ = '"';
    if (type == kOpaqueTime) {
      const bool negative = packed < 0;
      const uint64_t v = negative ? 0 - static_cast<uint64_t>(packed) : static_cast<uint64_t>(packed);
      const uint64_t clock = v >> 24;
      const auto micros = static_cast<int64_t>(
          ((clock >> 12 & 0x3FF) * 3600 + (clock >> 6 & 63) * 60 + (clock & 63)) * kMicrosPerSecond + (v & 0xFFFFFF));
      out = FormatTime(negative ? -micros : micros, 6, out);
    } else {
      if (packed < 0 || (packed & 0xFFFFFF) >= kMicrosPerSecond) return false;
      out = type == kOpaqueDate ? FormatDate(packed, out) : FormatDatetime(packed, 6, out);
    }
    *out++ = '"';
    out_->AdvanceTo(out);
    return true;
  }

  bool Base64(uint8_t type, std::string_view bytes) {
    constexpr char kDigits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    out_->Append("\"base64:type");
    Uint(type);
    out_->Append(':');
    char* out = out_->Reserve((bytes.size() + 2) / 3 * 4 + 1);
    const auto* p = reinterpret_cast<const uint8_t*>(bytes.data());
    for (size_t i = 0; i < bytes.size(); i += 3) {
      const size_t have = bytes.size() - i;
      const uint32_t v = uint32_t{p[i]} << 16 | (have > 1 ? uint32_t{p[i + 1]} << 8 : 0) | (have > 2 ? p[i + 2] : 0u);
      *out++ = kDigits[v >> 18];
      *out++ = kDigits[v >> 12 & 63];
      *out++ = have > 1 ? kDigits[v >> 6 & 63] : '=';
      *out++ = have > 2 ? kDigits[v & 63] : '=';
    }
    *out++ = '"';
    out_->AdvanceTo(out);
    return true;
  }

  OutBuffer* out_;
  const size_t size_max_;
};

}  // namespace

bool AppendJsonText(std::string_view binary, OutBuffer* out) {
  if (binary.empty()) {
    out->Append("null");
    return true;
  }
  Writer writer(binary.size(), out);
  return writer.Value(static_cast<uint8_t>(binary.front()), binary.substr(1), 0);
}

}  // namespace cdc::binlog
