#include "runtime/testing/blocks/given_source.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "runtime/bind/expression.h"
#include "runtime/bind/table_scope.h"
#include "runtime/formats/same_value.h"
#include "runtime/sources/binlog_files/binlog_files.h"
#include "runtime/sources/mysql/binlog/captured_tables.h"
#include "runtime/sources/mysql/log_ddl.h"
#include "runtime/testing/blocks/memory_tables.h"
#include "runtime/testing/blocks/value_literal.h"
#include "stdlib/core/value_copy.h"

namespace cdc::testing {
namespace {

constexpr uint64_t kStatementBytes = 100;  // of the log that exists nowhere
constexpr const char* kLogName = "test.000001";
constexpr uint32_t kServerId = 1;

Error Refused(std::string text) { return Error(ErrorCode::kConfig, std::move(text)); }

class GivenSourceImpl : public GivenSource {
 public:
  explicit GivenSourceImpl(GivenContext context)
      : context_(std::move(context)), tracker_(*context_.tables), captured_(context_.capture) {
    for (const ddl::TableName& name : tracker_.Names()) {
      tables_.Add(*tracker_.Find(name.database, name.table).schema);
    }
    ddl_ = sources::LogDdl::Make(&tracker_, &captured_, {.dialect = context_.dialect, .followable = true});
  }

  Status Open(const std::vector<StateRecord>&) override { return OkStatus(); }

  Result<ReadResult> Read(ChangeBatch* out, int timeout_ms) override {
    if (reloaded_.has_value()) {
      const ddl::TableName name = *std::exchange(reloaded_, std::nullopt);
      RETURN_IF_ERROR(LoadAnew(name, out));
      Finish(out);
      return ReadResult::kBatch;
    }
    if (step_ == nullptr) return ReadResult::kEnd;
    const auto* binlog = std::get_if<plan::TestBinlog>(&step_->node);
    if (binlog == nullptr) {
      RETURN_IF_ERROR(Located(std::visit([&](const auto& node) { return Run(node, out); }, step_->node)));
      step_ = nullptr;
      Finish(out);
      return ReadResult::kBatch;
    }
    if (log_ == nullptr) RETURN_IF_ERROR(Located(Replay(binlog->path)));
    ASSIGN_OR_RETURN(const ReadResult read, Located(log_->Read(out, timeout_ms)));
    if (read == ReadResult::kBatch) return read;
    log_.reset();
    step_ = nullptr;
    return ReadResult::kEnd;
  }

  void Interrupt() override {}
  SourceProgress Progress() const override { return {.phase = "streaming"}; }
  void Begin(size_t step) override { step_ = &context_.test->given[step]; }

  bool Has(const plan::TestStep& step) const override {
    return std::visit([this](const auto& node) { return IsAbout(node); }, step.node);
  }

 private:
  template <typename Statement>
  bool IsAbout(const Statement& statement) const {
    if (!statement.source.empty()) return statement.source == context_.source;
    return tracker_.Find(statement.database, statement.table).schema != nullptr;
  }
  bool IsAbout(const plan::TestDdl& ddl) const {
    const auto statement = ddl::ParseDdl(ddl.statement, context_.dialect);
    if (!statement.ok()) return false;
    const bool creates = statement->kind == ddl::StatementKind::kCreateTable;
    if (statement->changes.empty() || creates) return HasDatabase(statement->database);
    const ddl::TableName& table = statement->changes.front().table;
    return tracker_.Find(table.database, table.table).schema != nullptr;
  }
  // A log does not say whose it is.
  bool IsAbout(const plan::TestBinlog&) const { return false; }

  bool HasDatabase(const std::string& database) const {
    const std::vector<ddl::TableName> names = tracker_.Names();
    return std::any_of(names.begin(), names.end(), [&](const auto& name) { return name.database == database; });
  }

