#include "runtime/formats/canal_json.h"

#include <algorithm>
#include <utility>

#include "runtime/formats/canal_columns.h"
#include "runtime/formats/clock.h"
#include "runtime/formats/json_writer.h"
#include "runtime/formats/same_value.h"
#include "runtime/formats/zone.h"
#include "stdlib/core/number_text.h"
#include "stdlib/core/temporal.h"

namespace cdc::formats {
namespace {

enum class BinaryForm : uint8_t { kLatin1, kBase64, kHex };

struct Options {
  bool init = false;  // snapshot_as = init
  BinaryForm binary = BinaryForm::kLatin1;
  bool labels = false;   // enum = label
  bool old_all = false;  // old = all
  bool gtid = true;
  bool real_clock = false;
  int zone_offset_s = 0;
};

constexpr HexCase kHex = HexCase::kLower;
// Room for every value that is no text, and for short text times six.
constexpr size_t kFixedMax = 96;
constexpr size_t kInlineText = 1024;

struct ColumnWriter {
  Runs::Run run;  // `,"name":"`
  uint64_t limit = UINT64_MAX;
  uint8_t digits = 0;  // of fractions of a second
  bool year = false;
  bool padded = false;                        // BINARY(n): the log leaves trailing zero bytes out, and so does Canal
  TypeKind labels_kind = TypeKind::kUnknown;  // kEnum, kSet: written as labels
  const std::vector<std::string>* labels = nullptr;
};

std::string_view WithoutPadding(std::string_view bytes) {
  const size_t last = bytes.find_last_not_of('\0');
  return last == std::string_view::npos ? std::string_view() : bytes.substr(0, last + 1);
}

class CanalEncoder : public Encoder {
 public:
  explicit CanalEncoder(const Options& options) : options_(options) {}

  Status Bind(const OutputShape& shape);

  bool WritesKeys() const override { return key_is_explicit_ && !key_.empty(); }

  Status EncodeKey(const OutputRow& row, OutBuffer* out) override {
    const Value* values = row.op == Op::kDelete ? row.before : row.after;
    out->Append('{');
    bool first = true;
    for (const int index : key_) {
      AppendMember(columns_[index], values[index], first, out);
      first = false;
    }
    out->Append('}');
    if (bad_label_ != nullptr) [[unlikely]]
      return BadLabel();
    return OkStatus();
  }

  Status EncodeValue(const OutputRow& row, OutBuffer* out) override {
    const Value* values = row.op == Op::kDelete ? row.before : row.after;
    widened_ = false;
    runs_.Append(head_, out);
    AppendImage(values, out);
    char* at = runs_.Copy(database_, out->Reserve(database_.size + row.group->gtid.size() + fixed_bytes_));
    at = es_.Write(int64_t{row.change->event_time_s} * 1000, at);
    if (options_.gtid) {
      at = Put(at, ",\"gtid\":\"");
      std::memcpy(at, row.group->gtid.data(), row.group->gtid.size());
      at = Put(at + row.group->gtid.size(), "\"");
    }
    at = Put(at, ",\"id\":");
    at = WriteUint(row.sequence, at);
    at = runs_.Copy(types_, at);
    out->AdvanceTo(at);
    AppendOld(row, out);
    if (widened_) [[unlikely]] {
      AppendWidened(values, out);
    } else {
      runs_.Append(sql_types_, out);
    }
    at = runs_.Copy(table_, out->Reserve(table_.size + 128));
    at = ts_.Write(ProcessingMicros(options_.real_clock, *row.group) / 1000, at);
    at = runs_.Copy(ops_[static_cast<size_t>(row.op)], at);
    out->AdvanceTo(at);
    if (bad_label_ != nullptr) [[unlikely]]
      return BadLabel();
    return OkStatus();
  }

 private:
  void AppendImage(const Value* values, OutBuffer* out) {
    bool first = true;
    const ColumnWriter* column = columns_.data();
    for (size_t i = 0; i < columns_.size(); ++i, ++column) {
      if (values[i].is_absent()) continue;
      AppendMember(*column, values[i], first, out);
      first = false;
    }
  }

