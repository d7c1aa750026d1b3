#include "runtime/sources/mysql/log_ddl.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "runtime/sources/mysql/binlog/charset.h"
#include "runtime/sources/mysql/followed.h"
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
      RETURN_IF_ERROR(OnFailure(
          Error(ErrorCode::kConfig, "at " + ToText(logged.before) + ": cannot follow this statement of the log: " +
                                        statement.error().message() + "\n  " + Excerpt(logged.text, kExcerptBytes)),
          {}, logged));
      return binlog::DdlOutcome{};
    }
    if (statement->temporary || statement->kind == ddl::StatementKind::kOther) return binlog::DdlOutcome{};
    if (statement->changes.empty()) return DatabaseEvent(*statement, DialectOf(logged), logged);
    RETURN_IF_ERROR(CheckFollowable(*statement, logged));
    auto applied = tracker_->Apply(*statement, dialect, options_.followable ? Misfit::kKeep : Misfit::kRefuse);
    if (!applied.ok()) {
      RETURN_IF_ERROR(OnFailure(std::move(applied).error(), statement->changes.front().table, logged));
      return binlog::DdlOutcome{};
    }
    const std::vector<TableChange>& changes = *applied;
    binlog::DdlOutcome outcome;
    for (size_t i = 0; i < changes.size(); ++i) {
      const TableChange& change = changes[i];
      if (!change.misfit.empty() && Wanted(change.table)) {
        spdlog::warn("{}: `{}` does not fit {}.{} as it is known ({}); its rows are read by the log's own metadata",
                     ToText(logged.before), Excerpt(logged.text, kExcerptBytes), change.table.database,
                     change.table.table, change.misfit);
      }
      MakeRoom(change, &outcome.state);
      const TableChange* successor = SuccessorOf(changes, i);
      if (successor != nullptr && IsSwap(change, *successor)) {
        // One change of the table that keeps its name: told with the successor.
        replaced_[NameOf(change.table)] = tables_->Current(change.table.database, change.table.table);
        SchemaTracker::Record(change, &outcome.state);
        continue;
      }
      if (successor == nullptr) FollowRename(change, logged, &outcome.state);
      RETURN_IF_ERROR(AddChange(change, *statement, logged, &outcome));
      const bool leaves = successor == nullptr && (Renames(change) || change.after.schema == nullptr);
      if (leaves && tables_->KnownAs(NameOf(change.table)) != NameOf(change.table)) {
        Unfollow(NameOf(change.table), &outcome.state);
      }
    }
    replaced_.clear();
    return outcome;
  }

 private:
  using Name = binlog::CapturedTables::Name;

  static Name NameOf(const ddl::TableName& name) { return {name.database, name.table}; }
  static bool Renames(const TableChange& change) { return !(change.table == change.new_name); }

  // The change of the same statement that brings another table to the name that one leaves; null if none does.
  static const TableChange* SuccessorOf(const std::vector<TableChange>& changes, size_t at) {
    if (!Renames(changes[at])) return nullptr;
    for (size_t i = at + 1; i < changes.size(); ++i) {
      if (Renames(changes[i]) && changes[i].new_name == changes[at].table) return &changes[i];
    }
    return nullptr;
  }

  // `RENAME TABLE t TO old, new TO t`, where the pipe captures `t` alone.
  bool IsSwap(const TableChange& leaves, const TableChange& comes) const {
    return Wanted(leaves.table) && !Wanted(leaves.new_name) && !Wanted(comes.table) &&
           leaves.before.schema != nullptr && comes.after.schema != nullptr;
  }

  // Takes a `follow` rule at its word: the table stays captured under its new name.
  void FollowRename(const TableChange& change, const binlog::DdlStatement& logged, std::vector<StateRecord>* state) {
    if (!Renames(change) || !Wanted(change.table) || change.before.schema == nullptr ||
        tables_->Names(NameOf(change.new_name))) {
      return;
    }
    DdlEvent event;
    event.database = change.table.database;
    event.table = change.table.table;
    event.statement = logged.text;
    event.parts = change.change->labels;
    event.before = tables_->Current(change.table.database, change.table.table);
    const auto answer = tables_->Answer(event, logged.group);
    if (!answer.ok() || !answer->follows) return;
    const Name known_as = event.before == nullptr || event.before->rule_table.empty()
                              ? NameOf(change.table)
                              : Name(event.before->rule_database, event.before->rule_table);
    tables_->Follow(NameOf(change.new_name), known_as);
    state->push_back(FollowedRecord(NameOf(change.new_name), known_as));
  }

  void Unfollow(const Name& table, std::vector<StateRecord>* state) {
    tables_->Unfollow(table);
    state->push_back(FollowedDeletion(table));
  }

  // Another table comes to a name: one that has left it is followed no longer, for the rules mean the name.
  void MakeRoom(const TableChange& change, std::vector<StateRecord>* state) {
    if (!Renames(change) && change.change->kind != ddl::ChangeKind::kCreateTable) return;
    const Name name = NameOf(change.new_name);
    const std::optional<Name> other = tables_->FollowedFrom(name);
    if (!other.has_value() || *other == NameOf(change.table)) return;
    spdlog::warn("{}.{}, which was {}.{}, is followed no longer: there is a table of that name again", other->first,
                 other->second, name.first, name.second);
    Unfollow(*other, state);
  }

  // What to do about a change that nobody can follow; `table` empty: the statement is not understood. OK: pass over it.
  Status OnFailure(Error error, const ddl::TableName& table, const binlog::DdlStatement& logged) {
    if (error.code() != ErrorCode::kConfig) return error;
    DdlFailure failure{table.database, table.table, logged.text, &logged.group, options_.followable};
    return tables_->JudgeDdlFailure(failure, std::move(error));
  }

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

  Status CheckFollowable(const ddl::Statement& statement, const binlog::DdlStatement& logged) {
    if (options_.followable) return OkStatus();
    for (const ddl::SchemaChange& change : statement.changes) {
      if (!Wanted(change.table) || !ChangesColumns(change) || IsTrackedSequence(change.table)) continue;
      Error error(
          ErrorCode::kConfig,
          "at " + ToText(logged.before) + ": the columns of " + change.table.database + "." + change.table.table +
              " change, and this release follows that only where the server runs with binlog_row_metadata = FULL; set "
              "that, then start with --reset-position\n  " +
              Excerpt(logged.text, kExcerptBytes));
      return OnFailure(std::move(error), change.table, logged);
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
        if (tables_->KnownAs(NameOf(change.table)) != NameOf(change.table)) {
          Unfollow(NameOf(change.table), &outcome.state);
        }
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
    const auto replaced = replaced_.find(NameOf(change.new_name));
    if (replaced != replaced_.end()) event.before = replaced->second;
    if (after && change.after.schema != nullptr) {
      auto bound =
          tables_->Bind(change.new_name.database, change.new_name.table, *change.after.schema, change.after.version);
      if (!bound.ok()) {
        // A rule for the change comes before what it does to the program.
        const auto answer = tables_->Answer(event, logged.group);
        const bool stops = !answer.ok() && (answer.error().code() == ErrorCode::kRuleStop ||
                                            answer.error().code() == ErrorCode::kRulePause);
        return stops ? Status(answer.error()) : OnFailure(NotFitting(bound.error()), change.new_name, logged);
      }
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
  // By the name that a table left to another one of the statement under way.
  std::map<Name, std::shared_ptr<const TableVersion>> replaced_;
};

}  // namespace

std::unique_ptr<LogDdl> LogDdl::Make(SchemaTracker* tracker, binlog::CapturedTables* tables, LogDdlOptions options) {
  return std::make_unique<Handler>(tracker, tables, std::move(options));
}

}  // namespace cdc::sources