  template <typename Outcome>
  Outcome Located(Outcome outcome) const {
    if (outcome.ok()) return outcome;
    Error error = std::move(outcome).error();
    return Error(error.code(), plan::Where(*context_.plan, step_->origin) + ": " + error.message());
  }

  // ---- one transaction

  void OpenGroup(bool snapshot, ChangeBatch* out) {
    offset_ += kStatementBytes;
    Group group;
    group.file = kLogName;
    group.offset = offset_;
    if (!snapshot) group.txid = group.file + ":" + std::to_string(group.offset);
    group.commit_time_us = kTestTimeUs;
    group.event_time_s = static_cast<uint32_t>(kTestTimeUs / 1'000'000);
    group.server_id = kServerId;
    out->groups.push_back(std::move(group));
  }

  void Finish(ChangeBatch* out) {
    for (size_t i = 0; i < out->rows.size(); ++i) {
      out->rows[i].ordinal = out->rows[i].table_ordinal = i;
      out->rows[i].row_in_event = static_cast<uint32_t>(i);
      out->rows[i].last_in_group = i + 1 == out->rows.size();
    }
    out->end.flavour = Flavour::kFiles;
    out->end.file = kLogName;
    out->end.offset = offset_ + kStatementBytes;
    out->end.commit_time_us = kTestTimeUs;
  }

  // The table's version for the transform; null if the pipe does not capture it.
  Result<std::shared_ptr<const TableVersion>> Version(const MemoryTable& table) {
    const std::string& database = table.schema.database;
    const std::string& name = table.schema.table;
    if (!captured_.Wants(database, name)) return std::shared_ptr<const TableVersion>();
    const sources::TrackedTable tracked = tracker_.Find(database, name);
    return captured_.Bind(database, name, *tracked.schema, tracked.version);
  }

  Status Change(const MemoryTable& table, Op op, const Value* before, const Value* after, ChangeBatch* out) {
    ASSIGN_OR_RETURN(const auto version, Version(table));
    if (version == nullptr) return OkStatus();
    if (op == Op::kSnapshot && !captured_.WantsSnapshot(version->database, version->table)) return OkStatus();
    if (out->tables.empty()) out->tables.push_back(version);
    RowChange& row = out->rows.emplace_back();
    row.table = version.get();
    row.before = before;
    row.after = after;
    row.event_offset = offset_;
    row.event_time_s = out->groups.front().event_time_s;
    row.op = op;
    return OkStatus();
  }

  Result<MemoryTable*> Table(const std::string& database, const std::string& name) {
    MemoryTable* table = tables_.Find(database, name);
    if (table != nullptr) return table;
    return Refused("there is no table " + database + "." + name + " in the schema snapshot of `" + context_.source +
                   "`");
  }

  Result<int> ColumnOf(const MemoryTable& table, const std::string& name) const {
    const int column = table.schema.Find(name);
    if (column >= 0) return column;
    return Refused("table " + table.schema.database + "." + table.schema.table + " has no column `" + name + "`");
  }

  // ---- expressions

  Result<bind::Expression> Bound(const expr::Expr& expr, const MemoryTable* table, bool condition) {
    bind::TableScope::Options options{"", {}, false, {}, context_.secrets};
    if (table != nullptr) options.table = table->schema.database + "." + table->schema.table;
    const bind::TableScope scope(table == nullptr ? nullptr : &table->schema.columns, options);
    bind::Problems problems(context_.plan);
    auto bound = condition ? bind::BindCondition(expr, scope, &problems) : bind::BindValue(expr, scope, &problems);
    if (!bound) return problems.ToError("the test");
    return std::move(*bound);
  }

  // ---- statements

