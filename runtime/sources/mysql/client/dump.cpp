#include "runtime/sources/mysql/client/dump.h"

#include <string>

#include "runtime/sources/mysql/binlog/gtid_set.h"

namespace cdc::mysql {
namespace {

constexpr uint8_t kDumpCommand = 0x12;
constexpr uint8_t kDumpGtidCommand = 0x1E;
constexpr uint16_t kUntilEnd = 1;
constexpr uint16_t kMariaDbSendAnnotations = 2;  // positions are exact only if every event of the file is sent
constexpr uint64_t kOffsetMax = 0xFFFFFFFFu;

void AppendLe(uint64_t value, int bytes, std::string* out) {
  for (int i = 0; i < bytes; ++i) out->push_back(static_cast<char>(value >> (8 * i)));
}

Status SetUpSession(Connection* connection, const ServerFacts& facts, const Position& from,
                    const DumpOptions& options) {
  const std::string heartbeat_ns = std::to_string(options.heartbeat_ms * 1'000'000);
  RETURN_IF_ERROR(connection->Execute("SET @master_binlog_checksum='CRC32', @source_binlog_checksum='CRC32'"));
  RETURN_IF_ERROR(connection->Execute("SET @master_heartbeat_period=" + heartbeat_ns +
                                      ", @source_heartbeat_period=" + heartbeat_ns));
  RETURN_IF_ERROR(connection->Execute("SET SESSION net_write_timeout=600"));
  if (!facts.mariadb) return OkStatus();
  RETURN_IF_ERROR(connection->Execute("SET @mariadb_slave_capability=4"));
  if (from.gtid_set.empty()) return OkStatus();
  RETURN_IF_ERROR(connection->Execute("SET @slave_connect_state=" + QuoteText(from.gtid_set)));
  return connection->Execute("SET @slave_gtid_strict_mode=1, @slave_gtid_ignore_duplicates=0");
}

Status DumpByFile(Connection* connection, const ServerFacts& facts, const Position& from, const DumpOptions& options) {
  if (from.offset > kOffsetMax) {
    return Error(ErrorCode::kPositionLost, "the dump command cannot name offset " + std::to_string(from.offset) +
                                               " of " + from.file + " (above 4 GiB); it needs GTIDs");
  }
  std::string payload;
  AppendLe(from.offset, 4, &payload);
  AppendLe((facts.mariadb ? kMariaDbSendAnnotations : 0) | (options.until_end ? kUntilEnd : 0), 2, &payload);
  AppendLe(options.server_id, 4, &payload);
  payload += from.file;
  return connection->SendCommand(kDumpCommand, payload);
}

Status DumpByGtid(Connection* connection, const Position& from, const DumpOptions& options) {
  ASSIGN_OR_RETURN(const binlog::GtidSet held, binlog::GtidSet::Parse(from.gtid_set));
  const std::string encoded = held.Encode();
  std::string payload;
  AppendLe(0, 2, &payload);
  AppendLe(options.server_id, 4, &payload);
  AppendLe(0, 4, &payload);  // no file name: the server finds it
  AppendLe(4, 8, &payload);
  AppendLe(encoded.size(), 4, &payload);
  payload += encoded;
  return connection->SendCommand(kDumpGtidCommand, payload);
}

}  // namespace

Status StartDump(Connection* connection, const ServerFacts& facts, const Position& from, const DumpOptions& options) {
  RETURN_IF_ERROR(SetUpSession(connection, facts, from, options));
  if (!facts.mariadb && facts.gtid) return DumpByGtid(connection, from, options);
  if (!facts.mariadb || from.gtid_set.empty()) return DumpByFile(connection, facts, from, options);
  // @slave_connect_state says where; what the command says is not read.
  Position anywhere = from;
  anywhere.file.clear();
  anywhere.offset = 4;
  return DumpByFile(connection, facts, anywhere, options);
}

}  // namespace cdc::mysql
