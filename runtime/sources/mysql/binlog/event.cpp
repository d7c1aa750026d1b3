#include "runtime/sources/mysql/binlog/event.h"

#include "runtime/sources/mysql/binlog/bytes.h"

namespace cdc::binlog {

EventHeader ReadHeader(std::string_view event) {
  const auto* p = reinterpret_cast<const uint8_t*>(event.data());
  EventHeader header;
  header.time_s = LoadLe32(p);
  header.type = static_cast<EventType>(p[4]);
  header.server_id = LoadLe32(p + 5);
  header.size = LoadLe32(p + 9);
  header.log_pos = LoadLe32(p + 13);
  header.flags = LoadLe16(p + 17);
  return header;
}

std::string EventName(EventType type) {
  const char* name = "event";
  switch (type) {
    case EventType::kQuery:
      name = "QUERY";
      break;
    case EventType::kStop:
      name = "STOP";
      break;
    case EventType::kRotate:
      name = "ROTATE";
      break;
    case EventType::kIntvar:
      name = "INTVAR";
      break;
    case EventType::kAppendBlock:
      name = "APPEND_BLOCK";
      break;
    case EventType::kDeleteFile:
      name = "DELETE_FILE";
      break;
    case EventType::kRand:
      name = "RAND";
      break;
    case EventType::kUserVar:
      name = "USER_VAR";
      break;
    case EventType::kFormatDescription:
      name = "FORMAT_DESCRIPTION";
      break;
    case EventType::kXid:
      name = "XID";
      break;
    case EventType::kBeginLoadQuery:
      name = "BEGIN_LOAD_QUERY";
      break;
    case EventType::kExecuteLoadQuery:
      name = "EXECUTE_LOAD_QUERY";
      break;
    case EventType::kTableMap:
      name = "TABLE_MAP";
      break;
    case EventType::kWriteRowsV1:
    case EventType::kWriteRows:
      name = "WRITE_ROWS";
      break;
    case EventType::kUpdateRowsV1:
    case EventType::kUpdateRows:
      name = "UPDATE_ROWS";
      break;
    case EventType::kDeleteRowsV1:
    case EventType::kDeleteRows:
      name = "DELETE_ROWS";
      break;
    case EventType::kIncident:
      name = "INCIDENT";
      break;
    case EventType::kHeartbeat:
    case EventType::kHeartbeatV2:
      name = "HEARTBEAT";
      break;
    case EventType::kIgnorable:
      name = "IGNORABLE";
      break;
    case EventType::kRowsQuery:
      name = "ROWS_QUERY";
      break;
    case EventType::kGtid:
      name = "GTID";
      break;
    case EventType::kAnonymousGtid:
      name = "ANONYMOUS_GTID";
      break;
    case EventType::kPreviousGtids:
      name = "PREVIOUS_GTIDS";
      break;
    case EventType::kTransactionContext:
      name = "TRANSACTION_CONTEXT";
      break;
    case EventType::kViewChange:
      name = "VIEW_CHANGE";
      break;
    case EventType::kXaPrepare:
      name = "XA_PREPARE";
      break;
    case EventType::kPartialUpdateRows:
      name = "PARTIAL_UPDATE_ROWS";
      break;
    case EventType::kTransactionPayload:
      name = "TRANSACTION_PAYLOAD";
      break;
    case EventType::kGtidTagged:
      name = "GTID_TAGGED";
      break;
    case EventType::kAnnotateRows:
      name = "ANNOTATE_ROWS";
      break;
    case EventType::kBinlogCheckpoint:
      name = "BINLOG_CHECKPOINT";
      break;
    case EventType::kMariaGtid:
      name = "GTID";
      break;
    case EventType::kMariaGtidList:
      name = "GTID_LIST";
      break;
    case EventType::kStartEncryption:
      name = "START_ENCRYPTION";
      break;
    case EventType::kQueryCompressed:
      name = "QUERY_COMPRESSED";
      break;
    case EventType::kWriteRowsCompressedV1:
    case EventType::kWriteRowsCompressed:
      name = "WRITE_ROWS_COMPRESSED";
      break;
    case EventType::kUpdateRowsCompressedV1:
    case EventType::kUpdateRowsCompressed:
      name = "UPDATE_ROWS_COMPRESSED";
      break;
    case EventType::kDeleteRowsCompressedV1:
    case EventType::kDeleteRowsCompressed:
      name = "DELETE_ROWS_COMPRESSED";
      break;
  }
  return std::string(name) + " (" + std::to_string(static_cast<int>(type)) + ")";
}

}  // namespace cdc::binlog
