#include "runtime/sources/mysql/binlog/stream_decoder.h"

#include <algorithm>
#include <utility>

#include "runtime/sources/mysql/binlog/bytes.h"
#include "runtime/sources/mysql/binlog/decoder.h"

namespace cdc::binlog {
namespace {

constexpr size_t kExcerptBytes = 32;

std::string Hex(std::string_view bytes) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (const char c : bytes.substr(0, kExcerptBytes)) {
    if (!text.empty()) text += ' ';
    text += kDigits[static_cast<uint8_t>(c) >> 4];
    text += kDigits[static_cast<uint8_t>(c) & 15];
  }
  return bytes.size() > kExcerptBytes ? text + " …" : text;
}

// Nothing behind it could be read with certainty: whether events carry checksums stands there.
Error WithoutFormat(EventType first) {
  return Error(ErrorCode::kCorruptInput, "the log begins with " + EventName(first) + ", not FORMAT_DESCRIPTION");
}

}  // namespace

std::unique_ptr<StreamDecoder> StreamDecoder::Make(DecoderOptions options, CapturedTables* tables,
                                                   TableSchemaProvider* schemas, DdlHandler* ddl) {
  return std::make_unique<Decoder>(std::move(options), tables, schemas, ddl);
}

Decoder::Decoder(DecoderOptions options, CapturedTables* tables, TableSchemaProvider* schemas, DdlHandler* ddl)
    : options_(std::move(options)),
      tables_(tables),
      ddl_(ddl),
      registry_(tables, schemas),
      cursor_(options_.flavour == Flavour::kFiles, options_.declared_checksum),
      buffer_(options_.block_bytes),
      writer_(options_.batch_bytes) {}

const DecoderCounters& Decoder::counters() const {
  counters_.rows = writer_.rows();
  return counters_;
}

Status Decoder::Begin(const Position& from) {
  if (options_.flavour == Flavour::kMySql) {
    ASSIGN_OR_RETURN(gtid_set_, GtidSet::Parse(from.gtid_set));
  } else if (options_.flavour == Flavour::kMariaDb) {
    ASSIGN_OR_RETURN(gtid_state_, MariaDbGtidState::Parse(from.gtid_set));
  }
  gtid_text_stale_ = true;
  cursor_.GoTo(from.file, from.offset);
  cursor_.ForgetFormat();
  safe_file_ = from.file;
  safe_offset_ = from.offset;
  commit_time_us_ = from.commit_time_us;
  delivered_events_ = from.row_event;
  delivered_rows_ = from.row;
  resume_pending_ = from.inside_group();
  group_ = OpenGroup();
  buffer_.Clear();
  payload_.reset();
  ready_ = committed_ = false;
  skip_events_ = skip_rows_ = 0;
  registry_.ForgetIds();
  registry_.ForgetReplaced();
  if (!rereading_) {
    scan_.reset();
    waiting_state_.clear();
    registry_.SchemasChanged();
  }
  return OkStatus();
}

Status Decoder::Prime(std::string_view event) {
  if (event.size() < kHeaderSize) return Error(ErrorCode::kCorruptInput, "the log ends inside its first event");
  const EventHeader header = ReadHeader(event);
  if (header.type != EventType::kFormatDescription) return WithoutFormat(header.type);
  auto body = cursor_.Open(event, header, options_.verify_checksums);
  if (!body.ok()) return Locate(std::move(body).error(), header, event);
  return OnFormat(*body);
}

Status Decoder::EnterFile(const std::string& name) {
  Discard();
  cursor_.GoTo(name, 4);
  cursor_.ForgetFormat();
  MoveSafe();
  return OkStatus();
}

Error Decoder::Locate(Error error, const EventHeader& header, std::string_view event) const {
  const std::string where = cursor_.file() + " at " + std::to_string(event_offset_) + ", " + EventName(header.type);
  if (error.code() != ErrorCode::kCorruptInput) return std::move(error).While(where);
  return Error(error.code(), where + ": " + error.message() + " [" + Hex(event) + "]");
}

Result<Fed> Decoder::Feed(std::string_view event, const std::shared_ptr<const void>& block) {
  CHECK(!ready_);
  if (event.size() < kHeaderSize) return Error(ErrorCode::kCorruptInput, "an event is shorter than its header");
  const EventHeader header = ReadHeader(event);
  ++counters_.events;
  counters_.event_bytes += event.size();
  event_offset_ = cursor_.offset();
  auto fed = FeedChecked(header, event, block);
  if (!fed.ok()) return Locate(std::move(fed).error(), header, event);
  return fed;
}

