// Rows in memory to encoded records: the transform of one pipe without source and sink. Narrow is sysbench's row (4
// columns, about 180 bytes), wide has 20 columns with JSON and text. One iteration is a batch of 1,000 rows.

#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "runtime/formats/local_schema_registry.h"
#include "runtime/operators/transform.h"

namespace cdc {
namespace {

constexpr size_t kRows = 1000;

Column MakeColumn(std::string name, TypeKind kind, uint32_t length = 0, uint8_t precision = 0, uint8_t scale = 0) {
  Column column;
  column.name = std::move(name);
  column.type.kind = kind;
  column.type.length = length;
  column.type.precision = precision;
  column.type.scale = scale;
  if (IsText(kind)) column.type.charset = "utf8mb4";
  column.type_text = TypeText(column.type);
  return column;
}

struct Workload {
  TableVersion table;
  ChangeBatch batch;
  std::vector<std::vector<Value>> values;
};

std::string Digits(size_t length, size_t seed) {
  std::string text;
  for (size_t i = 0; i < length; ++i) text += i % 12 == 11 ? '-' : static_cast<char>('0' + (seed * 7 + i * 31) % 10);
  return text;
}

void Narrow(Workload* load) {
  load->table.schema.columns = {MakeColumn("id", TypeKind::kInt), MakeColumn("k", TypeKind::kInt),
                                MakeColumn("c", TypeKind::kChar, 120), MakeColumn("pad", TypeKind::kChar, 60)};
  for (size_t i = 0; i < kRows; ++i) {
    load->values.push_back({Value::Int(static_cast<int64_t>(500000 + i)), Value::Int(static_cast<int64_t>(49000 + i)),
                            Value::Text(load->batch.arena.Copy(Digits(119, i))),
                            Value::Text(load->batch.arena.Copy(Digits(59, i)))});
  }
}

void Wide(Workload* load) {
  auto& columns = load->table.schema.columns;
  columns = {MakeColumn("id", TypeKind::kBigInt)};
  for (int i = 0; i < 6; ++i) columns.push_back(MakeColumn("number_" + std::to_string(i), TypeKind::kInt));
  for (int i = 0; i < 3; ++i)
    columns.push_back(MakeColumn("amount_" + std::to_string(i), TypeKind::kDecimal, 0, 12, 2));
  for (int i = 0; i < 6; ++i) columns.push_back(MakeColumn("text_" + std::to_string(i), TypeKind::kVarchar, 200));
  columns.push_back(MakeColumn("created", TypeKind::kDatetime, 0, 0, 6));
  columns.push_back(MakeColumn("changed", TypeKind::kTimestamp, 0, 0, 3));
  columns.push_back(MakeColumn("attributes", TypeKind::kJson));
  columns.push_back(MakeColumn("rate", TypeKind::kDouble));
  for (size_t i = 0; i < kRows; ++i) {
    std::vector<Value> row{Value::Int(static_cast<int64_t>(i))};
    for (int n = 0; n < 6; ++n) row.push_back(Value::Int(static_cast<int64_t>(i * 1000 + static_cast<size_t>(n))));
    for (int n = 0; n < 3; ++n) row.push_back(Value::Decimal("123456.78"));
    for (size_t n = 0; n < 6; ++n)
      row.push_back(Value::Text(load->batch.arena.Copy("some \"text\" " + Digits(40, i + n))));
    row.push_back(Value::Datetime(int64_t{5500000000000000}));
    row.push_back(Value::Timestamp(1700000000123000));
    row.push_back(Value::Json(R"({"channel": "web", "items": [1, 2, 3], "note": "fast delivery"})"));
    row.push_back(Value::Double(0.125 * static_cast<double>(i)));
    load->values.push_back(std::move(row));
  }
}

expr::Expr KIsPositive() {
  expr::Expr column;
  column.kind = expr::ExprKind::kColumn;
  column.name = "k";
  expr::Expr zero;
  zero.literal = {expr::LiteralKind::kInteger, "0"};
  expr::Expr call;
  call.kind = expr::ExprKind::kCall;
  call.name = ">";
  call.args = {column, zero};
  return call;
}

struct Shape {
  const char* format = "canal_json";
  bool wide = false;
  bool where = false;
  bool select = false;  // `id, k, c, pad` in another order: values are copied
  bool update = false;
};

void Run(benchmark::State& state, const Shape& shape) {
  Workload load;
  load.table.database = load.table.schema.database = "shop";
  load.table.table = load.table.schema.table = "sbtest1";
  shape.wide ? Wide(&load) : Narrow(&load);
  load.table.schema.indexes.push_back({"PRIMARY", {"id"}, true, false});

  plan::Plan plan;
  plan.pipes.emplace_back();
  plan.pipes[0].name = "bench";
  plan::TableRule rule;
  rule.database = rule.table = {plan::NamePattern::Kind::kAny, ""};
  rule.topic.otherwise.parts = {{plan::TemplatePart::Kind::kText, "topic"}};
  rule.format.name = shape.format;
  rule.format.settings.Set("registry", {catalog::SettingKind::kWord, "schemas", 0, "", {}});
  rule.format.settings.Set("schema", {catalog::SettingKind::kBool, "", 0, "", {}});
  if (shape.where) rule.where = KIsPositive();
  if (shape.select) {
    for (const char* name : {"k", "id", "pad", "c"}) {
      plan::SelectItem item;
      item.value.kind = expr::ExprKind::kColumn;
      item.value.name = item.name = name;
      rule.select.push_back(item);
    }
  }
  plan.pipes[0].tables = {rule};
  auto transform =
      operators::Transform::Make(plan, plan.pipes[0], "db",
                                 [](const std::string&) {
                                   return Result<operators::ResolvedTopic>(operators::ResolvedTopic{0, 12});
                                 },
                                 {}, nullptr, {{"schemas", std::make_shared<formats::LocalSchemaRegistry>()}});
  if (!transform.ok() || !transform.value()->Bind(&load.table).ok()) {
    state.SkipWithError("the pipe does not bind");
    return;
  }
  Group group;
  group.gtid = "3e11fa47-71ca-11e1-9e33-c80aa9429562:23";
  group.file = "binlog.000007";
  group.commit_time_us = 1709172672801123;
  group.event_time_s = 1709172672;
  load.batch.groups = {group};
  for (size_t i = 0; i < kRows; ++i) {
    RowChange row;
    row.table = &load.table;
    row.after = load.values[i].data();
    if (shape.update) row.before = load.values[i].data();
    row.op = shape.update ? Op::kUpdate : Op::kInsert;
    row.event_offset = 4711 + i * 300;
    row.event_time_s = group.event_time_s;
    load.batch.rows.push_back(row);
  }
  MessageBatch out;
  size_t bytes = 0;
  for (auto _ : state) {
    out.bytes.Clear();
    out.messages.clear();
    const Status applied = transform.value()->Apply(load.batch, &out);
    if (!applied.ok()) state.SkipWithError(applied.error().message().c_str());
    bytes += out.bytes.size();
    benchmark::DoNotOptimize(out.bytes.data());
  }
  state.SetItemsProcessed(static_cast<int64_t>(state.iterations() * kRows));
  state.SetBytesProcessed(static_cast<int64_t>(bytes));
}

BENCHMARK_CAPTURE(Run, canal_narrow, Shape{});
BENCHMARK_CAPTURE(Run, canal_narrow_update, Shape{.update = true});
BENCHMARK_CAPTURE(Run, canal_narrow_where, Shape{.where = true});
BENCHMARK_CAPTURE(Run, canal_narrow_where_select, Shape{.where = true, .select = true});
BENCHMARK_CAPTURE(Run, canal_wide, Shape{.wide = true});
BENCHMARK_CAPTURE(Run, debezium_narrow, Shape{.format = "debezium_json"});
BENCHMARK_CAPTURE(Run, debezium_wide, Shape{.format = "debezium_json", .wide = true});
BENCHMARK_CAPTURE(Run, avro_narrow, Shape{.format = "debezium_avro"});
BENCHMARK_CAPTURE(Run, avro_wide, Shape{.format = "debezium_avro", .wide = true});

}  // namespace
}  // namespace cdc

BENCHMARK_MAIN();
