#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace cdc::binlog {

// Event types that we act on or name in messages (specs: MySQL Internals, "Binary Log Event Types"; MariaDB's from
// 160).
enum class EventType : uint8_t {
  kQuery = 2,
  kStop = 3,
  kRotate = 4,
  kIntvar = 5,
  kAppendBlock = 9,
  kDeleteFile = 11,
  kRand = 13,
  kUserVar = 14,
  kFormatDescription = 15,
  kXid = 16,
  kBeginLoadQuery = 17,
  kExecuteLoadQuery = 18,
  kTableMap = 19,
  kWriteRowsV1 = 23,
  kUpdateRowsV1 = 24,
  kDeleteRowsV1 = 25,
  kIncident = 26,
  kHeartbeat = 27,
  kIgnorable = 28,
  kRowsQuery = 29,
  kWriteRows = 30,
  kUpdateRows = 31,
  kDeleteRows = 32,
  kGtid = 33,
  kAnonymousGtid = 34,
  kPreviousGtids = 35,
  kTransactionContext = 36,
  kViewChange = 37,
  kXaPrepare = 38,
  kPartialUpdateRows = 39,
  kTransactionPayload = 40,
  kHeartbeatV2 = 41,
  kGtidTagged = 42,
  kAnnotateRows = 160,
  kBinlogCheckpoint = 161,
  kMariaGtid = 162,
  kMariaGtidList = 163,
  kStartEncryption = 164,
  kQueryCompressed = 165,
  kWriteRowsCompressedV1 = 166,
  kUpdateRowsCompressedV1 = 167,
  kDeleteRowsCompressedV1 = 168,
  kWriteRowsCompressed = 169,
  kUpdateRowsCompressed = 170,
  kDeleteRowsCompressed = 171,
};

inline constexpr size_t kHeaderSize = 19;
inline constexpr uint16_t kFlagArtificial = 0x20;
inline constexpr uint16_t kFlagIgnorable = 0x80;

struct EventHeader {
  uint32_t time_s = 0;  // seconds since 1970 UTC; 0 in artificial events
  EventType type{};
  uint32_t server_id = 0;
  uint32_t size = 0;     // whole event with header and checksum
  uint32_t log_pos = 0;  // end in the file modulo 2^32; 0 if unknown
  uint16_t flags = 0;
};

// Requires: `event` has at least kHeaderSize bytes.
EventHeader ReadHeader(std::string_view event);

// "WRITE_ROWS (30)", for messages.
std::string EventName(EventType type);

}  // namespace cdc::binlog