  void AppendOld(const OutputRow& row, OutBuffer* out) {
    if (row.op != Op::kUpdate) {
      runs_.Append(no_old_, out);
      return;
    }
    runs_.Append(old_, out);
    bool first = true;
    for (size_t i = 0; row.before != nullptr && i < columns_.size(); ++i) {
      if (row.before[i].is_absent()) continue;
      if (!options_.old_all && SameValue(row.before[i], row.after[i])) continue;
      const bool widened = widened_;
      AppendMember(columns_[i], row.before[i], first, out);
      widened_ = widened;
      first = false;
    }
    runs_.Append(end_old_, out);
  }

  void AppendMember(const ColumnWriter& column, const Value& value, bool first, OutBuffer* out) {
    const bool is_text = value.kind() == ValueKind::kText || value.kind() == ValueKind::kJson;
    const size_t text_bytes = is_text && value.text().size() <= kInlineText ? 6 * value.text().size() : 0;
    char* at = out->Reserve(column.run.size + kFixedMax + text_bytes + 2 * kSlack);
    at = runs_.Copy(column.run, at, first ? 1 : 0);
    switch (value.kind()) {
      case ValueKind::kAbsent:
      case ValueKind::kNull:
        out->AdvanceTo(Put(at - 1, "null"));
        return;
      case ValueKind::kInt:
        at = WriteInt(value.integer(), at);
        break;
      case ValueKind::kUint:
        if (column.labels != nullptr || column.year) [[unlikely]]
          return AppendSpecial(column, value, at, out);
        widened_ |= value.unsigned_integer() > column.limit;
        at = WriteUint(value.unsigned_integer(), at);
        break;
      case ValueKind::kFloat:
        at = WriteJavaFloat(static_cast<float>(value.real()), at);
        break;
      case ValueKind::kDouble:
        at = WriteJavaDouble(value.real(), at);
        break;
      case ValueKind::kDecimal:
        std::memcpy(at, value.text().data(), value.text().size());
        at += value.text().size();
        break;
      case ValueKind::kText:
      case ValueKind::kJson:
        if (value.text().size() > kInlineText) [[unlikely]] {
          out->AdvanceTo(at);
          AppendEscaped(value.text(), kHex, out);
          out->Append('"');
          return;
        }
        at = WriteEscaped(value.text(), kHex, at);
        break;
      case ValueKind::kBytes:
        out->AdvanceTo(at);
        AppendBinary(column.padded ? WithoutPadding(value.text()) : value.text(), out);
        out->Append('"');
        return;
      case ValueKind::kDate:
        at = FormatDate(value.packed(), at);
        break;
      case ValueKind::kDatetime:
        at = FormatDatetime(value.packed(), column.digits, at);
        break;
      case ValueKind::kTime:
        at = FormatTime(value.integer(), column.digits, at);
        break;
      case ValueKind::kTimestamp:
        at = FormatTimestamp(value.integer(), column.digits, options_.zone_offset_s, at);
        break;
    }
    *at++ = '"';
    out->AdvanceTo(at);
  }

  // YEAR, and ENUM and SET as labels.
  void AppendSpecial(const ColumnWriter& column, const Value& value, char* at, OutBuffer* out) {
    const uint64_t number = value.unsigned_integer();
    if (column.year) {
      at = WriteUintPadded(number, 4, at);
      *at++ = '"';
      out->AdvanceTo(at);
      return;
    }
    out->AdvanceTo(at);
    const auto& labels = *column.labels;
    if (column.labels_kind == TypeKind::kEnum) {
      if (number > labels.size()) bad_label_ = &column;
      if (number > 0 && number <= labels.size()) AppendEscaped(labels[number - 1], kHex, out);
    } else {
      bool first = true;
      for (size_t bit = 0; bit < 64; ++bit) {
        if ((number >> bit & 1) == 0) continue;
        if (bit >= labels.size()) {
          bad_label_ = &column;
          break;
        }
        if (!std::exchange(first, false)) out->Append(',');
        AppendEscaped(labels[bit], kHex, out);
      }
    }
    out->Append('"');
  }

