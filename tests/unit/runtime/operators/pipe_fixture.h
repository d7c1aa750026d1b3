#pragma once

// A pipe over hand-made plans and batches: rows in, records out, without a sink.

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/plan/plan.h"
#include "runtime/operators/transform.h"

namespace cdc::testing {

// Expressions as the compiler would make them.
expr::Expr ColumnExpr(const std::string& name, expr::Image image = expr::Image::kCurrent);
expr::Expr MetaExpr(const std::string& name);
expr::Expr MatchExpr(const std::string& name);
expr::Expr NumberExpr(const std::string& digits);
expr::Expr StringExpr(const std::string& text);
expr::Expr CallExpr(const std::string& function, std::vector<expr::Expr> args);

// The labels of an added column.
inline const std::vector<std::string> kAddColumn{"add column", "alter table", "ddl"};

// A template from text: $database$, $tablename$, $op$, and $x$ for match.x.
plan::Template TemplateOf(const std::string& text);

// `on EVENT ACTION` rules.
plan::OnRule On(std::vector<std::string> events, plan::ActionKind action);

// A rule for `database`.`table` with topic "$database$-$tablename$", canal_json, key and partition by default.
plan::TableRule RuleFor(const std::string& database, const std::string& table);

// A row of PipeFixture::SmallSchema().
std::vector<Value> Row(int64_t id, int64_t a, std::string_view b);

// What a sink would have been given.
struct Record {
  std::string topic;
  int32_t partition = 0;
  std::string key;      // "null" if it has none
  std::string value;    // "null" for a tombstone
  std::string headers;  // name=value,…
  int64_t timestamp_ms = 0;
  bool operator==(const Record&) const = default;
};
// `insert shop-t {"id":"1",…}`: type, topic and row of a Canal record; `tombstone shop-t {"id":"1"}`.
std::string Brief(const Record& record);

class PipeFixture {
 public:
  explicit PipeFixture(std::vector<plan::TableRule> rules, int32_t partitions = 1);

  plan::Pipe& pipe() { return plan_.pipes[0]; }
  plan::Plan& plan() { return plan_; }
  // Requires: no change of the plan afterwards.
  operators::Transform& transform();
  Error MakeError();

  // Adds a table (shop.t: id int primary key, a int, b varchar) and binds it. Aborts the test on errors.
  const TableVersion* AddTable(const std::string& database, const std::string& table, Schema schema);
  static Schema SmallSchema();

  // Begins a group; rows added next belong to it.
  void Begin(const std::string& gtid = "");
  void Insert(const TableVersion* table, std::vector<Value> after);
  void Update(const TableVersion* table, std::vector<Value> before, std::vector<Value> after);
  void Delete(const TableVersion* table, std::vector<Value> before);
  void Snapshot(const TableVersion* table, std::vector<Value> after);

  // Runs what was added through the transform and forgets it.
  Status Run(std::vector<Record>* records);
  // The same, in batches of `rows_per_batch`.
  std::vector<std::string> RunBriefly(size_t rows_per_batch = 1000);
  // One batch, which is kept: for errors and positions.
  Status Apply(MessageBatch* out);
  std::vector<Record> RecordsOf(const MessageBatch& batch) const;

  ChangeBatch batch;
  std::vector<std::string> topics;  // by index
  Error* topic_error = nullptr;
  int64_t record_bytes_max = INT64_MAX;
  bind::SecretValues secrets;  // by name, for expressions

 private:
  void AddRow(const TableVersion* table, Op op, const std::vector<Value>* before, const std::vector<Value>* after);
  const Value* Keep(const std::vector<Value>& values);

  plan::Plan plan_;
  int32_t partitions_;
  std::unique_ptr<operators::Transform> transform_;
  std::vector<std::shared_ptr<TableVersion>> tables_;
  std::vector<std::unique_ptr<std::vector<Value>>> values_;
  uint64_t next_offset_ = 1000;
};

}  // namespace cdc::testing
