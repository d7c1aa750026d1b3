#pragma once

// The operator graph as data: what the compiler knows and the runtime needs. It names columns, types and functions,
// never indexes: tables of `shop.*` are not known when it is made. Settings and precedence are resolved: a TableRule is
// complete in itself. Parameters are replaced by their values.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "stdlib/catalog/settings.h"
#include "stdlib/core/result.h"
#include "stdlib/core/type.h"
#include "stdlib/expr/expr.h"

namespace cdc::plan {

inline constexpr int kPlanVersion = 1;

// A text with placeholders. Parameters and `$pipe$` are text already, and `$source$` of a pipe with one source.
struct TemplatePart {
  enum class Kind : uint8_t { kText, kDatabase, kTable, kOp, kMatch, kSource };
  Kind kind = Kind::kText;
  std::string text;  // kText: the text; kMatch: the group's name
};
struct Template {
  std::vector<TemplatePart> parts;
  expr::Origin origin;
};

struct NamePattern {
  enum class Kind : uint8_t { kExact, kAny, kRegex };
  Kind kind = Kind::kExact;
  std::string text;
};

// The topic of a row: one template, or the first `when` that is true (over output columns), else `otherwise`.
struct TopicRule {
  struct Arm {
    expr::Expr when;
    Template topic;
  };
  std::vector<Arm> arms;
  Template otherwise;
};

struct SelectItem {
  bool star = false;
  // star: `except`, `rename`, `replace`, naming source columns
  std::vector<std::string> except;
  std::vector<std::pair<std::string, std::string>> rename;  // from, to
  std::vector<std::pair<expr::Expr, std::string>> replace;  // value, column
  // not star
  expr::Expr value;
  std::string name;  // output name
  std::optional<Type> as_type;
  expr::Origin origin;
};

struct KeyRule {
  enum class Kind : uint8_t { kDefault, kPrimary, kNone, kColumns };
  Kind kind = Kind::kDefault;
  std::vector<std::string> columns;  // output names
  expr::Origin origin;
};

struct PartitionRule {
  enum class Kind : uint8_t { kFixed, kTable, kDatabase, kKey, kPrimaryKey, kHash };
  enum class Hash : uint8_t { kMurmur2, kCrc32, kJava };
  Kind kind = Kind::kKey;
  Hash hash = Hash::kMurmur2;
  int32_t fixed = 0;
  std::vector<std::string> columns;  // kHash: output names
  // `else`: rows whose key or hash columns do not exist. Nothing: PIPE125 territory.
  std::optional<int32_t> else_fixed;
  bool else_table = false;
  expr::Origin origin;
};

struct FormatRule {
  std::string name;
  catalog::Settings settings;
  expr::Origin origin;
};

struct HeaderRule {
  Template name;
  expr::Expr value;
};

enum class ActionKind : uint8_t {
  kPublish,
  kTombstone,
  kSkip,
  kFail,
  kPause,
  kResnapshot,
  kFollow,
  kRetry,
  kQuarantine
};
enum class PublishAs : uint8_t { kSame, kInsert, kUpdate, kDelete };

struct OnRule {
  // snapshot insert update delete enter leave dml ddl heartbeat transaction; "add column" …; "error transform" …;
  // "update of key", "update of columns" (see `of`)
  std::vector<std::string> events;
  std::vector<std::string> of;  // update of (columns)
  std::optional<expr::Expr> when;
  ActionKind action = ActionKind::kPublish;
  PublishAs publish_as = PublishAs::kSame;
  bool and_tombstone = false;
  std::optional<Template> to;  // publish to, quarantine to
  std::string text;            // skip '…', fail '…'
  expr::Origin origin;         // line for the message; file 0 offset 0..0 for built-in rules
  bool built_in = false;
};

// How tables of a rule that have one name, after `as` or in several sources, become one table.
//   kNone    they do not: a rule for one table, or without `as` and without `merge`
//   kStrict  their records have the same columns
//   kWiden   each has the columns of all (core/merged_schema.h)
enum class MergeMode : uint8_t { kNone, kStrict, kWiden };

struct TableRule {
  NamePattern database;
  NamePattern table;
  bool skip = false;
  std::optional<Template> target_database;  // `as db.table`
  std::optional<Template> target_table;
  MergeMode merge = MergeMode::kNone;
  std::optional<expr::Expr> where;
  std::vector<SelectItem> select;  // empty: `*`
  KeyRule key;
  PartitionRule partition;
  TopicRule topic;
  FormatRule format;
  std::vector<HeaderRule> headers;
  std::vector<OnRule> on;  // table's, pipe's, built-in: first match wins
  expr::Origin origin;
};

struct Resource {
  std::string name;
  std::string kind;  // mysql, binlog_files; kafka, stdout, files
  catalog::Settings settings;
};

// A table of a schema snapshot with the columns of it that a pipe's rules read by name, or as a key. They are looked at
// again when a run starts.
struct UsedColumn {
  std::string name;
  Type type;
};
struct UsedTable {
  std::string source;
  std::string database;
  std::string table;
  std::vector<UsedColumn> columns;
};

struct Pipe {
  std::string name;
  std::vector<std::string> sources;  // names; one at least
  std::string sink;
  std::string store;                 // empty: the sink's own
  int index_on_source = 0;           // n-th pipe on its first source, added to server_id
  std::vector<int> index_on_others;  // likewise, on the sources behind the first
  std::vector<TableRule> tables;     // first match owns a table
  std::vector<UsedTable> used;       // empty: without a snapshot
  std::vector<OnRule> on;            // pipe's and built-in: DDL without a table, errors outside rows
  TopicRule topic;                   // for DDL without a table
  FormatRule format;
  expr::Origin origin;
};

// What is run for one source of a pipe: a pipe that reads this source alone. Its templates have no kSource.
Pipe OfSource(const Pipe& pipe, size_t source);
// The pipe's number on its source `source`, which is added to server_id.
int IndexOnSource(const Pipe& pipe, size_t source);

// Columns whose values go out masked or not at all; they hold for tables that appear later, too.
struct SensitiveColumns {
  NamePattern database;
  NamePattern table;
  std::vector<NamePattern> columns;  // kExact, kRegex; without regard to case
  expr::Origin origin;
};

struct Notification {
  std::string notifier;
  std::string severity;  // info, warning, page
  std::string text;
};

// Checked and carried; this release fires none.
struct Alert {
  std::string name;
  // Metrics are calls with a pipe's or source's name as a column: lag(payments). Durations are literals.
  expr::Expr when;
  int64_t lasting_ms = 0;  // `for 5m`
  std::vector<Notification> notify;
  expr::Origin origin;
};

struct SourceFile {
  std::string path;  // as shown to people
  std::string text;
};

struct Plan {
  int version = kPlanVersion;
  std::string program;            // names the saved state
  std::string root;               // absolute: where relative paths of settings start; empty: at the plan's own folder
  std::string schema_directory;   // absolute; empty if the program has no schema snapshots
  std::vector<SourceFile> files;  // Origin::file indexes it; for messages at start and at run time
  std::vector<Resource> sources;
  std::vector<Resource> sinks;
  std::vector<Resource> stores;
  std::vector<Resource> registries;  // that formats name
  catalog::Settings secrets;         // that expressions read, by name: where they are, never what they are
  std::vector<SensitiveColumns> sensitive;
  std::vector<Pipe> pipes;
  std::vector<Resource> notifiers;  // that alerts use
  std::vector<Alert> alerts;
};

// The plan's JSON document, deterministic, two-space indent; and back. Errors: kConfig, with the JSON path.
std::string ToJson(const Plan& plan);
Result<Plan> FromJson(const std::string& text);
// `file:line:column` of an origin.
std::string Where(const Plan& plan, const expr::Origin& origin);

}  // namespace cdc::plan
