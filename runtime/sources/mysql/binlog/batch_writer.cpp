#include "runtime/sources/mysql/binlog/batch_writer.h"

#include <utility>

namespace cdc::binlog {

void BatchWriter::Attach(ChangeBatch* out) {
  if (out == out_ && SizesOf(*out) == left_) return;
  out_ = out;
  ++batch_;
  used_ = 0;
  group_added_ = false;
}

void BatchWriter::Detach() { left_ = SizesOf(*out_); }

void BatchWriter::AddGroup(Group group) {
  out_->groups.push_back(std::move(group));
  group_added_ = true;
}

void BatchWriter::Keep(MappedTable* table, const Block& block) {
  if (table->last_batch != batch_) {
    table->last_batch = batch_;
    out_->tables.push_back(table->version);
  }
  if (out_->blocks.empty() || out_->blocks.back() != block.owner) {
    out_->blocks.push_back(block.owner);
    out_->block_bytes += block.bytes;
  }
}

void BatchWriter::CountFromGroup(MappedTable* table) const {
  if (table->last_group == group_) return;
  table->last_group = group_;
  table->group_rows = 0;
}

bool BatchWriter::ReadRow(ImageReader* reader, const GroupItem& item, RowChange* row) {
  const size_t count = item.table->plan.values;
  Value* const first = out_->arena.AllocateArray<Value>(count);
  if (!reader->Read(first, &out_->arena)) return false;
  switch (item.op) {
    case Op::kDelete:
      row->before = first;
      return true;
    case Op::kUpdate: {
      Value* const second = out_->arena.AllocateArray<Value>(count);
      row->before = first;
      row->after = second;
      return item.partial ? reader->ReadPartial(first, second, &out_->arena) : reader->Read(second, &out_->arena);
    }
    default:
      row->after = first;
      return true;
  }
}

Result<bool> BatchWriter::WriteRows(GroupItem* item, const Block& block, bool last) {
  Keep(item->table, block);
  CountFromGroup(item->table);
  ImageReader reader(&item->table->plan, item->images);
  reader.GoTo(item->bytes_done);
  const size_t values_bytes = item->table->plan.values * sizeof(Value) * (item->op == Op::kUpdate ? 2 : 1);
  RowChange row;
  row.table = item->table->version.get();
  row.group = static_cast<uint32_t>(out_->groups.size() - 1);
  row.event_offset = item->event_offset;
  row.event_time_s = item->event_time_s;
  row.op = item->op;
  while (!reader.done()) {
    const size_t begin = reader.offset();
    if (!ReadRow(&reader, *item, &row)) {
      return Error(ErrorCode::kCorruptInput, "row " + std::to_string(item->rows_done + 1) + " of " +
                                                 item->table->database + "." + item->table->table + ", " +
                                                 reader.problem());
    }
    row.row_in_event = static_cast<uint32_t>(item->rows_done++);
    row.ordinal = ordinal_++;
    row.table_ordinal = item->table->group_rows++;
    row.last_in_group = last && reader.done();
    out_->rows.push_back(row);
    used_ += reader.offset() - begin + values_bytes + sizeof(RowChange);
    if (full() && !reader.done()) {
      item->bytes_done = reader.offset();
      rows_ += 1;
      return false;
    }
    rows_ += 1;
  }
  item->bytes_done = item->images.size();
  return true;
}

Status BatchWriter::SkipRows(GroupItem* item, uint64_t rows) {
  CountFromGroup(item->table);
  ImageReader reader(&item->table->plan, item->images);
  reader.GoTo(item->bytes_done);
  for (; rows > 0 && !reader.done(); --rows) {
    const bool whole =
        reader.Skip() && (item->op != Op::kUpdate || (item->partial ? reader.SkipPartial() : reader.Skip()));
    if (!whole) {
      return Error(ErrorCode::kCorruptInput, "row " + std::to_string(item->rows_done + 1) + " of " +
                                                 item->table->database + "." + item->table->table + ", " +
                                                 reader.problem());
    }
    ++item->rows_done;
    ++ordinal_;
    ++item->table->group_rows;
  }
  item->bytes_done = reader.offset();
  return OkStatus();
}

}  // namespace cdc::binlog
