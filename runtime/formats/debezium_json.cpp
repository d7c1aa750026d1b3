#include "runtime/formats/debezium_json.h"

#include <cstring>
#include <utility>

#include "runtime/formats/clock.h"
#include "runtime/formats/debezium_ddl.h"
#include "runtime/formats/debezium_schema.h"
#include "runtime/formats/debezium_types.h"
#include "runtime/formats/debezium_values.h"
#include "runtime/formats/json_writer.h"
#include "stdlib/core/number_text.h"

namespace cdc::formats {
namespace {

// Everything of a record but the columns: source block, op, times.
class Envelope {
 public:
  Envelope(const DebeziumOptions& options, const std::string& database, const std::string& table) : options_(options) {
    const std::string names = ",\"version\":" + Quoted(options.version + ".0.Final", kDebeziumHex) +
                              ",\"connector\":\"mysql\",\"name\":" + Quoted(options.name, kDebeziumHex) + ",\"ts_ms\":";
    source_ = runs_.Add("\"source\":{" + names.substr(1));
    const std::string rest = "\"db\":" + Quoted(database, kDebeziumHex) + ",\"sequence\":null,\"ts_us\":";
    streaming_ = runs_.Add(",\"snapshot\":\"false\"," + rest);
    snapshot_ = runs_.Add(",\"snapshot\":\"true\"," + rest);
    table_ = runs_.Add(",\"table\":" + Quoted(table, kDebeziumHex) + ",\"server_id\":");
    bytes_max_ = source_.size + streaming_.size + table_.size + 512;
  }

  // Appends `"source":{…}`.
  void AppendSource(const Group& group, uint32_t event_time_s, uint64_t offset, uint32_t row_in_event, bool snapshot,
                    OutBuffer* out) {
    const int64_t seconds = event_time_s;
    char* at = out->Reserve(bytes_max_ + 6 * (group.gtid.size() + group.file.size()));
    at = event_ms_.Write(seconds * 1000, runs_.Copy(source_, at));
    at = event_us_.Write(seconds * 1000000, runs_.Copy(snapshot ? snapshot_ : streaming_, at));
    at = event_ns_.Write(seconds * 1000000000, Put(at, ",\"ts_ns\":"));
    at = WriteUint(group.server_id, runs_.Copy(table_, at));
    if (group.gtid.empty()) {
      at = Put(at, ",\"gtid\":null");
    } else {
      at = Put(WriteEscaped(group.gtid, kDebeziumHex, Put(at, ",\"gtid\":\"")), "\"");
    }
    at = Put(WriteEscaped(group.file, kDebeziumHex, Put(at, ",\"file\":\"")), "\"");
    at = WriteUint(offset, Put(at, ",\"pos\":"));
    at = WriteUint(row_in_event, Put(at, ",\"row\":"));
    at = Put(at, ",\"thread\":");
    at = group.thread_id == 0 ? Put(at, "null") : WriteUint(group.thread_id, at);
    out->AdvanceTo(Put(at, ",\"query\":null}"));
  }

  // Appends `,"op":"c","ts_ms":…,"ts_us":…,"ts_ns":…}`.
  void AppendEnd(const Group& group, char op, OutBuffer* out) {
    const int64_t micros = ProcessingMicros(options_.real_clock, group);
    char* at = Put(out->Reserve(192), ",\"op\":\"");
    *at++ = op;
    at = ms_.Write(micros / 1000, Put(at, "\",\"ts_ms\":"));
    at = us_.Write(micros, Put(at, ",\"ts_us\":"));
    at = us_.Write(micros, Put(at, ",\"ts_ns\":"));
    at = micros == 0 ? Put(at, "}") : Put(at, "000}");
    out->AdvanceTo(at);
  }

 private:
  const DebeziumOptions& options_;
  Runs runs_;
  Runs::Run source_, streaming_, snapshot_, table_;
  size_t bytes_max_ = 0;
  RepeatedNumber event_ms_, event_us_, event_ns_, ms_, us_;
};

std::string Prefix(const DebeziumOptions& options, const OutputShape& shape) {
  return options.name + "." + shape.database + "." + shape.table;
}

class DebeziumEncoder : public Encoder {
 public:
  DebeziumEncoder(const DebeziumOptions& options, const OutputShape& shape)
      : options_(options),
        envelope_(options_, shape.source_database, shape.source_table),
        table_(shape.source_database + "." + shape.source_table),
        key_(shape.key) {}

  Status Bind(const OutputShape& shape);

