#include "tests/unit/runtime/sources/mysql/binlog/decoder_lab.h"

#include <algorithm>

#include "runtime/sources/mysql/binlog/event.h"

namespace cdc::binlog {

generator::LogTable OneColumn(const std::string& name, uint64_t id) {
  generator::LogTable table{.id = id, .database = "d", .name = name};
  table.columns = {{.name = "id", .type = 3, .numeric = true}};
  return table;
}

std::string Ids(std::initializer_list<uint32_t> ids) {
  std::string images;
  for (const uint32_t id : ids) {
    images += '\0';
    generator::PutLe(id, 4, &images);
  }
  return images;
}

generator::LogWriter NewLog(generator::LogWriterOptions options) {
  generator::LogWriter log(std::move(options));
  log.BeginFile();
  return log;
}

DecoderLab::DecoderLab(DecoderOptions options) : tables_(this) {
  options.flavour = Flavour::kFiles;
  decoder_ = StreamDecoder::Make(options, &tables_, this, this);
}

bool DecoderLab::Wants(const std::string&, const std::string& table) { return table != not_wanted; }

Status DecoderLab::Bind(TableVersion* table) {
  table->captured = true;
  table->used.assign(table->schema.columns.size(), true);
  return OkStatus();
}

Result<FoundSchema> DecoderLab::Find(const std::string&, const std::string&) { return FoundSchema{schema, 0}; }

Result<DdlOutcome> DecoderLab::Handle(const DdlStatement& statement) {
  statements.push_back(statement.text);
  DdlOutcome outcome;
  outcome.events.emplace_back();
  outcome.events.back().statement = statement.text;
  outcome.state.push_back({"schema", "d.t", statement.text});
  return outcome;
}

void DecoderLab::TakeBatch(bool seal) {
  most_pinned = std::max(most_pinned, batch_.block_bytes);
  std::string line;
  const TableVersion* table = nullptr;
  for (const RowChange& row : batch_.rows) {
    const Value* value = row.after != nullptr ? row.after : row.before;
    line += row.table == table ? "," : (line.empty() ? "" : " ") + row.table->table + ":";
    table = row.table;
    if (row.op == Op::kDelete) line += '-';
    if (row.op == Op::kUpdate) line += std::to_string(row.before->integer()) + ">";
    line += std::to_string(value->integer());
    row_facts.push_back(batch_.groups[row.group].txid + "#" + std::to_string(row.ordinal) + "/" +
                        std::to_string(row.table_ordinal) + (row.last_in_group ? "!" : ""));
  }
  if (batch_.ddl.has_value() && batch_.ddl->group >= 0) {
    ddl_groups.push_back(batch_.groups[static_cast<size_t>(batch_.ddl->group)].txid);
  }
  if (batch_.ddl.has_value()) line += (line.empty() ? "" : " ") + ("ddl " + batch_.ddl->statement);
  if (!line.empty()) text_ += (text_.empty() ? "" : " | ") + line;
  if (seal) {
    decoder_->Seal(&batch_);
    ends_.push_back(batch_.end);
  }
  batch_.Reset();
}

bool DecoderLab::DrainAll() {
  for (;;) {
    const auto full = decoder_->Drain(&batch_);
    if (!full.ok()) {
      error_ = full.error().message();
      code_ = full.error().code();
      return false;
    }
    if (!*full) return true;
    TakeBatch(true);
  }
}

bool DecoderLab::FeedAll(const std::string& log, uint64_t offset) {
  const auto owner = std::make_shared<const std::string>(log);
  const std::string_view bytes = *owner;
  while (offset + kHeaderSize <= bytes.size()) {
    const size_t size = ReadHeader(bytes.substr(offset)).size;
    const auto fed = decoder_->Feed(bytes.substr(offset, size), owner);
    if (!fed.ok()) {
      error_ = fed.error().message();
      code_ = fed.error().code();
      return false;
    }
    offset += std::max<size_t>(size, 1);
    if (*fed == Fed::kReread) {
      Read(log, decoder_->position());
      return false;
    }
    if (*fed == Fed::kReady && !DrainAll()) return false;
  }
  return true;
}

void DecoderLab::Read(const std::string& log, const Position& from) {
  const Status begun = decoder_->Begin(from);
  CHECK(begun.ok());
  constexpr uint64_t kFirst = 4;
  if (from.offset != kFirst) {
    const std::string_view rest = std::string_view(log).substr(kFirst);
    const Status primed = decoder_->Prime(rest.substr(0, ReadHeader(rest).size));
    CHECK(primed.ok());
  }
  if (FeedAll(log, from.offset) || !error_.empty()) TakeBatch(true);
}

void DecoderLab::Read(const std::string& log) {
  Position from;
  from.flavour = Flavour::kFiles;
  from.file = "binlog.000001";
  Read(log, from);
}

}  // namespace cdc::binlog
