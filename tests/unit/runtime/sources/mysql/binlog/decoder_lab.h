#pragma once

// A decoder over bytes in memory, with every table captured: what it hands out as text.

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/sources/mysql/binlog/stream_decoder.h"
#include "tests/bench/generator/log_writer.h"

namespace cdc::binlog {

// Types of row events.
inline constexpr uint8_t kWrite = 30, kUpdate = 31, kDelete = 32;

// Tables with one column `id` INT, and rows of it.
generator::LogTable OneColumn(const std::string& name, uint64_t id = 100);
std::string Ids(std::initializer_list<uint32_t> ids);
// A LogWriter with FORMAT_DESCRIPTION.
generator::LogWriter NewLog(generator::LogWriterOptions options = {});

class DecoderLab : public Capture, public TableSchemaProvider, public DdlHandler {
 public:
  explicit DecoderLab(DecoderOptions options = {});

  bool Wants(const std::string& database, const std::string& table) override;
  bool WantsSnapshot(const std::string&, const std::string&) override { return false; }
  Status Bind(TableVersion* table) override;
  Result<FoundSchema> Find(const std::string& database, const std::string& table) override;
  Result<DdlOutcome> Handle(const DdlStatement& statement) override;

  // Reads a log file's bytes from its first event, or from `from` on. Rows, DDL and the error, if any, are added to
  // text(): "t:1,2 t:3 | u:9 | ddl CREATE …", `|` between batches.
  void Read(const std::string& log, const Position& from);
  void Read(const std::string& log);

  const std::string& text() const { return text_; }
  std::string error() const { return error_; }
  ErrorCode code() const { return code_; }
  // Position after every batch.
  const std::vector<Position>& ends() const { return ends_; }
  StreamDecoder& decoder() { return *decoder_; }
  std::vector<std::string> statements;
  std::string not_wanted;                // table that is not captured
  std::shared_ptr<const Schema> schema;  // what Find() gives
  // "txid#ordinal", "/" and the ordinal in the table, and "!" for the last of a group.
  std::vector<std::string> row_facts;
  std::vector<std::string> ddl_groups;  // txid of each DDL's group
  size_t most_pinned = 0;               // largest ChangeBatch::block_bytes seen

 private:
  void TakeBatch(bool seal);
  bool FeedAll(const std::string& log, uint64_t offset);
  bool DrainAll();

  CapturedTables tables_;
  std::unique_ptr<StreamDecoder> decoder_;
  ChangeBatch batch_;
  std::string text_;
  std::string error_;
  ErrorCode code_ = ErrorCode::kConfig;
  std::vector<Position> ends_;
};

}  // namespace cdc::binlog
