#include "runtime/formats/debezium_avro.h"

#include <cstring>
#include <nlohmann/json.hpp>
#include <utility>

#include "runtime/formats/avro_writer.h"
#include "runtime/formats/clock.h"
#include "runtime/formats/connect_avro.h"
#include "runtime/formats/debezium_avro_values.h"
#include "runtime/formats/debezium_json.h"
#include "runtime/formats/debezium_schema.h"
#include "runtime/formats/schema_ids.h"

namespace cdc::formats {
namespace {

// Branches of the unions that the envelope has: null comes first.
constexpr char kNull = '\0';
constexpr char kValue = '\2';

std::string Prefix(const DebeziumOptions& options, const OutputShape& shape) {
  return options.name + "." + shape.database + "." + shape.table;
}

// Everything of a record but the columns: source block, op, times.
class AvroEnvelope {
 public:
  AvroEnvelope(const DebeziumOptions& options, const std::string& database, const std::string& table)
      : options_(options) {
    for (const std::string& text : {options.version + ".0.Final", std::string("mysql"), options.name}) {
      AppendAvroText(text, &source_);
    }
    AppendAvroText(database, &names_);
    names_.Append(kNull);  // sequence
    table_.Append(kValue);
    AppendAvroText(table, &table_);
  }

  void AppendSource(const Group& group, const RowChange& row, OutBuffer* out) const {
    const int64_t seconds = row.event_time_s;
    const bool snapshot = row.op == Op::kSnapshot;
    char* at = out->Reserve(source_.size() + names_.size() + table_.size() + group.gtid.size() + group.file.size() +
                            kNumbersMax);
    at = Copy(source_, at);
    at = WriteAvroLong(seconds * 1000, at);
    *at++ = kNull;  // `snapshot` has a default: its text is the first branch
    at = WriteAvroText(snapshot ? "true" : "false", at);
    at = Copy(names_, at);
    at = WriteOptionalLong(seconds * 1'000'000, at);
    at = WriteOptionalLong(seconds * 1'000'000'000, at);
    at = Copy(table_, at);
    at = WriteAvroLong(group.server_id, at);
    *at++ = group.gtid.empty() ? kNull : kValue;
    if (!group.gtid.empty()) at = WriteAvroText(group.gtid, at);
    at = WriteAvroText(group.file, at);
    at = WriteAvroLong(static_cast<int64_t>(row.event_offset), at);
    at = WriteAvroLong(row.row_in_event, at);
    if (group.thread_id == 0) {
      *at++ = kNull;
    } else {
      at = WriteOptionalLong(static_cast<int64_t>(group.thread_id), at);
    }
    *at++ = kNull;  // query
    out->AdvanceTo(at);
  }

  void AppendTransaction(const Group& group, const RowChange& row, OutBuffer* out) const {
    if (!options_.transaction || row.op == Op::kSnapshot) return out->Append(kNull);
    char* at = out->Reserve(kNumbersMax + group.txid.size());
    *at++ = kValue;
    at = WriteAvroText(group.txid, at);
    at = WriteAvroLong(static_cast<int64_t>(row.ordinal) + 1, at);
    out->AdvanceTo(WriteAvroLong(static_cast<int64_t>(row.table_ordinal) + 1, at));
  }

  void AppendEnd(const Group& group, char op, OutBuffer* out) const {
    const int64_t micros = ProcessingMicros(options_.real_clock, group);
    char* at = out->Reserve(kNumbersMax);
    at = WriteAvroText({&op, 1}, at);
    at = WriteOptionalLong(micros / 1000, at);
    at = WriteOptionalLong(micros, at);
    out->AdvanceTo(WriteOptionalLong(micros * 1000, at));
  }

 private:
  static constexpr size_t kNumbersMax = 128;

  static char* Copy(const OutBuffer& run, char* out) {
    std::memcpy(out, run.data(), run.size());
    return out + run.size();
  }

  static char* WriteOptionalLong(int64_t value, char* out) {
    *out++ = kValue;
    return WriteAvroLong(value, out);
  }

  const DebeziumOptions& options_;
  OutBuffer source_, names_, table_;  // encoded runs of constants
};

// What a table version becomes once, beside its encoder's parts.
struct AvroShape {
  std::vector<AvroField> fields;
  SchemaIds::Schema key, value;
};

Error Unfit(const OutputShape& shape, const std::string& why) {
  return Error(ErrorCode::kConfig, "format `debezium_avro` cannot write " + shape.database + "." + shape.table + ": " +
                                       why + " [PIPE114 format-cannot-express]");
}

Result<AvroShape> ShapeOf(const DebeziumOptions& options, AvroNames names, const OutputShape& shape) {
  AvroShape out;
  std::vector<std::string> nodes;
  std::string all, key;
  for (const Column& column : shape.columns) {
    auto field = DebeziumFieldOf(column, options);
    if (!field) return Unfit(shape, "there is no rule for column `" + column.name + "`");
    const std::string default_json = DefaultJson(column, *field);
    nodes.push_back(FieldSchema(*field, default_json));
    all += (all.empty() ? "" : ",") + nodes.back();
    out.fields.push_back(AvroFieldOf(std::move(*field), !default_json.empty() && default_json != "null"));
  }
  for (const int index : shape.key) key += (key.empty() ? "" : ",") + nodes[static_cast<size_t>(index)];
  const std::string prefix = Prefix(options, shape);
  out.value.record = AvroFullName(prefix + ".Envelope", names);
  Result<std::string> text = AvroSchemaOf(EnvelopeSchema(all, prefix), names);
  if (!text.ok()) return Unfit(shape, text.error().message());
  out.value.text = std::move(text).value();
  if (key.empty()) return out;
  out.key.record = AvroFullName(prefix + ".Key", names);
  text = AvroSchemaOf(StructSchema(key, false, prefix + ".Key", 0, ""), names);
  if (!text.ok()) return Unfit(shape, text.error().message());
  out.key.text = std::move(text).value();
  return out;
}

class DebeziumAvroEncoder : public Encoder {
 public:
  DebeziumAvroEncoder(const DebeziumOptions& options, const OutputShape& shape, AvroShape avro,
                      std::shared_ptr<SchemaRegistry> registry)
      : options_(options),
        envelope_(options_, shape.source_database, shape.source_table),
        table_(shape.source_database + "." + shape.source_table),
        key_(shape.key),
        fields_(std::move(avro.fields)),
        schemas_(std::move(registry), std::move(avro.key), std::move(avro.value)) {}

