#include "runtime/sources/mysql/binlog/group_event.h"

#include <algorithm>

#include "runtime/sources/mysql/binlog/bytes.h"

namespace cdc::binlog {
namespace {

constexpr uint64_t kHasOriginalTime = uint64_t{1} << 55;
constexpr size_t kMySql56Body = 25;

enum MariaDbFlags : uint8_t { kStandalone = 0x01, kHasCommitId = 0x02, kPreparedXa = 0x40, kCompletedXa = 0x80 };
enum MariaDbExtra : uint8_t {
  kMultiEngine = 0x01,
  kStartAlter = 0x02,
  kCommitAlter = 0x04,
  kRollbackAlter = 0x08,
  kThreadId = 0x10
};

Error CutOff() { return Error(ErrorCode::kCorruptInput, "a GTID event is cut off or malformed"); }

// The numbers of MySQL's "serialization" library: trailing one bits of the first byte count the further bytes.
uint64_t TakeVariable(ByteReader* in) {
  if (in->left() == 0) return in->Le(1);
  const uint8_t first = *in->at();
  int ones = 0;
  while (ones < 8 && (first >> ones & 1) != 0) ++ones;
  if (ones == 8) {
    in->Skip(1);
    return in->Le(8);
  }
  return in->Le(ones + 1) >> (ones + 1);
}

int64_t TakeSigned(ByteReader* in) {
  const uint64_t u = TakeVariable(in);
  const auto half = static_cast<int64_t>(u >> 1);
  return (u & 1) == 0 ? half : -half - 1;
}

Result<MySqlGroupStart> ParseTagged(std::string_view body) {
  ByteReader in(body);
  MySqlGroupStart start;
  const uint64_t version = TakeVariable(&in);
  TakeVariable(&in);
  const uint64_t last_needed = TakeVariable(&in);
  if (!in.ok() || version != 1) return CutOff();
  while (in.ok() && in.left() > 0) {
    const uint64_t field = TakeVariable(&in);
    switch (field) {
      case 0:
        TakeVariable(&in);
        break;
      case 1:
        for (uint8_t& byte : start.gtid.uuid) byte = static_cast<uint8_t>(TakeVariable(&in));
        break;
      case 2:
        start.gtid.number = static_cast<uint64_t>(TakeSigned(&in));
        break;
      case 3:
        start.gtid.tag = in.Bytes(TakeVariable(&in));
        break;
      case 4:
      case 5:
        TakeSigned(&in);
        break;
      case 6:
        start.commit_time_us = static_cast<int64_t>(TakeVariable(&in));
        break;
      case 7:
      case 8:
      case 9:
      case 10:
      case 11:
        TakeVariable(&in);
        break;
      default:
        if (field <= last_needed) return CutOff();
        in.Rest();
        break;
    }
  }
  if (!in.ok() || start.gtid.number == 0 || start.gtid.number >= INT64_MAX || start.gtid.tag.size() > 32)
    return CutOff();
  return start;
}

}  // namespace

Result<MySqlGroupStart> ParseMySqlGroupStart(EventType type, std::string_view body) {
  if (type == EventType::kGtidTagged) return ParseTagged(body);
  ByteReader in(body);
  MySqlGroupStart start;
  in.Skip(1);
  const std::string_view uuid = in.Bytes(start.gtid.uuid.size());
  start.gtid.number = in.Le(8);
  if (!in.ok()) return CutOff();
  std::copy(uuid.begin(), uuid.end(), start.gtid.uuid.begin());
  if (type == EventType::kAnonymousGtid) start.gtid.number = 0;
  if (type == EventType::kGtid && (start.gtid.number == 0 || start.gtid.number >= INT64_MAX)) return CutOff();
  if (body.size() <= kMySql56Body) return start;
  in.Skip(1 + 8 + 8);
  if (in.ok() && in.left() >= 7) start.commit_time_us = static_cast<int64_t>(in.Le(7) & ~kHasOriginalTime);
  return start;
}

Result<MariaDbGroupStart> ParseMariaDbGroupStart(const EventHeader& header, std::string_view body) {
  ByteReader in(body);
  MariaDbGroupStart start;
  start.gtid.server_id = header.server_id;
  start.gtid.sequence = in.Le(8);
  start.gtid.domain = static_cast<uint32_t>(in.Le(4));
  const uint8_t flags = in.Byte();
  if (!in.ok()) return CutOff();
  start.standalone = (flags & kStandalone) != 0;
  if ((flags & kHasCommitId) != 0) in.Skip(8);
  if ((flags & (kPreparedXa | kCompletedXa)) != 0) {
    in.Skip(4);
    const uint8_t global_size = in.Byte();
    const uint8_t branch_size = in.Byte();
    in.Skip(size_t{global_size} + branch_size);
  }
  // What follows is optional; short events are filled up with zeros.
  const uint8_t extra = in.left() > 0 ? in.Byte() : uint8_t{0};
  if ((extra & kMultiEngine) != 0) in.Skip(1);
  if ((extra & (kCommitAlter | kRollbackAlter)) != 0) in.Skip(8);
  start.alter_began = (extra & kStartAlter) != 0;
  start.alter_undone = (extra & kRollbackAlter) != 0;
  if ((extra & kThreadId) != 0 && in.left() >= 4) start.thread_id = static_cast<uint32_t>(in.Le(4));
  return start;
}

}  // namespace cdc::binlog
