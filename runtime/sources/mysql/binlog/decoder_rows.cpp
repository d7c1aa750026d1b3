// Rows events into the group's buffer, and the buffer into batches.

#include <utility>

#include "runtime/sources/mysql/binlog/bytes.h"
#include "runtime/sources/mysql/binlog/decoder.h"

namespace cdc::binlog {
namespace {

constexpr uint16_t kStatementEnd = 0x1;
constexpr uint64_t kDummyTableId = 0x00FFFFFF;
constexpr uint64_t kDummyTableIdWide = 0xFFFFFFFFFFFF;

struct RowsKind {
  Op op = Op::kInsert;
  bool version2 = false;
  bool compressed = false;
  bool partial = false;
};

RowsKind KindOf(EventType type) {
  switch (type) {
    case EventType::kWriteRowsV1:
      return {Op::kInsert};
    case EventType::kUpdateRowsV1:
      return {Op::kUpdate};
    case EventType::kDeleteRowsV1:
      return {Op::kDelete};
    case EventType::kUpdateRows:
      return {Op::kUpdate, true};
    case EventType::kDeleteRows:
      return {Op::kDelete, true};
    case EventType::kPartialUpdateRows:
      return {Op::kUpdate, true, false, true};
    case EventType::kWriteRowsCompressedV1:
      return {Op::kInsert, false, true};
    case EventType::kUpdateRowsCompressedV1:
      return {Op::kUpdate, false, true};
    case EventType::kDeleteRowsCompressedV1:
      return {Op::kDelete, false, true};
    case EventType::kWriteRowsCompressed:
      return {Op::kInsert, true, true};
    case EventType::kUpdateRowsCompressed:
      return {Op::kUpdate, true, true};
    case EventType::kDeleteRowsCompressed:
      return {Op::kDelete, true, true};
    default:
      return {Op::kInsert, true};
  }
}

bool AllPresent(std::string_view bits, size_t columns) {
  for (size_t i = 0; i < columns / 8; ++i) {
    if (static_cast<uint8_t>(bits[i]) != 0xFF) return false;
  }
  const auto rest = static_cast<uint8_t>((1u << columns % 8) - 1);
  return rest == 0 || (static_cast<uint8_t>(bits[columns / 8]) & rest) == rest;
}

}  // namespace

Result<Fed> Decoder::OnRows(const Event& event) {
  const RowsKind kind = KindOf(event.header.type);
  ByteReader in(event.body);
  const uint64_t table_id = in.Le(6);
  const uint64_t flags = in.Le(2);
  if (kind.version2) {
    const uint64_t extra = in.Le(2);
    if (extra < 2) return Error(ErrorCode::kCorruptInput, "a rows event has a broken head");
    in.Skip(extra - 2);
  }
  const uint64_t columns = in.LenencInt();
  if (!in.ok()) return Error(ErrorCode::kCorruptInput, "a rows event is cut off");
  if ((table_id == kDummyTableId || table_id == kDummyTableIdWide) && (flags & kStatementEnd) != 0) return Fed::kMore;
  if (!group_.open) return Error(ErrorCode::kCorruptInput, "rows outside a transaction: reading began inside one");
  MappedTable* const table = registry_.Find(table_id);
  if (table == nullptr) {
    return Error(ErrorCode::kCorruptInput,
                 "rows of table id " + std::to_string(table_id) + ", which no TABLE_MAP announced");
  }
  const uint64_t ordinal = group_.row_events++;
  if (!table->captured || group_.Undone(ordinal)) return Fed::kMore;
  if (columns != table->columns) {
    return Error(ErrorCode::kCorruptInput, "rows of " + table->database + "." + table->table + " have " +
                                               std::to_string(columns) + " columns, its TABLE_MAP " +
                                               std::to_string(table->columns));
  }
  const std::string_view first = in.Bytes((columns + 7) / 8);
  const std::string_view second = kind.op == Op::kUpdate ? in.Bytes((columns + 7) / 8) : first;
  if (!in.ok()) return Error(ErrorCode::kCorruptInput, "a rows event is cut off");
  // The after image of a partial update leaves out JSON columns that did not change.
  if (!AllPresent(first, columns) || !AllPresent(second, columns)) {
    return Error(ErrorCode::kConfig,
                 "rows of " + table->database + "." + table->table +
                     " lack columns: binlog_row_image is not FULL at the server; set it (sessions keep "
                     "theirs until they reconnect) and load the table again");
  }
  return TakeRows(event, table, ordinal, in.Rest());
}

Result<Fed> Decoder::TakeRows(const Event& event, MappedTable* table, uint64_t ordinal, std::string_view images) {
  if (group_.mode != GroupMode::kStream) group_.last_captured = ordinal;
  if (group_.mode == GroupMode::kScan) return Fed::kMore;
  const RowsKind kind = KindOf(event.header.type);
  GroupItem item{.table = table,
                 .op = kind.op,
                 .partial = kind.partial,
                 .event_time_s = event.header.time_s,
                 .event_offset = event_offset_,
                 .images = images,
                 .row_event = ordinal};
  const uint64_t span = group_.mode == GroupMode::kHold ? cursor_.offset() - group_.start : 0;
  if (kind.compressed) {
    ASSIGN_OR_RETURN(const size_t size, InflatedEventBodySize(images));
    std::shared_ptr<char[]> plain(new char[size]);
    RETURN_IF_ERROR(InflateEventBody(images, plain.get(), size));
    item.images = {plain.get(), size};
    buffer_.AddRows(std::move(item), plain, size, span);
  } else {
    buffer_.AddRows(std::move(item), *event.owner, event.owner_bytes, span);
  }
  if (group_.mode == GroupMode::kStream) {
    ready_ = true;
    return Fed::kReady;
  }
  if (buffer_.held_bytes() > options_.hold_bytes) {
    scan_.emplace();
    buffer_.MoveDdl(&scan_->ddl);
    buffer_.Clear();
    group_.mode = GroupMode::kScan;
  }
  return Fed::kMore;
}

// A compressed transaction is read through once in any case: small ones are held like others, large ones are known to
// commit then, and unpacked a second time while rows are handed out.
Result<Fed> Decoder::OnPayload(const Event& event) {
  if (event.inner) return Error(ErrorCode::kCorruptInput, "a compressed transaction inside another one");
  if (!group_.open) return Error(ErrorCode::kCorruptInput, "a compressed transaction without a GTID event");
  ASSIGN_OR_RETURN(payload_, PayloadReader::Open(event.body, *event.owner, options_.block_bytes));
  if (group_.mode == GroupMode::kStream) {
    ready_ = true;
    return Fed::kReady;
  }
  const OpenGroup start = group_;
  std::unique_ptr<PayloadReader> reader = std::move(payload_);
  for (;;) {
    Block block;
    ASSIGN_OR_RETURN(const std::string_view inner, reader->Next(&block));
    if (inner.empty()) return Error(ErrorCode::kCorruptInput, "a compressed transaction has no commit");
    ASSIGN_OR_RETURN(const Fed fed, HandleInner(inner, block));
    if (fed == Fed::kReady || !group_.open) {
      if (fed != Fed::kReread) return fed;
      break;
    }
  }
  // It was too large to keep: go through it again.
  rereading_ = false;
  group_ = start;
  group_.mode = GroupMode::kStream;
  group_.last_captured = scan_->last_captured;
  group_.undone = scan_->undone;
  ++counters_.reread_groups;
  reader->Restart();
  payload_ = std::move(reader);
  ready_ = true;
  return Fed::kReady;
}

Result<Fed> Decoder::HandleInner(std::string_view bytes, const Block& block) {
  const EventHeader header = ReadHeader(bytes);
  const Event event{.header = header,
                    .body = bytes.substr(kHeaderSize),
                    .owner = &block.owner,
                    .owner_bytes = block.bytes,
                    .inner = true};
  auto fed = Handle(event);
  if (!fed.ok()) return std::move(fed).error().While("inside a compressed transaction, " + EventName(header.type));
  return fed;
}

// Unpacks events until one brings something to hand out; false at the end.
Result<bool> Decoder::PullPayload() {
  while (!committed_) {
    Block block;
    ASSIGN_OR_RETURN(const std::string_view inner, payload_->Next(&block));
    if (inner.empty()) return Error(ErrorCode::kCorruptInput, "a compressed transaction has no commit");
    ASSIGN_OR_RETURN(const Fed fed, HandleInner(inner, block));
    if (fed == Fed::kReady && !buffer_.empty()) return true;
  }
  return false;
}

Result<bool> Decoder::Drain(ChangeBatch* out) {
  writer_.Attach(out);
  auto closed = DrainReady(out);
  writer_.Detach();
  return closed;
}

Result<bool> Decoder::DrainReady(ChangeBatch* out) {
  while (ready_) {
    if (buffer_.empty()) {
      buffer_.Clear();
      if (payload_ != nullptr && !committed_) {
        ASSIGN_OR_RETURN(const bool more, PullPayload());
        if (more) continue;
      }
      ready_ = false;
      if (committed_) Finish();
      return false;
    }
    ASSIGN_OR_RETURN(const bool closed, DrainItem(out));
    if (closed) return true;
  }
  return false;
}

// Takes the first item of the buffer, or a part of it. True: the batch is to be handed out.
Result<bool> Decoder::DrainItem(ChangeBatch* out) {
  GroupItem& item = buffer_.front();
  // A DDL begins a batch: the rows before it can be committed when its rule stops the pipe.
  if (item.ddl != nullptr && !out->rows.empty()) return true;
  bool gone = false;
  RETURN_IF_ERROR(SkipDelivered(&item, &gone));
  if (gone) {
    buffer_.Pop();
    return false;
  }
  bool done;
  bool closes = false;
  if (item.ddl != nullptr) {
    done = DrainDdl(&item, out);
    closes = out->ddl.has_value();
  } else {
    if (!writer_.group_added()) writer_.AddGroup(MakeGroup(item));
    auto written = writer_.WriteRows(&item, buffer_.block(item), item.row_event == group_.last_captured);
    if (!written.ok()) {
      return std::move(written).error().While(cursor_.file() + " at " + std::to_string(item.event_offset));
    }
    done = *written;
    closes = writer_.full();
  }
  delivered_events_ = done ? item.row_event + 1 : item.row_event;
  delivered_rows_ = done ? 0 : item.rows_done;
  if (done) buffer_.Pop();
  // The batch that ends a group carries the position behind it.
  if (closes && buffer_.empty() && committed_) Finish();
  return closes;
}

// What was handed out before a restart is counted and dropped.
Status Decoder::SkipDelivered(GroupItem* item, bool* gone) {
  if (item->row_event > skip_events_ || (skip_events_ == 0 && skip_rows_ == 0)) return OkStatus();
  const bool whole = item->row_event < skip_events_;
  if (item->table == nullptr) {
    if (whole) *gone = true;
    if (!whole) item->rows_done = std::max(item->rows_done, skip_rows_);
    if (!whole) skip_rows_ = 0;
    return OkStatus();
  }
  RETURN_IF_ERROR(writer_.SkipRows(item, whole ? UINT64_MAX : skip_rows_));
  if (!whole) skip_events_ = skip_rows_ = 0;
  *gone = item->bytes_done == item->images.size();
  return OkStatus();
}

// Hands one DDL event out; true if it was the last of its statement.
bool Decoder::DrainDdl(GroupItem* item, ChangeBatch* out) {
  std::vector<DdlEvent>& events = item->ddl->events;
  if (item->rows_done < events.size()) {
    if (!writer_.group_added()) writer_.AddGroup(MakeGroup(*item));
    out->ddl = std::move(events[item->rows_done++]);
    out->ddl->group = static_cast<int32_t>(out->groups.size()) - 1;
  }
  if (item->rows_done < events.size()) return false;
  for (StateRecord& record : item->ddl->state) waiting_state_.push_back(std::move(record));
  return true;
}

}  // namespace cdc::binlog
