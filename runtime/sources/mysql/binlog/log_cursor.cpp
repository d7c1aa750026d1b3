#include "runtime/sources/mysql/binlog/log_cursor.h"

#include <charconv>

#include "runtime/sources/mysql/binlog/bytes.h"
#include "runtime/sources/mysql/binlog/crc32.h"

namespace cdc::binlog {
namespace {

constexpr size_t kChecksumSize = 4;
constexpr size_t kFlagsAt = 17;
constexpr size_t kServerVersionSize = 50;
constexpr uint16_t kBinlogVersion = 4;
constexpr uint8_t kCrc32Algorithm = 1;

// 90704 of "9.7.4-debug", 101119 of "10.11.19-MariaDB".
int ParseVersion(std::string_view text) {
  int version = 0;
  const char* at = text.data();
  const char* const end = at + text.size();
  for (const int factor : {10000, 100, 1}) {
    int part = 0;
    const auto read = std::from_chars(at, end, part);
    if (read.ec != std::errc() || part > 999) return version;
    version += part * factor;
    at = read.ptr;
    if (at == end || *at != '.') break;
    ++at;
  }
  return version;
}

Error ChecksumError(uint32_t found, uint32_t computed) {
  return Error(ErrorCode::kCorruptInput, "checksum mismatch: the log has " + std::to_string(found) +
                                             ", the bytes give " + std::to_string(computed) +
                                             "; the log is damaged here");
}

}  // namespace

bool LogCursor::HasChecksum(EventType type) const {
  if (type == EventType::kFormatDescription) return true;
  return format_known_ ? checksums_ : declared_checksum_;
}

Result<std::string_view> LogCursor::Open(std::string_view event, const EventHeader& header, bool verify) {
  if (header.size != event.size()) {
    return Error(ErrorCode::kCorruptInput, "the event says it has " + std::to_string(header.size) + " bytes, " +
                                               std::to_string(event.size()) + " came");
  }
  const bool format = header.type == EventType::kFormatDescription;
  const bool checksum = HasChecksum(header.type);
  const size_t frame = header_size_ + (checksum ? kChecksumSize : 0);
  if (event.size() < frame + (format ? 1 : 0))
    return Error(ErrorCode::kCorruptInput, "the event is shorter than its frame");
  const std::string_view covered = event.substr(0, event.size() - kChecksumSize);
  // A FORMAT_DESCRIPTION of a log without checksums has a tail, but nobody fills it.
  const bool filled = !format || static_cast<uint8_t>(covered.back()) == kCrc32Algorithm;
  if (verify && checksum && filled) {
    const uint32_t found = LoadLe32(reinterpret_cast<const uint8_t*>(event.data() + covered.size()));
    uint32_t computed = 0;
    if (format) {
      // The flag that tells an open log from a closed one is set behind the checksum's back.
      std::string copy(covered);
      copy[kFlagsAt] = static_cast<char>(copy[kFlagsAt] & ~1);
      computed = Crc32(copy);
    } else {
      computed = Crc32(covered);
    }
    if (found != computed) return ChecksumError(found, computed);
  }
  return event.substr(header_size_, event.size() - frame);
}

Status LogCursor::ReadFormat(std::string_view body) {
  ByteReader in(body);
  const uint64_t version = in.Le(2);
  std::string_view server = in.Bytes(kServerVersionSize);
  in.Skip(4);
  const uint8_t header_size = in.Byte();
  if (!in.ok() || in.left() < 1) return Error(ErrorCode::kCorruptInput, "FORMAT_DESCRIPTION is cut off");
  if (version != kBinlogVersion || header_size < kHeaderSize) {
    return Error(ErrorCode::kConfig, "the log has format " + std::to_string(version) +
                                         "; this release reads 4 (MySQL 5.6 and "
                                         "later, MariaDB 10 and later)");
  }
  server = server.substr(0, server.find('\0'));
  mariadb_ = server.find("MariaDB") != std::string_view::npos;
  server_version_ = ParseVersion(server);
  header_size_ = header_size;
  checksums_ = static_cast<uint8_t>(body.back()) == kCrc32Algorithm;
  format_known_ = true;
  return OkStatus();
}

void LogCursor::Pass(const EventHeader& header) {
  if (physical_) {
    offset_ += header.size;
    return;
  }
  if ((header.flags & kFlagArtificial) != 0) return;
  if (header.log_pos == 0) {
    // MariaDB 11.4 leaves it out inside groups; a FORMAT_DESCRIPTION without it is a copy for a late starter.
    if (header.type != EventType::kFormatDescription) offset_ += header.size;
    return;
  }
  constexpr uint64_t kEpoch = uint64_t{1} << 32;
  uint64_t end = (offset_ & ~(kEpoch - 1)) | header.log_pos;
  if (end < offset_ && offset_ - end > kEpoch / 2) end += kEpoch;
  offset_ = end < offset_ ? offset_ + header.size : end;
}

}  // namespace cdc::binlog