  Status Run(const plan::TestInsert& insert, ChangeBatch* out) {
    ASSIGN_OR_RETURN(MemoryTable * table, Table(insert.database, insert.table));
    std::vector<int> columns;
    for (const std::string& name : insert.columns) {
      ASSIGN_OR_RETURN(const int column, ColumnOf(*table, name));
      columns.push_back(column);
    }
    OpenGroup(insert.snapshot, out);
    for (const std::vector<expr::Expr>& row : insert.rows) {
      std::vector<Value> values;
      std::vector<Type> types;
      for (const expr::Expr& expr : row) {
        ASSIGN_OR_RETURN(const bind::Expression bound, Bound(expr, nullptr, false));
        ASSIGN_OR_RETURN(const Value value, bound.program.Evaluate({}, tables_.arena()));
        values.push_back(CopyValue(value, tables_.arena()));
        types.push_back(bound.type);
      }
      ASSIGN_OR_RETURN(const Value* after, tables_.Insert(table, columns, values, types));
      RETURN_IF_ERROR(Change(*table, insert.snapshot ? Op::kSnapshot : Op::kInsert, nullptr, after, out));
    }
    return OkStatus();
  }

  // The row for which `where` is true.
  Result<size_t> RowOf(const MemoryTable& table, const expr::Expr& where) {
    ASSIGN_OR_RETURN(const bind::Expression condition, Bound(where, &table, true));
    std::vector<size_t> rows;
    for (size_t i = 0; i < table.rows.size(); ++i) {
      bind::RowView view;
      view.after = table.rows[i];
      ASSIGN_OR_RETURN(const bool holds, condition.program.Test(view, tables_.arena()));
      if (holds) rows.push_back(i);
    }
    if (rows.size() == 1) return rows[0];
    return Refused(std::string(rows.empty() ? "no row" : "more than one row") + " of " + table.schema.database + "." +
                   table.schema.table + " has " + expr::ToText(where));
  }

  Status Run(const plan::TestUpdate& update, ChangeBatch* out) {
    ASSIGN_OR_RETURN(MemoryTable * table, Table(update.database, update.table));
    ASSIGN_OR_RETURN(const size_t at, RowOf(*table, update.where));
    const size_t count = table->schema.columns.size();
    const Value* before = table->rows[at];
    Value* after = tables_.arena()->AllocateArray<Value>(count);
    std::copy(before, before + count, after);
    for (const auto& [name, expr] : update.set) {
      ASSIGN_OR_RETURN(const int column, ColumnOf(*table, name));
      ASSIGN_OR_RETURN(const bind::Expression bound, Bound(expr, table, false));
      // As in MySQL: an assignment sees those before it.
      bind::RowView view;
      view.after = after;
      ASSIGN_OR_RETURN(const Value value, bound.program.Evaluate(view, tables_.arena()));
      ASSIGN_OR_RETURN(after[column],
                       tables_.Fit(value, bound.type, table->schema.columns[static_cast<size_t>(column)]));
    }
    RETURN_IF_ERROR(tables_.Replace(table, at, after));
    OpenGroup(false, out);
    // As with the server: an update that changes nothing is not in the log.
    bool same = true;
    for (size_t i = 0; i < count; ++i) same = same && formats::SameValue(before[i], after[i]);
    return same ? OkStatus() : Change(*table, Op::kUpdate, before, after, out);
  }

  Status Run(const plan::TestDelete& removal, ChangeBatch* out) {
    ASSIGN_OR_RETURN(MemoryTable * table, Table(removal.database, removal.table));
    ASSIGN_OR_RETURN(const size_t at, RowOf(*table, removal.where));
    const Value* before = table->rows[at];
    table->rows.erase(table->rows.begin() + static_cast<std::ptrdiff_t>(at));
    OpenGroup(false, out);
    return Change(*table, Op::kDelete, before, nullptr, out);
  }