Result<Fed> Decoder::FeedChecked(const EventHeader& header, std::string_view event,
                                 const std::shared_ptr<const void>& block) {
  ASSIGN_OR_RETURN(const std::string_view body, cursor_.Open(event, header, options_.verify_checksums));
  if (header.type == EventType::kRotate && options_.flavour != Flavour::kFiles) {
    OnRotate(body);
    return Fed::kMore;
  }
  if (!cursor_.format_known() && header.type != EventType::kFormatDescription) return WithoutFormat(header.type);
  cursor_.Pass(header);
  event_offset_ = cursor_.offset() - std::min<uint64_t>(header.size, cursor_.offset());
  const Event parts{
      .header = header, .body = body, .owner = &block, .owner_bytes = std::max(options_.block_bytes, event.size())};
  ASSIGN_OR_RETURN(const Fed fed, Handle(parts));
  if (!group_.open && !ready_ && fed != Fed::kReread) MoveSafe();
  return fed;
}

// Between groups every place is one to resume at.
void Decoder::MoveSafe() {
  if (resume_pending_ || rereading_ || group_.open) return;
  const bool same_file = cursor_.file() == safe_file_;
  safe_offset_ = same_file ? std::max(safe_offset_, cursor_.offset()) : cursor_.offset();
  if (!same_file) safe_file_ = cursor_.file();
}

Result<Fed> Decoder::Handle(const Event& event) {
  switch (event.header.type) {
    case EventType::kWriteRows:
    case EventType::kUpdateRows:
    case EventType::kDeleteRows:
    case EventType::kWriteRowsV1:
    case EventType::kUpdateRowsV1:
    case EventType::kDeleteRowsV1:
    case EventType::kWriteRowsCompressedV1:
    case EventType::kUpdateRowsCompressedV1:
    case EventType::kDeleteRowsCompressedV1:
    case EventType::kWriteRowsCompressed:
    case EventType::kUpdateRowsCompressed:
    case EventType::kDeleteRowsCompressed:
    case EventType::kPartialUpdateRows:
      return OnRows(event);
    case EventType::kTableMap:
      RETURN_IF_ERROR(registry_.OnTableMap(event.body, cursor_.mariadb()));
      return Fed::kMore;
    case EventType::kXid:
      return Commit();
    case EventType::kQuery:
    case EventType::kQueryCompressed:
    case EventType::kExecuteLoadQuery:
      return OnQuery(event);
    case EventType::kGtid:
    case EventType::kAnonymousGtid:
    case EventType::kGtidTagged:
    case EventType::kMariaGtid:
      RETURN_IF_ERROR(OnGroupStart(event));
      return Fed::kMore;
    case EventType::kXaPrepare:
      return OnXaPrepare(event.body);
    case EventType::kTransactionPayload:
      return OnPayload(event);
    default:
      return HandleControl(event);
  }
}

Result<Fed> Decoder::HandleControl(const Event& event) {
  const EventHeader& header = event.header;
  switch (header.type) {
    case EventType::kFormatDescription:
      RETURN_IF_ERROR(OnFormat(event.body));
      return Fed::kMore;
    case EventType::kHeartbeat:
    case EventType::kHeartbeatV2:
      OnHeartbeat(header, event.body);
      return Fed::kMore;
    case EventType::kPreviousGtids:
    case EventType::kMariaGtidList:
      RETURN_IF_ERROR(OnKnownGtids(header.type, header, event.body));
      return Fed::kMore;
    case EventType::kIncident:
      return Incident(event.body);
    case EventType::kStartEncryption:
      if (options_.flavour != Flavour::kFiles) return Fed::kMore;
      return Error(ErrorCode::kConfig, "the file is encrypted; this release reads plain files only");
    // Statement logging; the statement itself follows as QUERY or EXECUTE_LOAD_QUERY.
    case EventType::kIntvar:
    case EventType::kRand:
    case EventType::kUserVar:
    case EventType::kBeginLoadQuery:
    case EventType::kAppendBlock:
    case EventType::kDeleteFile:
    // Nothing that rows show.
    case EventType::kRotate:
    case EventType::kStop:
    case EventType::kIgnorable:
    case EventType::kRowsQuery:
    case EventType::kTransactionContext:
    case EventType::kViewChange:
    case EventType::kAnnotateRows:
    case EventType::kBinlogCheckpoint:
      return Fed::kMore;
    default:
      break;
  }
  if ((header.flags & kFlagIgnorable) != 0) return Fed::kMore;
  return Error(ErrorCode::kCorruptInput, "an event type that this release does not know and that may not be skipped");
}

