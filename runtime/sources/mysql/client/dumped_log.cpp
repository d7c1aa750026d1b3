#include "runtime/sources/mysql/client/dumped_log.h"

#include <utility>

namespace cdc::mysql {
namespace {

constexpr int kPacketWaitMs = 1'000;

Error Interrupted() { return Error(ErrorCode::kSourceLost, "interrupted"); }

}  // namespace

DumpedLog::DumpedLog(const ConnectOptions& connect, const DumpOptions& dump, const ServerFacts& facts,
                     std::vector<std::string> names)
    : connect_(connect), dump_(dump), facts_(facts), names_(std::move(names)), cursor_(false, true) {
  dump_.until_end = true;
  facts_.gtid = false;  // files are named
}

Result<binlog::LogCursor*> DumpedLog::Enter(size_t file) {
  ASSIGN_OR_RETURN(auto connection, Connection::Open(connect_));
  {
    const std::lock_guard lock(mutex_);
    if (interrupted_) return Interrupted();
    connection_ = std::move(connection);
  }
  RETURN_IF_ERROR(CheckIdentity(connection_.get(), facts_, connect_.address));
  Position head;
  head.file = names_[file];
  RETURN_IF_ERROR(StartDump(connection_.get(), facts_, head, dump_));
  entered_ = false;
  cursor_.ForgetFormat();
  cursor_.GoTo(names_[file], head.offset);
  return &cursor_;
}

Result<std::string_view> DumpedLog::Next() {
  int64_t silent_ms = 0;
  while (true) {
    ASSIGN_OR_RETURN(const auto packet, connection_->ReadPacket(kPacketWaitMs));
    if (connection_->ended()) return std::string_view();
    if (!packet.has_value()) {
      silent_ms += kPacketWaitMs;
      if (silent_ms < connect_.silence_max_ms) continue;
      return Error(ErrorCode::kSourceLost, "the server has sent nothing of " + cursor_.file() + " for " +
                                               std::to_string(silent_ms / 1000) + " s");
    }
    if (packet->size() < binlog::kHeaderSize) {
      return Error(ErrorCode::kCorruptInput, cursor_.file() + ": the server sent a packet that is no log event");
    }
    const binlog::EventHeader header = binlog::ReadHeader(*packet);
    // The first names the file; the next, made up or not, the file behind it.
    if (header.type == binlog::EventType::kRotate && std::exchange(entered_, true)) return std::string_view();
    return *packet;
  }
}

void DumpedLog::Interrupt() {
  const std::lock_guard lock(mutex_);
  interrupted_ = true;
  if (connection_ != nullptr) connection_->Interrupt();
}

}  // namespace cdc::mysql