  bool WritesKeys() const override { return !key_.empty(); }

  Status EncodeKey(const OutputRow& row, OutBuffer* out) override {
    return AppendKey(row.op == Op::kDelete ? row.before : row.after, out);
  }

  Status EncodeValue(const OutputRow& row, OutBuffer* out) override {
    const bool snapshot = row.change->op == Op::kSnapshot;
    runs_.Append(head_, out);
    RETURN_IF_ERROR(
        AppendImage(row.op == Op::kInsert || row.op == Op::kSnapshot ? nullptr : row.before, !snapshot, out));
    runs_.Append(after_, out);
    RETURN_IF_ERROR(AppendImage(row.op == Op::kDelete ? nullptr : row.after, !snapshot, out));
    out->Append(',');
    const RowChange& change = *row.change;
    envelope_.AppendSource(*row.group, change.event_time_s, change.event_offset, change.row_in_event, snapshot, out);
    AppendTransaction(row, out);
    constexpr char kOps[] = {'c', 'u', 'd', 'r'};
    envelope_.AppendEnd(*row.group, kOps[static_cast<size_t>(row.op)], out);
    if (options_.schema) out->Append('}');
    return OkStatus();
  }

  Status EncodeHeaders(const OutputRow& row, OutBuffer* out) override {
    if (!row.key_changed_delete && !row.key_changed_insert) [[likely]]
      return OkStatus();
    const std::string_view name = row.key_changed_delete ? "__debezium.newkey" : "__debezium.oldkey";
    OutBuffer key;
    if (key_.empty()) return OkStatus();
    RETURN_IF_ERROR(AppendKey(row.other_half, &key));
    const auto name_size = static_cast<uint32_t>(name.size());
    const auto key_size = static_cast<int32_t>(key.size());
    out->Append({reinterpret_cast<const char*>(&name_size), sizeof name_size});
    out->Append(name);
    out->Append({reinterpret_cast<const char*>(&key_size), sizeof key_size});
    out->Append(key.view());
    return OkStatus();
  }

 private:
  Status AppendKey(const Value* values, OutBuffer* out) {
    runs_.Append(key_head_, out);
    for (size_t i = 0; i < key_.size(); ++i) {
      const auto index = static_cast<size_t>(key_[i]);
      if (!AppendField(index, values[index], i == 0, true, out)) [[unlikely]]
        return Problem();
    }
    out->Append(options_.schema ? "}}" : "}");
    return OkStatus();
  }

  Status AppendImage(const Value* values, bool compact_json, OutBuffer* out) {
    if (values == nullptr) {
      out->Append("null");
      return OkStatus();
    }
    for (size_t i = 0; i < fields_.size(); ++i) {
      if (!AppendField(i, values[i], i == 0, compact_json, out)) [[unlikely]]
        return Problem();
    }
    out->Append('}');
    return OkStatus();
  }

  // The opening brace belongs to the first member.
  bool AppendField(size_t index, const Value& value, bool first, bool compact_json, OutBuffer* out) {
    const Runs::Run run = names_[index];
    char* at = out->Reserve(run.size + kSlack);
    runs_.Copy(run, at);
    if (first) *at = '{';
    out->Advance(run.size);
    return values_.Append(fields_[index], value, compact_json, out);
  }

  Error Problem() const { return Error(ErrorCode::kRow, table_ + ": " + values_.problem()); }

  void AppendTransaction(const OutputRow& row, OutBuffer* out) {
    if (!options_.transaction || row.change->op == Op::kSnapshot) {
      out->Append(",\"transaction\":null");
      return;
    }
    const std::string& txid = row.group->txid;
    char* at = out->Reserve(128 + 6 * txid.size());
    at = WriteEscaped(txid, kDebeziumHex, Put(at, ",\"transaction\":{\"id\":\""));
    at = WriteUint(row.change->ordinal + 1, Put(at, "\",\"total_order\":"));
    at = WriteUint(row.change->table_ordinal + 1, Put(at, ",\"data_collection_order\":"));
    out->AdvanceTo(Put(at, "}"));
  }