  Status Run(const plan::TestDdl& step, ChangeBatch* out) {
    ASSIGN_OR_RETURN(const ddl::Statement statement, ddl::ParseDdl(step.statement, context_.dialect));
    if (statement.kind == ddl::StatementKind::kOther) {
      return Refused("this is no statement that changes a table, an index or a database");
    }
    // What a log keeps going over, a test must not: the statement has to fit the table.
    sources::SchemaTracker probe = tracker_;
    ASSIGN_OR_RETURN(const std::vector<sources::TableChange> changes,
                     probe.Apply(statement, context_.dialect, sources::Misfit::kRefuse));
    if (statement.kind == ddl::StatementKind::kDropDatabase) {
      for (const ddl::TableName& name : tracker_.Names()) {
        if (name.database != statement.database) continue;
        ddl::SchemaChange dropped;
        RETURN_IF_ERROR(tables_.Follow({name, name, &dropped, {}, {}, ""}));
      }
    }
    OpenGroup(false, out);
    binlog::DdlStatement logged;
    logged.text = step.statement;
    logged.mariadb = context_.dialect.mariadb;
    logged.server_version = context_.dialect.server_version;
    logged.event_time_s = out->groups.front().event_time_s;
    logged.group = out->groups.front();
    logged.before.file = kLogName;
    logged.before.offset = offset_;
    ASSIGN_OR_RETURN(binlog::DdlOutcome outcome, ddl_->Handle(logged));
    for (const sources::TableChange& change : changes) RETURN_IF_ERROR(tables_.Follow(change));
    if (outcome.events.size() > 1) {
      return Refused("a statement about several captured tables: write one for each");
    }
    if (outcome.events.empty()) return OkStatus();
    out->ddl = std::move(outcome.events.front());
    out->ddl->group = 0;
    // What stops the pipe is the transform's to say.
    const auto answer = captured_.Answer(*out->ddl, out->groups.front());
    const auto& after = out->ddl->after;
    if (answer.ok() && answer->loads && after != nullptr && captured_.WantsSnapshot(after->database, after->table)) {
      reloaded_ = ddl::TableName{after->database, after->table};
    }
    return OkStatus();
  }

  // What a `resnapshot` rule asks for: every row the table has.
  Status LoadAnew(const ddl::TableName& name, ChangeBatch* out) {
    ASSIGN_OR_RETURN(const MemoryTable* table, Table(name.database, name.table));
    OpenGroup(true, out);
    for (const Value* row : table->rows) RETURN_IF_ERROR(Change(*table, Op::kSnapshot, nullptr, row, out));
    return OkStatus();
  }

  Status Run(const plan::TestBinlog&, ChangeBatch*) { return OkStatus(); }

  Status Replay(const std::string& path) {
    SourceContext context;
    context.program = context_.plan->program;
    context.pipe = context_.test->pipe;
    context.name = context_.source;
    const bool absolute = path.starts_with('/') || context_.folder.empty();
    context.settings.Set(
        "path", {.kind = catalog::SettingKind::kString, .text = absolute ? path : context_.folder + "/" + path});
    for (const plan::Resource& source : context_.plan->sources) {
      const catalog::SettingValue* folder =
          source.name == context_.source ? source.settings.Find("schema_from") : nullptr;
      if (folder != nullptr) context.settings.Set("schema_from", *folder);
    }
    context.schema_directory = context_.plan->schema_directory;
    context.capture = context_.capture;
    log_ = sources::MakeBinlogFilesSource(std::move(context));
    return log_->Open({});
  }

  const GivenContext context_;
  sources::SchemaTracker tracker_;
  binlog::CapturedTables captured_;
  std::unique_ptr<sources::LogDdl> ddl_;
  MemoryTables tables_;
  std::unique_ptr<Source> log_;             // under way
  const plan::TestStep* step_ = nullptr;    // to run; null: none
  std::optional<ddl::TableName> reloaded_;  // behind the statement before
  uint64_t offset_ = 4;
};

}  // namespace

std::unique_ptr<GivenSource> GivenSource::Make(GivenContext context) {
  return std::make_unique<GivenSourceImpl>(std::move(context));
}

}  // namespace cdc::testing
