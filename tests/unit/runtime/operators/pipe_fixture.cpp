#include "tests/unit/runtime/operators/pipe_fixture.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <nlohmann/json.hpp>

namespace cdc::testing {

expr::Expr ColumnExpr(const std::string& name, expr::Image image) {
  expr::Expr expr;
  expr.kind = expr::ExprKind::kColumn;
  expr.name = name;
  expr.image = image;
  return expr;
}

expr::Expr MetaExpr(const std::string& name) {
  expr::Expr expr;
  expr.kind = expr::ExprKind::kMeta;
  expr.name = name;
  return expr;
}

expr::Expr MatchExpr(const std::string& name) {
  expr::Expr expr;
  expr.kind = expr::ExprKind::kMatch;
  expr.name = name;
  return expr;
}

expr::Expr NumberExpr(const std::string& digits) {
  expr::Expr expr;
  expr.literal = {expr::LiteralKind::kInteger, digits};
  return expr;
}

expr::Expr StringExpr(const std::string& text) {
  expr::Expr expr;
  expr.literal = {expr::LiteralKind::kString, text};
  return expr;
}

expr::Expr CallExpr(const std::string& function, std::vector<expr::Expr> args) {
  expr::Expr expr;
  expr.kind = expr::ExprKind::kCall;
  expr.name = function;
  expr.args = std::move(args);
  return expr;
}

plan::Template TemplateOf(const std::string& text) {
  using Kind = plan::TemplatePart::Kind;
  plan::Template result;
  for (size_t at = 0; at < text.size();) {
    const size_t dollar = std::min(text.find('$', at), text.size());
    if (dollar > at) result.parts.push_back({Kind::kText, text.substr(at, dollar - at)});
    if (dollar == text.size()) break;
    const size_t end = text.find('$', dollar + 1);
    const std::string name = text.substr(dollar + 1, end - dollar - 1);
    const Kind kind = name == "database"    ? Kind::kDatabase
                      : name == "tablename" ? Kind::kTable
                      : name == "op"        ? Kind::kOp
                                            : Kind::kMatch;
    result.parts.push_back({kind, kind == Kind::kMatch ? name : ""});
    at = end + 1;
  }
  return result;
}

plan::OnRule On(std::vector<std::string> events, plan::ActionKind action) {
  plan::OnRule rule;
  rule.events = std::move(events);
  rule.action = action;
  return rule;
}

plan::TableRule RuleFor(const std::string& database, const std::string& table) {
  plan::TableRule rule;
  rule.database = {plan::NamePattern::Kind::kExact, database};
  rule.table = {plan::NamePattern::Kind::kExact, table};
  rule.topic.otherwise = TemplateOf("$database$-$tablename$");
  rule.format.name = "canal_json";
  rule.partition.else_table = true;
  return rule;
}

std::string Brief(const Record& record) {
  if (record.value == "null") return "tombstone " + record.topic + " " + record.key;
  const auto value = nlohmann::ordered_json::parse(record.value);
  std::string type = value["type"];
  std::transform(type.begin(), type.end(), type.begin(), [](char c) { return static_cast<char>(c | 0x20); });
  if (value["data"].is_null()) return type + " " + record.topic + " " + value["sql"].get<std::string>();
  std::string text = type + " " + record.topic + " " + value["data"][0].dump();
  if (!value["old"].is_null()) text += " was " + value["old"][0].dump();
  return text;
}

PipeFixture::PipeFixture(std::vector<plan::TableRule> rules, int32_t partitions) : partitions_(partitions) {
  plan_.program = "test";
  plan_.files.push_back({"test.pipe", "pipe p {\n  on delete fail 'no deletes';\n}\n"});
  plan_.pipes.emplace_back();
  pipe().name = "p";
  pipe().sources = {"db"};
  pipe().sink = "bus";
  pipe().tables = std::move(rules);
  pipe().topic.otherwise = TemplateOf("$database$-$tablename$");
  pipe().format.name = "canal_json";
  batch.end.flavour = Flavour::kMySql;
  batch.end.file = "binlog.000003";
}

operators::Transform& PipeFixture::transform() {
  if (transform_ != nullptr) return *transform_;
  auto made = operators::Transform::Make(
      plan_, pipe(), "db",
      [this](const std::string& name) -> Result<operators::ResolvedTopic> {
        if (topic_error != nullptr) return *topic_error;
        const auto at = std::find(topics.begin(), topics.end(), name);
        const auto index = static_cast<uint32_t>(at - topics.begin());
        if (at == topics.end()) topics.push_back(name);
        return operators::ResolvedTopic{index, partitions_, record_bytes_max, name};
      },
      secrets);
  EXPECT_TRUE(made.ok()) << (made.ok() ? "" : made.error().message());
  transform_ = std::move(made).value();
  return *transform_;
}

Error PipeFixture::MakeError() {
  auto made = operators::Transform::Make(plan_, pipe(), "db", nullptr);
  EXPECT_FALSE(made.ok());
  return made.error();
}

std::vector<Value> Row(int64_t id, int64_t a, std::string_view b) {
  return {Value::Int(id), Value::Int(a), Value::Text(b)};
}

Schema PipeFixture::SmallSchema() {
  Schema schema;
  for (const auto& [name, kind] :
       {std::pair("id", TypeKind::kInt), std::pair("a", TypeKind::kInt), std::pair("b", TypeKind::kVarchar)}) {
    Column column;
    column.name = name;
    column.type.kind = kind;
    column.type.nullable = schema.columns.size() > 0;
    if (kind == TypeKind::kVarchar) {
      column.type.length = 20;
      column.type.charset = "utf8mb4";
    }
    schema.columns.push_back(column);
  }
  schema.indexes.push_back({"PRIMARY", {"id"}, true, false});
  return schema;
}

const TableVersion* PipeFixture::AddTable(const std::string& database, const std::string& table, Schema schema) {
  auto version = std::make_shared<TableVersion>();
  version->database = database;
  version->table = table;
  version->schema = std::move(schema);
  version->schema.database = database;
  version->schema.table = table;
  const Status bound = transform().Bind(version.get());
  EXPECT_TRUE(bound.ok()) << (bound.ok() ? "" : bound.error().message());
  tables_.push_back(version);
  return version.get();
}

void PipeFixture::Begin(const std::string& gtid) {
  Group group;
  group.gtid = gtid;
  group.txid = gtid.empty() ? "binlog.000003:" + std::to_string(next_offset_) : gtid;
  group.file = "binlog.000003";
  group.offset = next_offset_;
  group.commit_time_us = 1700000000000000;
  group.event_time_s = 1700000000;
  batch.groups.push_back(group);
  next_offset_ += 100;
  batch.end.offset = next_offset_;
}

const Value* PipeFixture::Keep(const std::vector<Value>& values) {
  values_.push_back(std::make_unique<std::vector<Value>>(values));
  return values_.back()->data();
}

void PipeFixture::AddRow(const TableVersion* table, Op op, const std::vector<Value>* before,
                         const std::vector<Value>* after) {
  if (batch.groups.empty()) Begin();
  RowChange row;
  row.table = table;
  row.op = op;
  row.before = before == nullptr ? nullptr : Keep(*before);
  row.after = after == nullptr ? nullptr : Keep(*after);
  row.group = static_cast<uint32_t>(batch.groups.size() - 1);
  row.event_offset = batch.groups.back().offset + 40;
  row.event_time_s = batch.groups.back().event_time_s;
  batch.rows.push_back(row);
}

void PipeFixture::Insert(const TableVersion* table, std::vector<Value> after) {
  AddRow(table, Op::kInsert, nullptr, &after);
}
void PipeFixture::Update(const TableVersion* table, std::vector<Value> before, std::vector<Value> after) {
  AddRow(table, Op::kUpdate, &before, &after);
}
void PipeFixture::Delete(const TableVersion* table, std::vector<Value> before) {
  AddRow(table, Op::kDelete, &before, nullptr);
}
void PipeFixture::Snapshot(const TableVersion* table, std::vector<Value> after) {
  AddRow(table, Op::kSnapshot, nullptr, &after);
}

std::vector<Record> PipeFixture::RecordsOf(const MessageBatch& out) const {
  std::vector<Record> records;
  for (const Message& message : out.messages) {
    Record record;
    record.topic = topics[message.topic];
    record.partition = message.partition;
    record.key = message.key_size < 0 ? "null" : std::string(out.key(message));
    record.value = message.value_size < 0 ? "null" : std::string(out.value(message));
    record.timestamp_ms = message.timestamp_ms;
    std::string_view headers =
        out.bytes.view().substr(static_cast<size_t>(message.headers_offset), static_cast<size_t>(message.headers_size));
    while (!headers.empty()) {
      int32_t size = 0;
      for (int part = 0; part < 2; ++part) {
        std::memcpy(&size, headers.data(), 4);
        const size_t length = size < 0 ? 0 : static_cast<size_t>(size);
        record.headers += (part == 0 ? "" : "=") + (size < 0 ? "null" : std::string(headers.substr(4, length)));
        headers.remove_prefix(4 + length);
      }
      record.headers += ",";
    }
    records.push_back(record);
  }
  return records;
}

Status PipeFixture::Apply(MessageBatch* out) { return transform().Apply(batch, out); }

Status PipeFixture::Run(std::vector<Record>* records) {
  MessageBatch out;
  RETURN_IF_ERROR(Apply(&out));
  *records = RecordsOf(out);
  batch.rows.clear();
  batch.groups.clear();
  batch.ddl.reset();
  return OkStatus();
}

std::vector<std::string> PipeFixture::RunBriefly(size_t rows_per_batch) {
  std::vector<std::string> texts;
  const std::vector<RowChange> all = std::exchange(batch.rows, {});
  for (size_t begin = 0; begin < std::max<size_t>(all.size(), 1); begin += rows_per_batch) {
    const size_t end = std::min(all.size(), begin + rows_per_batch);
    batch.rows.assign(all.begin() + static_cast<std::ptrdiff_t>(begin), all.begin() + static_cast<std::ptrdiff_t>(end));
    MessageBatch out;
    const Status applied = Apply(&out);
    EXPECT_TRUE(applied.ok()) << (applied.ok() ? "" : applied.error().message());
    for (const Record& record : RecordsOf(out)) texts.push_back(Brief(record));
  }
  batch.rows.clear();
  batch.groups.clear();
  batch.ddl.reset();
  return texts;
}

}  // namespace cdc::testing
