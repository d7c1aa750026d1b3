#include "runtime/sources/mysql/log_ddl.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <cctype>
#include <string>
#include <utility>

#include "runtime/sources/mysql/binlog/charset.h"
#include "stdlib/core/names.h"
#include "stdlib/core/utf8.h"

namespace cdc::sources {
namespace {

constexpr uint64_t kAnsiQuotes = 0x4;
constexpr uint64_t kNoBackslashEscapes = 0x100000;
constexpr size_t kExcerptBytes = 200;

void FoldNames(ddl::TableName* name) {
  name->database = FoldName(name->database);
  name->table = FoldName(name->table);
}

// Databases and tables by the names that rows and information_schema have for them.
void FoldNames(ddl::Statement* statement) {
  statement->database = FoldName(statement->database);
  for (ddl::SchemaChange& change : statement->changes) {
    FoldNames(&change.table);
    if (change.like.has_value()) FoldNames(&*change.like);
    if (change.created.has_value()) {
      change.created->database = FoldName(change.created->database);
      change.created->table = FoldName(change.created->table);
    }
    for (ddl::Part& part : change.parts) FoldNames(&part.new_table);
  }
}

class Handler : public LogDdl {
 public:
  Handler(SchemaTracker* tracker, binlog::CapturedTables* tables, LogDdlOptions options)
      : tracker_(tracker), tables_(tables), options_(std::move(options)) {}

  Result<binlog::FoundSchema> Find(const std::string& database, const std::string& table) override {
    const TrackedTable found = tracker_->Find(database, table);
    return binlog::FoundSchema{found.schema, found.version};
  }

  Result<binlog::DdlOutcome> Handle(const binlog::DdlStatement& logged) override {
    ddl::Dialect dialect = DialectOf(logged);
    auto statement = Parse(logged.text, dialect);
    if (statement.ok() && TakeDefaultsOf(statement->database, &dialect)) statement = Parse(logged.text, dialect);
    if (!statement.ok()) {
      if (!MentionsCaptured(logged.text)) return binlog::DdlOutcome{};
      return Error(ErrorCode::kConfig, "at " + ToText(logged.before) + ": cannot follow this statement of the log: " +
                                           statement.error().message() + "\n  " + Excerpt(logged.text, kExcerptBytes));
    }
    if (statement->temporary || statement->kind == ddl::StatementKind::kOther) return binlog::DdlOutcome{};
    if (statement->changes.empty()) return DatabaseEvent(*statement, DialectOf(logged), logged);
    RETURN_IF_ERROR(CheckFollowable(*statement, logged));
    ASSIGN_OR_RETURN(const std::vector<TableChange> changes,
                     tracker_->Apply(*statement, dialect, options_.followable ? Misfit::kKeep : Misfit::kRefuse));
    binlog::DdlOutcome outcome;
    for (const TableChange& change : changes) {
      if (!change.misfit.empty() && Wanted(change.table)) {
        spdlog::warn("{}: `{}` does not fit {}.{} as it is known ({}); its rows are read by the log's own metadata",
                     ToText(logged.before), Excerpt(logged.text, kExcerptBytes), change.table.database,
                     change.table.table, change.misfit);
      }
      RETURN_IF_ERROR(AddChange(change, *statement, logged, &outcome));
    }
    return outcome;
  }

 private:
  ddl::Dialect DialectOf(const binlog::DdlStatement& logged) const {
    ddl::Dialect dialect = options_.dialect;
    dialect.mariadb = logged.mariadb;
    dialect.server_version = logged.server_version;
    dialect.ansi_quotes = (logged.sql_mode & kAnsiQuotes) != 0;
    dialect.no_backslash_escapes = (logged.sql_mode & kNoBackslashEscapes) != 0;
    dialect.default_database = logged.database;
    const std::string_view charset = binlog::CharsetNameOfCollation(logged.server_collation);
    if (!charset.empty()) {
      dialect.default_charset = std::string(charset);
      dialect.default_collation.clear();
    }
    return dialect;
  }

  Result<ddl::Statement> Parse(const std::string& text, const ddl::Dialect& dialect) const {
    ASSIGN_OR_RETURN(ddl::Statement statement, ddl::ParseDdl(text, dialect));
    if (options_.fold_names) FoldNames(&statement);
    return statement;
  }

  // What a new table gets that names no charset. False: as the dialect says.
  bool TakeDefaultsOf(const std::string& database, ddl::Dialect* dialect) const {
    const CharsetDefault* defaults = tracker_->databases().Find(database);
    if (defaults == nullptr) return false;
    dialect->default_charset = defaults->charset;
    dialect->default_collation = defaults->collation;
    return true;
  }

  bool IsTrackedSequence(const ddl::TableName& name) const {
    const TrackedTable found = tracker_->Find(name.database, name.table);
    return found.schema != nullptr && binlog::IsSequence(*found.schema);
  }