Status Decoder::OnFormat(std::string_view body) {
  Discard();
  registry_.ForgetIds();
  return cursor_.ReadFormat(body);
}

void Decoder::OnRotate(std::string_view body) {
  ByteReader in(body);
  const uint64_t offset = in.Le(8);
  std::string name(in.Rest());
  if (name != cursor_.file()) Discard();
  cursor_.GoTo(std::move(name), offset);
  MoveSafe();
}

void Decoder::OnHeartbeat(const EventHeader& header, std::string_view body) {
  if (group_.open) return;
  std::string_view name = body;
  uint64_t offset = header.log_pos;
  if (header.type == EventType::kHeartbeatV2) {
    ByteReader in(body);
    name = {};
    while (in.ok() && in.left() > 0) {
      const uint8_t type = in.Byte();
      ByteReader field(in.Bytes(in.Byte()));
      if (type == 0) break;
      if (type == 1) name = field.Rest();
      if (type == 2) offset = field.LenencInt();
    }
  }
  if (name != cursor_.file() || offset <= cursor_.offset()) return;
  cursor_.GoTo(cursor_.file(), offset);
}

// What a file's head says was logged before it: where a reading that knows nothing begins.
Status Decoder::OnKnownGtids(EventType type, const EventHeader& header, std::string_view body) {
  if ((header.flags & kFlagArtificial) != 0 || counters_.groups > 0) return OkStatus();
  if (type == EventType::kPreviousGtids) {
    if (options_.flavour != Flavour::kMySql || !options_.gtids || !gtid_set_.empty()) return OkStatus();
    ASSIGN_OR_RETURN(gtid_set_, GtidSet::Decode(body));
    gtid_text_stale_ = true;
    return OkStatus();
  }
  if (options_.flavour != Flavour::kMariaDb || !gtid_state_.empty()) return OkStatus();
  ByteReader in(body);
  const uint64_t count = in.Le(4) & 0x0FFFFFFF;
  for (uint64_t i = 0; i < count && in.ok(); ++i) {
    MariaDbGtid gtid;
    gtid.domain = static_cast<uint32_t>(in.Le(4));
    gtid.server_id = static_cast<uint32_t>(in.Le(4));
    gtid.sequence = in.Le(8);
    if (in.ok()) gtid_state_.Set(gtid);
  }
  gtid_text_stale_ = true;
  if (!in.ok()) return Error(ErrorCode::kCorruptInput, "GTID_LIST is cut off");
  return OkStatus();
}

Error Decoder::Incident(std::string_view body) const {
  ByteReader in(body);
  const uint64_t code = in.Le(2);
  const uint8_t size = in.Byte();
  return Error(ErrorCode::kPositionLost, "the server logged incident " + std::to_string(code) + " (" +
                                             std::string(in.Bytes(size)) +
                                             "): changes are missing from the log here; load the tables again");
}

Position Decoder::position() const {
  if (gtid_text_stale_) {
    if (options_.flavour == Flavour::kMySql) gtid_text_ = gtid_set_.ToText();
    if (options_.flavour == Flavour::kMariaDb) gtid_text_ = gtid_state_.ToText();
    gtid_text_stale_ = false;
  }
  Position at;
  at.flavour = options_.flavour;
  at.server = options_.server;
  at.file = safe_file_;
  at.offset = safe_offset_;
  at.gtid_set = gtid_text_;
  at.row_event = delivered_events_;
  at.row = delivered_rows_;
  at.commit_time_us = commit_time_us_;
  return at;
}

void Decoder::Seal(ChangeBatch* out) {
  out->end = position();
  for (StateRecord& record : waiting_state_) out->state.push_back(std::move(record));
  waiting_state_.clear();
}

}  // namespace cdc::binlog
