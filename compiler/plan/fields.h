#pragma once

// The members of every struct of a plan, named once for writing and for reading: what one writes the other knows.
// A visitor has `kWriting`; Field(name, member) for a member that is left out while it has its default; and
// Enum(name, member, words) for an enumeration, always written as a word; OptionalEnum leaves the first word out.

#include <initializer_list>
#include <string_view>
#include <type_traits>

#include "compiler/plan/plan.h"

namespace cdc::plan {

template <class V, class T>
using Ref = std::conditional_t<V::kWriting, const T&, T&>;

using Words = std::initializer_list<std::string_view>;

template <class V>
void Fields(V& v, Ref<V, expr::Origin> o) {
  v.Field("file", o.file);
  v.Field("begin", o.begin);
  v.Field("end", o.end);
}

template <class V>
void Fields(V& v, Ref<V, Type> t) {
  v.Enum("kind", t.kind,
         {"unknown",  "null",       "bool",     "tinyint",  "smallint",  "mediumint", "int",     "bigint",
          "decimal",  "float",      "double",   "bit",      "year",      "char",      "varchar", "tinytext",
          "text",     "mediumtext", "longtext", "binary",   "varbinary", "tinyblob",  "blob",    "mediumblob",
          "longblob", "date",       "time",     "datetime", "timestamp", "json",      "enum",    "set",
          "geometry", "vector",     "string",   "duration", "size",      "secret"});
  v.Field("unsigned", t.is_unsigned);
  v.Field("nullable", t.nullable, true);
  v.Field("sensitive", t.sensitive);
  v.Field("length", t.length);
  v.Field("precision", t.precision);
  v.Field("scale", t.scale);
  v.Field("charset", t.charset);
  v.Field("collation", t.collation);
  v.Field("geometry", t.geometry);
  v.Field("labels", t.labels);
}

template <class V>
void Fields(V& v, Ref<V, expr::Literal> l) {
  v.Enum("kind", l.kind,
         {"null", "bool", "integer", "decimal", "double", "string", "bytes", "regex", "duration", "size"});
  v.Bytes("text", l.text, l.kind == expr::LiteralKind::kBytes);
}

template <class V>
void Fields(V& v, Ref<V, expr::Expr> e) {
  v.Enum("kind", e.kind, {"literal", "column", "meta", "match", "call", "case", "cast", "secret"});
  v.Field("name", e.name);
  if (e.kind == expr::ExprKind::kColumn) v.Enum("image", e.image, {"current", "old", "new"});
  if (e.kind == expr::ExprKind::kLiteral) v.Struct("literal", e.literal);
  if (e.kind == expr::ExprKind::kCast) v.Struct("type", e.cast_type);
  v.Field("has_operand", e.has_operand);
  v.Field("has_else", e.has_else);
  v.Field("args", e.args);
  v.Field("arg_names", e.arg_names);
  v.Struct("origin", e.origin);
}

template <class V>
void Fields(V& v, Ref<V, TemplatePart> p) {
  v.Enum("kind", p.kind, {"text", "database", "table", "op", "match", "source"});
  v.Field("text", p.text);
}

template <class V>
void Fields(V& v, Ref<V, Template> t) {
  v.Field("parts", t.parts);
  v.Struct("origin", t.origin);
}

template <class V>
void Fields(V& v, Ref<V, NamePattern> p) {
  v.Enum("kind", p.kind, {"exact", "any", "regex"});
  v.Field("text", p.text);
}

template <class V>
void Fields(V& v, Ref<V, TopicRule::Arm> a) {
  v.Struct("when", a.when);
  v.Struct("topic", a.topic);
}

template <class V>
void Fields(V& v, Ref<V, TopicRule> t) {
  v.Field("arms", t.arms);
  v.Struct("otherwise", t.otherwise);
}

template <class V>
void Fields(V& v, Ref<V, SelectItem> i) {
  v.Field("star", i.star);
  v.Field("except", i.except);
  v.Field("rename", i.rename);
  v.Field("replace", i.replace);
  if (!i.star) v.Struct("value", i.value);
  v.Field("name", i.name);
  v.Field("as_type", i.as_type);
  v.Struct("origin", i.origin);
}

template <class V>
void Fields(V& v, Ref<V, KeyRule> k) {
  v.Enum("kind", k.kind, {"default", "primary", "none", "columns"});
  v.Field("columns", k.columns);
  v.Struct("origin", k.origin);
}

template <class V>
void Fields(V& v, Ref<V, PartitionRule> p) {
  v.Enum("kind", p.kind, {"fixed", "table", "database", "key", "primary_key", "hash"});
  v.Enum("hash", p.hash, {"murmur2", "crc32", "java"});
  v.Field("fixed", p.fixed);
  v.Field("columns", p.columns);
  v.Field("else_fixed", p.else_fixed);
  v.Field("else_table", p.else_table);
  v.Struct("origin", p.origin);
}

template <class V>
void Fields(V& v, Ref<V, FormatRule> f) {
  v.Field("name", f.name);
  v.Settings("settings", f.settings);
  v.Struct("origin", f.origin);
}

template <class V>
void Fields(V& v, Ref<V, HeaderRule> h) {
  v.Struct("name", h.name);
  v.Struct("value", h.value);
}

template <class V>
void Fields(V& v, Ref<V, OnRule> r) {
  v.Field("events", r.events);
  v.Field("of", r.of);
  v.Field("when", r.when);
  v.Enum("action", r.action,
         {"publish", "tombstone", "skip", "fail", "pause", "resnapshot", "follow", "retry", "quarantine"});
  v.Enum("publish_as", r.publish_as, {"same", "insert", "update", "delete"});
  v.Field("and_tombstone", r.and_tombstone);
  v.Field("to", r.to);
  v.Field("text", r.text);
  v.Struct("origin", r.origin);
  v.Field("built_in", r.built_in);
}

template <class V>
void Fields(V& v, Ref<V, TableRule> t) {
  v.Struct("database", t.database);
  v.Struct("table", t.table);
  v.Field("skip", t.skip);
  v.Field("target_database", t.target_database);
  v.Field("target_table", t.target_table);
  v.OptionalEnum("merge", t.merge, {"none", "strict", "widen"});
  v.Field("where", t.where);
  v.Field("select", t.select);
  v.Struct("key", t.key);
  v.Struct("partition", t.partition);
  v.Struct("topic", t.topic);
  v.Struct("format", t.format);
  v.Field("headers", t.headers);
  v.Field("on", t.on);
  v.Struct("origin", t.origin);
}

template <class V>
void Fields(V& v, Ref<V, Resource> r) {
  v.Field("name", r.name);
  v.Field("kind", r.kind);
  v.Settings("settings", r.settings);
}

template <class V>
void Fields(V& v, Ref<V, UsedColumn> c) {
  v.Field("name", c.name);
  v.Struct("type", c.type);
}

template <class V>
void Fields(V& v, Ref<V, UsedTable> t) {
  v.Field("source", t.source);
  v.Field("database", t.database);
  v.Field("table", t.table);
  v.Field("columns", t.columns);
}

template <class V>
void Fields(V& v, Ref<V, Pipe> p) {
  v.Field("name", p.name);
  v.Field("sources", p.sources);
  v.Field("sink", p.sink);
  v.Field("store", p.store);
  v.Field("index_on_source", p.index_on_source);
  v.Field("index_on_others", p.index_on_others);
  v.Field("tables", p.tables);
  v.Field("used", p.used);
  v.Field("on", p.on);
  v.Struct("topic", p.topic);
  v.Struct("format", p.format);
  v.Struct("origin", p.origin);
}

template <class V>
void Fields(V& v, Ref<V, SensitiveColumns> s) {
  v.Struct("database", s.database);
  v.Struct("table", s.table);
  v.Field("columns", s.columns);
  v.Struct("origin", s.origin);
}

template <class V>
void Fields(V& v, Ref<V, Notification> n) {
  v.Field("notifier", n.notifier);
  v.Field("severity", n.severity);
  v.Field("text", n.text);
}

template <class V>
void Fields(V& v, Ref<V, Alert> a) {
  v.Field("name", a.name);
  v.Struct("when", a.when);
  v.Field("lasting_ms", a.lasting_ms);
  v.Field("notify", a.notify);
  v.Struct("origin", a.origin);
}

template <class V>
void Fields(V& v, Ref<V, SourceFile> f) {
  v.Field("path", f.path);
  v.Field("text", f.text);
}

template <class V>
void Fields(V& v, Ref<V, Plan> p) {
  v.Field("version", p.version);
  v.Field("program", p.program);
  v.Field("root", p.root);
  v.Field("schema", p.schema_directory);
  v.Field("sources", p.sources);
  v.Field("sinks", p.sinks);
  v.Field("stores", p.stores);
  v.Field("registries", p.registries);
  v.Settings("secrets", p.secrets);
  v.Field("sensitive", p.sensitive);
  v.Field("pipes", p.pipes);
  v.Field("notifiers", p.notifiers);
  v.Field("alerts", p.alerts);
  v.Field("files", p.files);
}

}  // namespace cdc::plan