  // Asks for the schemas' numbers if the topic is known by now.
  Status Prepare(const std::string& topic) {
    if (topic.empty()) return OkStatus();
    ASSIGN_OR_RETURN(const SchemaIds::Ids ids, schemas_.Of(topic));
    schemas_.Set(ids);
    return OkStatus();
  }

  bool WritesKeys() const override { return !key_.empty(); }
  bool DependsOnTopic() const override { return true; }
  Status SelectTopic(uint32_t index, const std::string& topic) override { return schemas_.Select(index, topic); }

  Status EncodeKey(const OutputRow& row, OutBuffer* out) override {
    return AppendKey(row.op == Op::kDelete ? row.before : row.after, out);
  }

  Status EncodeValue(const OutputRow& row, OutBuffer* out) override {
    const RowChange& change = *row.change;
    const bool compact_json = change.op != Op::kSnapshot;
    AppendPrefix(schemas_.selected().value, out);
    const bool has_before = row.op != Op::kInsert && row.op != Op::kSnapshot;
    RETURN_IF_ERROR(AppendImage(has_before ? row.before : nullptr, compact_json, out));
    RETURN_IF_ERROR(AppendImage(row.op == Op::kDelete ? nullptr : row.after, compact_json, out));
    envelope_.AppendSource(*row.group, change, out);
    envelope_.AppendTransaction(*row.group, change, out);
    constexpr char kOps[] = {'c', 'u', 'd', 'r'};
    envelope_.AppendEnd(*row.group, kOps[static_cast<size_t>(row.op)], out);
    return OkStatus();
  }