  DebeziumOptions options_;
  Envelope envelope_;
  std::string table_;
  std::vector<int> key_;
  std::vector<DebeziumField> fields_;
  std::vector<Runs::Run> names_;  // `,"name":`
  Runs runs_;
  Runs::Run head_, after_, key_head_;
  DebeziumValues values_;
};

Status DebeziumEncoder::Bind(const OutputShape& shape) {
  std::vector<std::string> schemas;
  std::string all, key;
  for (const Column& column : shape.columns) {
    auto field = DebeziumFieldOf(column, options_);
    if (!field) {
      return Error(ErrorCode::kConfig, "format `debezium_json` has no rule for column `" + column.name + "` of " +
                                           shape.database + "." + shape.table + " [PIPE114 format-cannot-express]");
    }
    names_.push_back(runs_.Add("," + Quoted(column.name, kDebeziumHex) + ":"));
    schemas.push_back(FieldSchema(*field, DefaultJson(column, *field)));
    all += (all.empty() ? "" : ",") + schemas.back();
    fields_.push_back(std::move(*field));
  }
  for (const int index : key_) key += (key.empty() ? "" : ",") + schemas[static_cast<size_t>(index)];
  std::string head = "{\"before\":";
  std::string key_head;
  if (options_.schema) {
    const std::string prefix = Prefix(options_, shape);
    head = "{\"schema\":" + EnvelopeSchema(all, prefix) + ",\"payload\":" + head;
    key_head = "{\"schema\":" + StructSchema(key, false, prefix + ".Key", 0, "") + ",\"payload\":";
  }
  head_ = runs_.Add(head);
  after_ = runs_.Add(",\"after\":");
  key_head_ = runs_.Add(key_head);
  return OkStatus();
}

class DebeziumFormat : public Format {
 public:
  explicit DebeziumFormat(DebeziumOptions options) : options_(std::move(options)) {}

  Result<std::unique_ptr<Encoder>> Bind(const OutputShape& shape) const override {
    auto encoder = std::make_unique<DebeziumEncoder>(options_, shape);
    RETURN_IF_ERROR(encoder->Bind(shape));
    return std::unique_ptr<Encoder>(std::move(encoder));
  }

  Result<bool> EncodeDdl(const DdlEvent& ddl, const Group& group, const OutputShape& shape, uint64_t, OutBuffer* key,
                         bool* has_key, OutBuffer* value) const override {
    Envelope envelope(options_, shape.source_database, shape.source_table);
    *has_key = ddl.canal_type != "TRUNCATE";
    if (!*has_key) {
      EncodeTruncate(envelope, group, shape, value);
      return true;
    }
    const std::string database = Quoted(shape.source_database, kDebeziumHex);
    const std::string key_json = "{\"databaseName\":" + database + "}";
    key->Append(options_.schema ? WithSchema(SchemaChangeKeySchema(), key_json) : key_json);
    if (options_.schema) value->Append("{\"schema\":" + SchemaChangeValueSchema() + ",\"payload\":");
    value->Append('{');
    Group without_thread = group;
    without_thread.thread_id = 0;
    envelope.AppendSource(without_thread, group.event_time_s, group.offset, 0, false, value);
    value->Append(",\"ts_ms\":" + std::to_string(ProcessingMicros(options_.real_clock, group) / 1000));
    value->Append(",\"databaseName\":" + database +
                  ",\"schemaName\":null,\"ddl\":" + Quoted(ddl.statement, kDebeziumHex));
    value->Append(",\"tableChanges\":" + TableChangesJson(ddl) + (options_.schema ? "}}" : "}"));
    return true;
  }

 private:
  static std::string WithSchema(const std::string& schema, const std::string& payload) {
    return "{\"schema\":" + schema + ",\"payload\":" + payload + "}";
  }

  void EncodeTruncate(Envelope& envelope, const Group& group, const OutputShape& shape, OutBuffer* value) const {
    if (options_.schema) {
      std::string fields;
      for (const Column& column : shape.columns) {
        const auto field = DebeziumFieldOf(column, options_);
        if (field) fields += (fields.empty() ? "" : ",") + FieldSchema(*field, DefaultJson(column, *field));
      }
      value->Append("{\"schema\":" + EnvelopeSchema(fields, Prefix(options_, shape)) + ",\"payload\":");
    }
    value->Append("{\"before\":null,\"after\":null,");
    envelope.AppendSource(group, group.event_time_s, group.offset, 0, false, value);
    value->Append(",\"transaction\":null");
    envelope.AppendEnd(group, 't', value);
    if (options_.schema) value->Append('}');
  }

  DebeziumOptions options_;
};

}  // namespace

Result<std::unique_ptr<Format>> MakeDebeziumJson(const catalog::Settings& settings, const std::string& source_name) {
  return std::unique_ptr<Format>(std::make_unique<DebeziumFormat>(ReadDebeziumOptions(settings, source_name)));
}

}  // namespace cdc::formats
