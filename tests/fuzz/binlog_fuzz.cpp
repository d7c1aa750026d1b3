// A log of any bytes, checksums not looked at, through the decoder: held whole or read twice, in batches of one row or
// many. Nothing may crash, hang or read outside; both ways give the same number of rows unless one of them stops.

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>

#include "runtime/sources/mysql/binlog/event.h"
#include "runtime/sources/mysql/binlog/gtid_set.h"
#include "runtime/sources/mysql/binlog/json_binary.h"
#include "runtime/sources/mysql/binlog/query.h"
#include "runtime/sources/mysql/binlog/stream_decoder.h"

namespace {

using namespace cdc;

constexpr size_t kMagic = 4;

class Everything : public Capture, public binlog::TableSchemaProvider, public binlog::DdlHandler {
 public:
  bool Wants(const std::string&, const std::string& table) override { return table != "other"; }
  bool WantsSnapshot(const std::string&, const std::string&) override { return false; }
  Status Bind(TableVersion* table) override {
    table->captured = true;
    table->used.assign(table->schema.columns.size(), true);
    if (table->used.size() > 2) table->used[1] = false;
    return OkStatus();
  }
  Result<binlog::FoundSchema> Find(const std::string&, const std::string&) override { return binlog::FoundSchema(); }
  Result<binlog::DdlOutcome> Handle(const binlog::DdlStatement& statement) override {
    binlog::DdlOutcome outcome;
    if (statement.text.size() % 2 == 0) outcome.events.emplace_back();
    return outcome;
  }
};

struct Outcome {
  uint64_t rows = 0;
  bool stopped = false;
};

// Touches every value, as an encoder would.
uint64_t Touch(const ChangeBatch& batch) {
  uint64_t sum = 0;
  for (const RowChange& row : batch.rows) {
    for (const Value* image : {row.before, row.after}) {
      if (image == nullptr) continue;
      for (size_t i = 0; i < row.table->schema.columns.size(); ++i) {
        const ValueKind kind = image[i].kind();
        const bool text = kind == ValueKind::kText || kind == ValueKind::kBytes || kind == ValueKind::kJson ||
                          kind == ValueKind::kDecimal;
        if (text)
          for (const char c : image[i].text()) sum += static_cast<uint8_t>(c);
        else
          sum += image[i].is_null() ? 1 : image[i].unsigned_integer();
      }
    }
  }
  return sum;
}

Outcome Run(std::string_view log, size_t hold, size_t batch_bytes) {
  Everything everything;
  binlog::CapturedTables tables(&everything);
  binlog::DecoderOptions options;
  options.flavour = Flavour::kFiles;
  options.verify_checksums = false;
  options.hold_bytes = hold;
  options.batch_bytes = batch_bytes;
  options.block_bytes = 4096;
  const auto decoder = binlog::StreamDecoder::Make(options, &tables, &everything, &everything);
  Position start;
  start.flavour = Flavour::kFiles;
  start.file = "binlog.000001";
  if (!decoder->Begin(start).ok()) std::abort();
  const std::shared_ptr<const void> owner = std::make_shared<int>(0);
  ChangeBatch batch;
  Outcome outcome;
  volatile uint64_t sink = 0;
  for (size_t at = kMagic; log.size() - at >= binlog::kHeaderSize;) {
    const size_t size = binlog::ReadHeader(log.substr(at)).size;
    if (size < binlog::kHeaderSize || size > log.size() - at) break;
    const auto fed = decoder->Feed(log.substr(at, size), owner);
    outcome.stopped = !fed.ok();
    if (!fed.ok()) break;
    at += size;
    if (*fed == binlog::Fed::kReread) {
      const Position back = decoder->position();
      if (!decoder->Begin(back).ok()) std::abort();
      if (back.offset != kMagic &&
          !decoder->Prime(log.substr(kMagic, binlog::ReadHeader(log.substr(kMagic)).size)).ok())
        std::abort();
      at = back.offset;
      continue;
    }
    for (bool more = *fed == binlog::Fed::kReady; more;) {
      const auto full = decoder->Drain(&batch);
      outcome.stopped = !full.ok();
      more = full.ok() && *full;
      outcome.rows += batch.rows.size();
      sink = sink + Touch(batch);
      decoder->Seal(&batch);
      batch.Reset();
    }
    if (outcome.stopped) break;
  }
  return outcome;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (size < 4) return 0;
  const Outcome held = Run(bytes, 1 << 20, 1 << 20);
  const Outcome streamed = Run(bytes, 64, 1);
  if (!held.stopped && !streamed.stopped && held.rows != streamed.rows) std::abort();

  OutBuffer text;
  binlog::AppendJsonText(bytes, &text);
  binlog::Classify(bytes, {size % 2 == 0, 90704}, false);
  auto set = binlog::GtidSet::Decode(bytes);
  if (set.ok()) {
    const auto back = binlog::GtidSet::Parse(set->ToText());
    if (!back.ok() || !(*back == *set)) std::abort();
  }
  if (const auto parsed = binlog::GtidSet::Parse(bytes); parsed.ok()) parsed->Encode();
  return 0;
}