  Status EncodeHeaders(const OutputRow& row, OutBuffer* out) override {
    if (!row.key_changed_delete && !row.key_changed_insert) [[likely]]
      return OkStatus();
    if (key_.empty()) return OkStatus();
    const std::string_view name = row.key_changed_delete ? "__debezium.newkey" : "__debezium.oldkey";
    OutBuffer key;
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
  static void AppendPrefix(uint32_t id, OutBuffer* out) {
    out->AdvanceTo(WriteSchemaPrefix(id, out->Reserve(kSchemaPrefixBytes)));
  }

  Status AppendKey(const Value* values, OutBuffer* out) {
    AppendPrefix(schemas_.selected().key, out);
    for (const int index : key_) {
      const auto at = static_cast<size_t>(index);
      if (!values_.Append(fields_[at], values[at], true, out)) [[unlikely]]
        return Problem();
    }
    return OkStatus();
  }

  Status AppendImage(const Value* values, bool compact_json, OutBuffer* out) {
    out->Append(values == nullptr ? kNull : kValue);
    if (values == nullptr) return OkStatus();
    for (size_t i = 0; i < fields_.size(); ++i) {
      if (!values_.Append(fields_[i], values[i], compact_json, out)) [[unlikely]]
        return Problem();
    }
    return OkStatus();
  }

  Error Problem() const { return Error(ErrorCode::kRow, table_ + ": " + values_.problem()); }

  DebeziumOptions options_;
  AvroEnvelope envelope_;
  std::string table_;
  std::vector<int> key_;
  std::vector<AvroField> fields_;
  DebeziumAvroValues values_;
  SchemaIds schemas_;
};

class DebeziumAvroFormat : public Format {
 public:
  DebeziumAvroFormat(DebeziumOptions options, AvroNames names, std::unique_ptr<Format> json,
                     std::shared_ptr<SchemaRegistry> registry)
      : options_(std::move(options)), names_(names), json_(std::move(json)), registry_(std::move(registry)) {}

  Result<std::unique_ptr<Encoder>> Bind(const OutputShape& shape) const override {
    ASSIGN_OR_RETURN(AvroShape avro, ShapeOf(options_, names_, shape));
    auto encoder = std::make_unique<DebeziumAvroEncoder>(options_, shape, std::move(avro), registry_);
    RETURN_IF_ERROR(encoder->Prepare(shape.topic));
    return std::unique_ptr<Encoder>(std::move(encoder));
  }

  // Statements are rare: their records are those of debezium_json, written as Avro.
  Result<bool> EncodeDdl(const DdlEvent& ddl, const Group& group, const OutputShape& shape, uint64_t sequence,
                         OutBuffer* key, bool* has_key, OutBuffer* value) const override {
    OutBuffer json_key, json_value;
    ASSIGN_OR_RETURN(const bool written,
                     json_->EncodeDdl(ddl, group, shape, sequence, &json_key, has_key, &json_value));
    if (!written) return false;
    if (*has_key) RETURN_IF_ERROR(Transcode(json_key.view(), shape.topic, true, key));
    RETURN_IF_ERROR(Transcode(json_value.view(), shape.topic, false, value));
    return true;
  }

 private:
  Status Transcode(std::string_view record, const std::string& topic, bool is_key, OutBuffer* out) const {
    const auto json = nlohmann::ordered_json::parse(record, nullptr, false);
    if (json.is_discarded()) return Error(ErrorCode::kRow, "a schema change holds text that is no UTF-8");
    const std::string connect = json["schema"].dump();
    ASSIGN_OR_RETURN(const std::string schema, AvroSchemaOf(connect, names_));
    const std::string name = AvroFullName(json["schema"]["name"].get<std::string>(), names_);
    ASSIGN_OR_RETURN(const uint32_t id, registry_->IdOf({.topic = topic, .record = name, .is_key = is_key}, schema));
    out->AdvanceTo(WriteSchemaPrefix(id, out->Reserve(kSchemaPrefixBytes)));
    AppendConnectAvro(connect, json["payload"].dump(), out);
    return OkStatus();
  }

  const DebeziumOptions options_;
  const AvroNames names_;
  const std::unique_ptr<Format> json_;  // with schema
  const std::shared_ptr<SchemaRegistry> registry_;
};

}  // namespace

Result<std::unique_ptr<Format>> MakeDebeziumAvro(const catalog::Settings& settings, const std::string& source_name,
                                                 const SchemaRegistries& registries) {
  const std::string name = settings.Text("registry");
  const auto registry = registries.find(name);
  if (registry == registries.end()) {
    return Error(ErrorCode::kConfig, "the plan has no registry `" + name + "` for format `debezium_avro`");
  }
  ASSIGN_OR_RETURN(auto json, MakeDebeziumJson(settings, source_name));
  return std::unique_ptr<Format>(std::make_unique<DebeziumAvroFormat>(ReadDebeziumOptions(settings, source_name),
                                                                      ReadAvroNames(settings.Text("names", "avro")),
                                                                      std::move(json), registry->second));
}

}  // namespace cdc::formats