  bool Wanted(const ddl::TableName& name) const { return tables_->Wants(name.database, name.table); }

  bool MentionsCaptured(const std::string& text) const {
    const std::string lower = LowerAscii(text);
    for (const ddl::TableName& name : tracker_->Names()) {
      if (lower.find(LowerAscii(name.table)) != std::string::npos) return true;
    }
    return false;
  }

  // Whether the statement may give a captured table other columns.
  static bool ChangesColumns(const ddl::SchemaChange& change) {
    if (change.kind != ddl::ChangeKind::kAlterTable) return change.kind == ddl::ChangeKind::kRenameTable;
    return std::any_of(change.parts.begin(), change.parts.end(), [](const ddl::Part& part) {
      switch (part.kind) {
        case ddl::PartKind::kAddColumn:
        case ddl::PartKind::kDropColumn:
        case ddl::PartKind::kModifyColumn:
        case ddl::PartKind::kRenameColumn:
        case ddl::PartKind::kRenameTable:
        case ddl::PartKind::kConvertCharset:
          return true;
        default:
          return false;
      }
    });
  }

  Status CheckFollowable(const ddl::Statement& statement, const binlog::DdlStatement& logged) const {
    if (options_.followable) return OkStatus();
    for (const ddl::SchemaChange& change : statement.changes) {
      if (!Wanted(change.table) || !ChangesColumns(change) || IsTrackedSequence(change.table)) continue;
      return Error(
          ErrorCode::kConfig,
          "at " + ToText(logged.before) + ": the columns of " + change.table.database + "." + change.table.table +
              " change, and this release follows that only where the server runs with binlog_row_metadata = FULL; set "
              "that, then start with --reset-position\n  " +
              Excerpt(logged.text, kExcerptBytes));
    }
    return OkStatus();
  }

  Result<binlog::DdlOutcome> DatabaseEvent(const ddl::Statement& statement, const ddl::Dialect& dialect,
                                           const binlog::DdlStatement& logged) {
    binlog::DdlOutcome outcome;
    if (auto record = tracker_->databases().Apply(statement, dialect)) outcome.state.push_back(std::move(*record));
    const auto names = tracker_->Names();
    const bool captured = std::any_of(names.begin(), names.end(), [&](const ddl::TableName& name) {
      return name.database == statement.database && Wanted(name);
    });
    if (statement.kind == ddl::StatementKind::kDropDatabase) {
      for (const TableChange& change : tracker_->DropDatabase(statement.database)) {
        if (Wanted(change.table)) SchemaTracker::Record(change, &outcome.state);
      }
    }
    if (!captured) return outcome;
    DdlEvent event;
    event.database = statement.database;
    event.statement = logged.text;
    event.parts = {statement.labels};
    event.canal_type = std::string(ddl::CanalType(statement.kind));
    outcome.events.push_back(std::move(event));
    return outcome;
  }

  Status AddChange(const TableChange& change, const ddl::Statement& statement, const binlog::DdlStatement& logged,
                   binlog::DdlOutcome* outcome) {
    const bool before = Wanted(change.table);
    const bool after = Wanted(change.new_name);
    if (!before && !after) return OkStatus();
    const TrackedTable& newest = change.after.schema != nullptr ? change.after : change.before;
    if (newest.schema != nullptr && binlog::IsSequence(*newest.schema)) {
      SchemaTracker::Record(change, &outcome->state);
      return OkStatus();
    }
    DdlEvent event;
    const ddl::TableName& shown = before ? change.table : change.new_name;
    event.database = shown.database;
    event.table = shown.table;
    event.statement = logged.text;
    event.parts = change.change->labels;
    event.canal_type = std::string(ddl::CanalType(statement.kind, event.parts));
    if (before && change.before.schema != nullptr)
      event.before = tables_->Current(change.table.database, change.table.table);
    if (after && change.after.schema != nullptr) {
      auto bound =
          tables_->Bind(change.new_name.database, change.new_name.table, *change.after.schema, change.after.version);
      if (!bound.ok()) return NotFitting(bound.error());
      event.after = std::move(bound).value();
    }
    SchemaTracker::Record(change, &outcome->state);
    outcome->events.push_back(std::move(event));
    return OkStatus();
  }

  // The pipe stops before the statement, and a program that fits the columns behind it goes on right there.
  static Error NotFitting(const Error& error) {
    if (error.code() != ErrorCode::kConfig) return error;
    return Error(error.code(),
                 error.message() +
                     "\n  = everything before this statement is published; change the program to fit, and run "
                     "it again: it goes on here");
  }

  SchemaTracker* tracker_;
  binlog::CapturedTables* tables_;
  const LogDdlOptions options_;
};

}  // namespace

std::unique_ptr<LogDdl> LogDdl::Make(SchemaTracker* tracker, binlog::CapturedTables* tables, LogDdlOptions options) {
  return std::make_unique<Handler>(tracker, tables, std::move(options));
}

}  // namespace cdc::sources