  void AppendBinary(std::string_view bytes, OutBuffer* out) {
    switch (options_.binary) {
      case BinaryForm::kLatin1:
        AppendLatin1(bytes, kHex, out);
        return;
      case BinaryForm::kBase64:
        AppendBase64(bytes, false, out);
        return;
      case BinaryForm::kHex:
        AppendHex(bytes, out);
        return;
    }
  }

  // `sqlType` of a row in which some unsigned number has its top bit set.
  void AppendWidened(const Value* values, OutBuffer* out) {
    out->Append('{');
    for (size_t i = 0; i < columns_.size(); ++i) {
      const bool wide = values[i].kind() == ValueKind::kUint && values[i].unsigned_integer() > columns_[i].limit;
      if (i > 0) out->Append(',');
      out->Append(wide ? wide_members_[i] : members_[i]);
    }
    out->Append('}');
  }

  Error BadLabel() {
    const ColumnWriter* column = std::exchange(bad_label_, nullptr);
    return Error(ErrorCode::kRow,
                 "column " + names_[column - columns_.data()] + " holds a label number that its type does not have");
  }

  Options options_;
  Runs runs_;
  std::vector<ColumnWriter> columns_;
  std::vector<int> key_;
  bool key_is_explicit_ = false;
  bool widened_ = false;  // of the row being written
  const ColumnWriter* bad_label_ = nullptr;
  size_t fixed_bytes_ = 0;  // room for the middle of the envelope
  RepeatedNumber es_, ts_;
  Runs::Run head_, database_, types_, no_old_, old_, end_old_, sql_types_, table_;
  Runs::Run ops_[4];
  std::vector<std::string> members_, wide_members_;  // `"name":12` of sqlType
  std::vector<std::string> names_;                   // quoted
  std::vector<std::shared_ptr<const std::vector<std::string>>> labels_;
};

Status CanalEncoder::Bind(const OutputShape& shape) {
  std::string mysql_types, sql_types, pk_names;
  for (const Column& column : shape.columns) {
    CanalType type;
    const bool enumerated = column.type.kind == TypeKind::kEnum || column.type.kind == TypeKind::kSet;
    const bool labels = options_.labels && enumerated;
    if (!CanalTypeOf(column, labels, &type) || (labels && column.type.labels == nullptr)) {
      return Error(ErrorCode::kConfig, "format `canal_json` has no rule for column `" + column.name + "` of " +
                                           shape.database + "." + shape.table + " [PIPE114 format-cannot-express]");
    }
    const std::string name = Quoted(column.name);
    ColumnWriter writer;
    writer.run = runs_.Add("," + name + ":\"");
    writer.limit = type.limit;
    writer.digits = column.type.scale;
    writer.padded = column.type.kind == TypeKind::kBinary;
    writer.year = column.type.kind == TypeKind::kYear;
    if (labels) {
      writer.labels_kind = column.type.kind;
      writer.labels = column.type.labels.get();
      labels_.push_back(column.type.labels);
    }
    columns_.push_back(writer);
    names_.push_back(name);
    members_.push_back(name + ":" + std::to_string(type.sql_type));
    wide_members_.push_back(name + ":" + std::to_string(type.widened_sql_type));
    mysql_types += (mysql_types.empty() ? "" : ",") + name + ":" + Quoted(type.mysql_type);
    sql_types += (sql_types.empty() ? "" : ",") + members_.back();
  }
  key_ = shape.key;
  key_is_explicit_ = shape.key_is_explicit;
  std::vector<std::string> primary = shape.primary_key;
  if (shape.key_is_explicit) {
    primary.clear();
    for (const int index : shape.key) primary.push_back(shape.columns[index].name);
  }
  for (const std::string& name : primary) pk_names += (pk_names.empty() ? "[" : ",") + Quoted(name);
  pk_names = pk_names.empty() ? "null" : pk_names + "]";

  const std::string after_old = ",\"pkNames\":" + pk_names + ",\"sql\":\"\",\"sqlType\":";
  head_ = runs_.Add("{\"data\":[{");
  database_ = runs_.Add("}],\"database\":" + Quoted(shape.database) + ",\"es\":");
  types_ = runs_.Add(",\"isDdl\":false,\"mysqlType\":{" + mysql_types + "},\"old\":");
  no_old_ = runs_.Add("null" + after_old);
  old_ = runs_.Add("[{");
  end_old_ = runs_.Add("}]" + after_old);
  sql_types_ = runs_.Add("{" + sql_types + "}");
  table_ = runs_.Add(",\"table\":" + Quoted(shape.table) + ",\"ts\":");
  ops_[static_cast<size_t>(Op::kInsert)] = runs_.Add(",\"type\":\"INSERT\"}");
  ops_[static_cast<size_t>(Op::kUpdate)] = runs_.Add(",\"type\":\"UPDATE\"}");
  ops_[static_cast<size_t>(Op::kDelete)] = runs_.Add(",\"type\":\"DELETE\"}");
  ops_[static_cast<size_t>(Op::kSnapshot)] = runs_.Add(options_.init ? ",\"type\":\"INIT\"}" : ",\"type\":\"INSERT\"}");
  fixed_bytes_ = types_.size + 128 + 2 * kSlack;
  return OkStatus();
}

class CanalFormat : public Format {
 public:
  explicit CanalFormat(const Options& options) : options_(options) {}

