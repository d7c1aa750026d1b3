#pragma once

// A .pipe file as values: one struct per construct of grammar/Pipe.g4, in the order written. Everything has its span.
// Strings have their escapes resolved, numbers their underscores removed, durations are milliseconds, sizes bytes.
// A construct with a syntax error is left out; `File::complete` tells.

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "compiler/ast/expression.h"
#include "stdlib/core/type.h"

namespace cdc::ast {

struct Comment {
  enum class Kind : uint8_t { kLine, kDoc, kBlock };
  Kind kind = Kind::kLine;
  std::string text;  // as written, with its `--`, `---` or `/* */`
  Span span;
};

// What stands around a declaration, clause, setting or table rule.
struct Trivia {
  std::vector<Comment> before;   // on lines of their own, above it
  std::optional<Comment> after;  // behind it on its last line
  // Text of the `---` lines directly above, without the dashes, joined by line ends.
  std::string doc;
};

// A name or a word where the grammar expects one. Text as written, backticks removed.
struct Ident {
  std::string text;
  Span span;
  bool quoted = false;
};

struct Text {  // a '…' literal
  std::string text;
  Span span;
};

// `decimal(12, 2) not null`. `type` is filled completely; an unknown name was reported (PIPE103) and gives kUnknown.
struct TypeRef {
  Type type;
  Span span;
  Span not_null = {};  // with the blank in front of it; empty if it is not written
};

// One half of `database.table`.
struct NamePart {
  enum class Kind : uint8_t { kExact, kAny, kRegex };
  Kind kind = Kind::kExact;
  std::string text;  // kExact: the name; kRegex: the pattern
  Span span;
};
struct Pattern {
  NamePart database;
  NamePart table;
  Span span;
};

// ---- settings and clauses ---------------------------------------------------------------------------------------

// `use shard;` or `use house.kafka;`
struct UseClause {
  Ident name;
  std::optional<Ident> member;  // name is then the import's
  Span span;
};

struct SettingsItem;
struct Settings {
  std::vector<SettingsItem> items;
  std::vector<Comment> comments_at_end;  // before the closing brace
  Span span;                             // with its braces
};

struct Setting {
  enum class Shape : uint8_t {
    kValue,  // name = value;
    kList,   // name = [ … ];
    kGroup,  // name variant? { … }   or   name variant? ;
  };
  Shape shape = Shape::kValue;
  Ident name;
  Expr value;                        // kValue
  std::vector<Expr> list;            // kList
  std::optional<Ident> variant;      // kGroup
  std::optional<Settings> settings;  // kGroup with braces
  Span value_span;                   // right of `=`, or the variant with its block
};

struct SettingsItem {
  std::variant<Setting, UseClause> node;
  Span span;
  Trivia trivia;
};

struct TopicClause {
  Expr value;
};

struct KeyClause {
  enum class Kind : uint8_t { kPrimary, kNone, kColumns };
  Kind kind = Kind::kColumns;
  std::vector<Ident> columns;
};

struct PartitionClause {
  enum class Kind : uint8_t { kFixed, kTable, kDatabase, kKey, kPrimaryKey, kHash };
  Kind kind = Kind::kKey;
  std::string number;                      // kFixed: decimal digits
  std::vector<Ident> columns;              // kHash
  std::optional<Ident> hash;               // using …
  std::optional<std::string> else_number;  // else 3
  bool else_table = false;                 // else table
  Span target;                             // what stands after `partition` or `by`
};

struct FormatClause {
  Ident name;
  std::optional<Settings> settings;
};
struct HeaderClause {
  Expr name;
  Expr value;
};

struct Event {
  // snapshot insert update delete enter leave dml ddl heartbeat transaction error; "add column", "drop table", …
  std::string label;
  bool of_key = false;             // update of key
  std::vector<Ident> of_columns;   // update of (a, b)
  std::vector<Ident> error_kinds;  // error (transform, encode); empty: all
  Span span;
};

struct Action {
  enum class Kind : uint8_t { kPublish, kTombstone, kSkip, kFollow, kPause, kResnapshot, kRetry, kFail, kQuarantine };
  enum class As : uint8_t { kSame, kInsert, kUpdate, kDelete };
  Kind kind = Kind::kPublish;
  As as = As::kSame;
  bool and_tombstone = false;
  std::optional<Expr> to;    // publish to, quarantine to
  std::optional<Text> text;  // skip '…', fail '…'
  Span span;
};

struct OnClause {
  std::vector<Event> events;
  std::optional<Expr> when;
  Action action;
};

struct NamesClause {
  Ident style;
};
struct ConvertClause {
  TypeRef from;
  TypeRef to;
};
struct AcceptClause {
  std::vector<Ident> what;
  Text reason;
};
struct VerifyClause {
  std::optional<Ident> variant;
  std::optional<Settings> settings;
};

struct Clause {
  std::variant<TopicClause, KeyClause, PartitionClause, FormatClause, HeaderClause, OnClause, NamesClause,
               ConvertClause, AcceptClause, VerifyClause, UseClause>
      node;
  Span span;  // whole, with its `;`
  Span word;  // the opening word: `topic`
  Trivia trivia;
};

// ---- declarations -----------------------------------------------------------------------------------------------

struct ProjectDecl {
  Ident name;
  Settings settings;
};

enum class ResourceKind : uint8_t { kSource, kSink, kRegistry, kNotifier, kStore };

struct ResourceDecl {
  ResourceKind what = ResourceKind::kSource;
  Ident name;
  Ident kind;  // mysql, kafka, …
  Settings settings;
};

struct Domain {
  bool range = false;  // (1 .. 256): values has two
  std::vector<Expr> values;
  Span span;
};

struct ParamDecl {
  Ident name;
  TypeRef type;
  std::optional<Domain> domain;
  std::optional<Expr> value;
};

// secret pii_salt = vault('kv/x#salt');
struct SecretDecl {
  Ident name;
  Expr provider;
};  // provider: kCall with name env, file, vault, …

struct Formal {
  Ident name;
  TypeRef type;
};

struct FunctionDecl {
  Ident name;
  std::vector<Formal> formals;
  TypeRef returns;
  Expr body;
};

struct PresetDecl {
  enum class Kind : uint8_t { kSource, kSink, kRegistry, kNotifier, kStore, kFormat, kPipe, kTable };
  Ident name;
  Kind kind = Kind::kPipe;
  std::optional<Ident> subject;      // mysql, kafka, canal_json; not for pipe and table
  std::optional<Settings> settings;  // not for pipe and table
  std::vector<Clause> clauses;       // pipe and table
  std::vector<Comment> comments_at_end;
};

struct SensitiveDecl {
  Pattern pattern;
  std::vector<NamePart> columns;  // never kAny
};

struct Notification {
  Ident notifier;
  std::optional<Ident> severity;
  std::optional<Text> text;
  Span span;
};

struct AlertDecl {
  Ident name;
  Expr when;
  std::optional<Expr> lasting;  // for 5m: a kDuration literal
  std::vector<Notification> notifications;
};

// ---- pipes ------------------------------------------------------------------------------------------------------

struct SelectItem {
  bool star = false;
  // star
  std::vector<Ident> except;
  std::vector<std::pair<Ident, Ident>> rename;  // from, to
  std::vector<std::pair<Expr, Ident>> replace;  // value, column
  // not star
  Expr value;
  std::optional<Ident> name;
  std::optional<TypeRef> type;
  Span span;
};

struct WhereClause {
  Expr condition;
  std::optional<Ident> with;
};  // with: `where … using x`
struct SelectClause {
  std::vector<SelectItem> items;
};
struct MergeClause {
  Ident mode;
};
struct SnapshotClause {
  std::optional<Ident> variant;
  std::optional<Settings> settings;
};

struct TableItem {
  std::variant<WhereClause, SelectClause, MergeClause, SnapshotClause, Clause> node;
  Span span;
  Span word;
  Trivia trivia;
};

// One half of `as shop.orders`.
struct Target {
  enum class Kind : uint8_t { kName, kTemplate, kSame };  // shop, "…$match.x$…", *
  Kind kind = Kind::kName;
  std::string text;  // kName
  Template pattern;  // kTemplate
  Span span;
};

struct TableRule {
  Pattern pattern;
  std::optional<std::pair<Target, Target>> as;
  bool skip = false;
  bool has_body = false;  // false: `table a.b;`
  std::vector<TableItem> items;
  std::vector<Comment> comments_at_end;
};

struct FromClause {
  std::vector<Ident> sources;
};
struct IntoClause {
  Ident sink;
};
struct StoreClause {
  Ident store;
};

struct PipeItem {
  std::variant<FromClause, IntoClause, StoreClause, TableRule, Clause> node;
  Span span;
  Span word;
  Trivia trivia;
};

struct PipeDecl {
  Ident name;
  std::vector<PipeItem> items;
  std::vector<Comment> comments_at_end;
};

// ---- tests ------------------------------------------------------------------------------------------------------

// `payments.payment`, or `db.payments.payment` with the source in front.
struct TableName {
  std::optional<Ident> source;
  Ident database;
  Ident table;
  Span span;
};

struct TestParam {
  bool secret = false;
  Ident name;
  Expr value;
  Span span;
};

struct GivenInsert {
  bool snapshot = false;
  TableName table;
  std::vector<Ident> columns;
  std::vector<std::vector<Expr>> rows;
};
struct GivenUpdate {
  TableName table;
  std::vector<std::pair<Ident, Expr>> assignments;
  Expr where;
};
struct GivenDelete {
  TableName table;
  Expr where;
};
struct GivenDdl {
  Text statement;
};
struct GivenBinlog {
  Text path;
};

struct Given {
  std::variant<GivenInsert, GivenUpdate, GivenDelete, GivenDdl, GivenBinlog> node;
  Span span;
};

struct ExpectRecord {
  enum class Op : uint8_t { kInsert, kUpdate, kDelete, kSnapshot, kTombstone };
  Op op = Op::kInsert;
  Expr topic;
  std::optional<std::vector<Expr>> key;
  std::optional<std::string> partition;                       // decimal digits
  std::optional<std::vector<std::pair<Ident, Expr>>> fields;  // the bare name `absent` means: no such field
};
struct ExpectDdl {
  Expr topic;
};
struct ExpectError {
  Ident kind;
};
struct ExpectNothing {
  bool more = false;
};  // more: `nothing else;`

struct Expected {
  std::variant<ExpectRecord, ExpectDdl, ExpectError, ExpectNothing> node;
  Span span;
};

struct TestDecl {
  Text title;
  Ident pipe;
  std::vector<TestParam> params;
  std::vector<Given> given;
  std::vector<Expected> expect;
};

// ---- file -------------------------------------------------------------------------------------------------------

struct ImportDecl {
  Text path;
  Ident name;
  Span span;
  Trivia trivia;
};

struct Declaration {
  std::variant<ProjectDecl, ResourceDecl, ParamDecl, SecretDecl, FunctionDecl, PresetDecl, SensitiveDecl, AlertDecl,
               PipeDecl, TestDecl>
      node;
  Span span;
  Span word;  // the opening word: `pipe`
  Trivia trivia;
};

struct File {
  uint32_t file = 0;                   // number in SourceFiles
  std::optional<std::string> edition;  // decimal digits
  Span edition_span;
  std::vector<ImportDecl> imports;
  std::vector<Declaration> declarations;
  std::vector<Comment> comments;  // all of the file, in order
  std::vector<Comment> comments_at_end;
  bool complete = true;  // false: something was left out because of a syntax error
};

}  // namespace cdc::ast
