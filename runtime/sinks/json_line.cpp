#include "runtime/sinks/json_line.h"

#include <array>
#include <charconv>
#include <cstring>

#include "stdlib/core/json_text.h"

namespace cdc::sinks {
namespace {

using Byte = unsigned char;

// Bytes that end a run of plain characters inside a JSON string.
constexpr std::array<bool, 256> MakeSpecial() {
  std::array<bool, 256> special{};
  for (int i = 0; i < 0x20; ++i) special[i] = true;
  special['"'] = true;
  special['\\'] = true;
  return special;
}
constexpr std::array<bool, 256> kSpecial = MakeSpecial();

// Length of the UTF-8 sequence at `at`, 0 if it is none (overlong, surrogate, above U+10FFFF, cut off).
size_t SequenceLength(const char* at, const char* end) {
  const auto* p = reinterpret_cast<const Byte*>(at);
  const auto left = static_cast<size_t>(end - at);
  const auto continues = [&](size_t i) { return i < left && (p[i] & 0xC0) == 0x80; };
  if (p[0] < 0x80) return 1;
  if (p[0] >= 0xC2 && p[0] <= 0xDF) return continues(1) ? 2 : 0;
  if ((p[0] & 0xF0) == 0xE0) {
    if (!continues(1) || !continues(2)) return 0;
    if (p[0] == 0xE0 && p[1] < 0xA0) return 0;
    if (p[0] == 0xED && p[1] >= 0xA0) return 0;
    return 3;
  }
  if (p[0] >= 0xF0 && p[0] <= 0xF4) {
    if (!continues(1) || !continues(2) || !continues(3)) return 0;
    if (p[0] == 0xF0 && p[1] < 0x90) return 0;
    if (p[0] == 0xF4 && p[1] >= 0x90) return 0;
    return 4;
  }
  return 0;
}

bool IsUtf8(std::string_view text) {
  const char* end = text.data() + text.size();
  for (const char* at = text.data(); at < end;) {
    uint64_t eight = 0;
    if (end - at >= 8) std::memcpy(&eight, at, sizeof(eight));
    if (end - at >= 8 && (eight & 0x8080808080808080ULL) == 0) {
      at += 8;
      continue;
    }
    const size_t length = SequenceLength(at, end);
    if (length == 0) return false;
    at += length;
  }
  return true;
}

char* AppendEscape(Byte c, char* to) {
  static constexpr char kHex[] = "0123456789abcdef";
  *to++ = '\\';
  switch (c) {
    case '"':
      *to++ = '"';
      return to;
    case '\\':
      *to++ = '\\';
      return to;
    case '\n':
      *to++ = 'n';
      return to;
    case '\r':
      *to++ = 'r';
      return to;
    case '\t':
      *to++ = 't';
      return to;
    default:
      std::memcpy(to, "u00", 3);
      to[3] = kHex[c >> 4];
      to[4] = kHex[c & 15];
      return to + 5;
  }
}

void AppendEmbedded(std::string_view text, bool known_json, OutBuffer* out) {
  if (known_json || IsJsonDocument(text)) {
    out->Append(text);
  } else {
    AppendQuoted(text, out);
  }
}

int32_t ReadInt32(const char* from) {
  int32_t value = 0;
  std::memcpy(&value, from, sizeof(value));
  return value;
}

void AppendHeaders(std::string_view headers, OutBuffer* out) {
  out->Append('{');
  for (size_t at = 0; at < headers.size();) {
    if (at != 0) out->Append(',');
    const auto name_size = static_cast<size_t>(ReadInt32(headers.data() + at));
    at += 4;
    AppendQuoted(headers.substr(at, name_size), out);
    at += name_size;
    out->Append(':');
    const int32_t value_size = ReadInt32(headers.data() + at);
    at += 4;
    if (value_size < 0) {
      out->Append("null");
      continue;
    }
    AppendEmbedded(headers.substr(at, static_cast<size_t>(value_size)), false, out);
    at += static_cast<size_t>(value_size);
  }
  out->Append('}');
}

void AppendBareValue(std::string_view value, OutBuffer* out) {
  for (size_t at = 0; at < value.size();) {
    const size_t line_feed = value.find('\n', at);
    if (line_feed == std::string_view::npos) {
      out->Append(value.substr(at));
      return;
    }
    out->Append(value.substr(at, line_feed - at));
    out->Append("\\n");
    at = line_feed + 1;
  }
}

}  // namespace

bool IsJsonDocument(std::string_view text) {
  if (text.size() < 2) return false;
  const bool enclosed = (text.front() == '{' && text.back() == '}') || (text.front() == '[' && text.back() == ']');
  return enclosed && text.find('\n') == std::string_view::npos && IsUtf8(text) && IsJson(text);
}

void AppendQuoted(std::string_view text, OutBuffer* out) {
  out->Append('"');
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at < end) {
    const char* run = at;
    size_t broken = 0;
    while (at < end && !kSpecial[static_cast<Byte>(*at)]) {
      const size_t length = SequenceLength(at, end);
      if (length == 0) {
        broken = 1;
        break;
      }
      at += length;
    }
    out->Append({run, static_cast<size_t>(at - run)});
    if (at == end) break;
    if (broken != 0) {
      out->Append("\xEF\xBF\xBD");
    } else {
      out->AdvanceTo(AppendEscape(static_cast<Byte>(*at), out->Reserve(6)));
    }
    ++at;
  }
  out->Append('"');
}

void AppendJsonLine(const MessageBatch& batch, const Message& message, std::string_view topic_json, LineOptions options,
                    OutBuffer* out) {
  const std::string_view bytes = batch.bytes.view();
  const bool has_value = message.value_size >= 0;
  const std::string_view value = batch.value(message);
  if (options.style == LineStyle::kValue) {
    if (has_value) {
      if (options.json_values || IsJsonDocument(value)) {
        out->Append(value);
      } else {
        AppendBareValue(value, out);
      }
    } else {
      out->Append("null");
    }
    out->Append('\n');
    return;
  }
  out->Append("{\"topic\":");
  out->Append(topic_json);
  out->Append(",\"partition\":");
  char* number = out->Reserve(16);
  out->AdvanceTo(std::to_chars(number, number + 16, message.partition).ptr);
  out->Append(",\"key\":");
  if (message.key_size >= 0) {
    AppendEmbedded(batch.key(message), false, out);
  } else {
    out->Append("null");
  }
  out->Append(",\"headers\":");
  AppendHeaders(bytes.substr(static_cast<size_t>(message.headers_offset), static_cast<size_t>(message.headers_size)),
                out);
  out->Append(",\"value\":");
  if (has_value) {
    AppendEmbedded(value, options.json_values, out);
  } else {
    out->Append("null");
  }
  out->Append("}\n");
}

}  // namespace cdc::sinks