  Result<std::unique_ptr<Encoder>> Bind(const OutputShape& shape) const override {
    auto encoder = std::make_unique<CanalEncoder>(options_);
    RETURN_IF_ERROR(encoder->Bind(shape));
    return std::unique_ptr<Encoder>(std::move(encoder));
  }

  Result<bool> EncodeDdl(const DdlEvent& ddl, const Group& group, const OutputShape& shape, uint64_t sequence,
                         OutBuffer*, bool* has_key, OutBuffer* value) const override {
    *has_key = false;
    const std::string es = std::to_string(uint64_t{group.event_time_s} * 1000);
    const std::string ts = std::to_string(ProcessingMicros(options_.real_clock, group) / 1000);
    value->Append("{\"data\":null,\"database\":" + Quoted(shape.database) + ",\"es\":" + es);
    if (options_.gtid) value->Append(",\"gtid\":" + Quoted(group.gtid));
    value->Append(",\"id\":" + std::to_string(sequence));
    value->Append(",\"isDdl\":true,\"mysqlType\":null,\"old\":null,\"pkNames\":null,\"sql\":");
    value->Append(Quoted(ddl.statement));
    // A renamed table is called by its new name, unless the rule gives it one (`as`).
    const bool renamed = ddl.after != nullptr && ddl.after->table != ddl.table && shape.table == ddl.table;
    value->Append(",\"sqlType\":null,\"table\":" + Quoted(renamed ? ddl.after->table : shape.table) + ",\"ts\":" + ts);
    value->Append(",\"type\":" + Quoted(ddl.canal_type) + "}");
    return true;
  }

 private:
  Options options_;
};

}  // namespace

Result<std::unique_ptr<Format>> MakeCanalJson(const catalog::Settings& settings) {
  Options options;
  options.init = settings.Is("snapshot_as", "init");
  const std::string binary = settings.Text("binary", "latin1");
  options.binary = binary == "base64" ? BinaryForm::kBase64 : binary == "hex" ? BinaryForm::kHex : BinaryForm::kLatin1;
  options.labels = settings.Is("enum", "label");
  options.old_all = settings.Is("old", "all");
  options.gtid = settings.Flag("gtid", true);
  options.real_clock = settings.Is("clock", "processing");
  ASSIGN_OR_RETURN(options.zone_offset_s, ZoneOffsetSeconds(settings.Text("zone", "UTC")));
  return std::unique_ptr<Format>(std::make_unique<CanalFormat>(options));
}

}  // namespace cdc::formats
