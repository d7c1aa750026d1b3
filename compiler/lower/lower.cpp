#include "compiler/lower/lower.h"

#include <algorithm>

#include "compiler/lower/secrets.h"
#include "compiler/lower/server_id.h"

namespace cdc::lower {
namespace {

using expr::Origin;

Origin At(source::Span span) { return ast::ToOrigin(span); }

std::vector<std::string> Texts(const std::vector<ast::Ident>& names) {
  std::vector<std::string> texts;
  for (const ast::Ident& name : names) texts.push_back(name.text);
  return texts;
}

plan::NamePattern Pattern(const ast::NamePart& part) {
  using From = ast::NamePart::Kind;
  using To = plan::NamePattern::Kind;
  return {part.kind == From::kExact ? To::kExact
          : part.kind == From::kAny ? To::kAny
                                    : To::kRegex,
          part.kind == From::kAny ? "" : part.text};
}

plan::Template Lowered(const sema::Template& value) {
  using From = sema::TemplatePart::Kind;
  using To = plan::TemplatePart::Kind;
  plan::Template out;
  out.origin = At(value.span);
  for (const sema::TemplatePart& part : value.parts) {
    To kind = part.kind == From::kDatabase ? To::kDatabase
              : part.kind == From::kTable  ? To::kTable
              : part.kind == From::kOp     ? To::kOp
              : part.kind == From::kMatch  ? To::kMatch
              : part.kind == From::kSource ? To::kSource
                                           : To::kText;
    bool joins = kind == To::kText && !out.parts.empty() && out.parts.back().kind == To::kText;
    if (joins) {
      out.parts.back().text += part.text;
    } else {
      out.parts.push_back({kind, part.text});
    }
  }
  return out;
}

std::optional<plan::Template> Lowered(const std::optional<sema::Template>& value) {
  if (!value) return std::nullopt;
  return Lowered(*value);
}

plan::TopicRule Lowered(const sema::Topic& topic) {
  plan::TopicRule out;
  for (const sema::Topic::Arm& arm : topic.arms) out.arms.push_back({arm.when, Lowered(arm.topic)});
  out.otherwise = Lowered(topic.otherwise);
  return out;
}

plan::SelectItem Lowered(const ast::SelectItem& item) {
  plan::SelectItem out;
  out.star = item.star;
  out.origin = At(item.span);
  if (item.star) {
    out.except = Texts(item.except);
    for (const auto& [from, to] : item.rename) out.rename.emplace_back(from.text, to.text);
    for (const auto& [value, column] : item.replace) out.replace.emplace_back(value, column.text);
    return out;
  }
  out.value = item.value;
  out.name = item.name ? item.name->text : item.value.name;
  if (item.type) out.as_type = item.type->type;
  return out;
}

plan::KeyRule Lowered(const std::optional<sema::Key>& key, Origin rule) {
  using From = ast::KeyClause::Kind;
  using To = plan::KeyRule::Kind;
  if (!key) return {To::kDefault, {}, rule};
  To kind = key->clause.kind == From::kPrimary ? To::kPrimary
            : key->clause.kind == From::kNone  ? To::kNone
                                               : To::kColumns;
  return {kind, Texts(key->clause.columns), At(key->span)};
}

int32_t Number(const std::string& digits) { return static_cast<int32_t>(std::stol(digits)); }

plan::PartitionRule Lowered(const std::optional<sema::Partition>& partition, const plan::KeyRule& key, Origin rule) {
  using From = ast::PartitionClause::Kind;
  using To = plan::PartitionRule::Kind;
  plan::PartitionRule out;
  out.origin = rule;
  if (!partition) {
    // LANGUAGE §2.1: no key, so per table; the default key falls back at run time, table by table.
    out.kind = key.kind == plan::KeyRule::Kind::kNone ? To::kTable : To::kKey;
    out.else_table = key.kind == plan::KeyRule::Kind::kDefault;
    return out;
  }
  const ast::PartitionClause& clause = partition->clause;
  out.origin = At(partition->span);
  switch (clause.kind) {
    case From::kFixed:
      out.kind = To::kFixed;
      break;
    case From::kTable:
      out.kind = To::kTable;
      break;
    case From::kDatabase:
      out.kind = To::kDatabase;
      break;
    case From::kKey:
      out.kind = To::kKey;
      break;
    case From::kPrimaryKey:
      out.kind = To::kPrimaryKey;
      break;
    case From::kHash:
      out.kind = To::kHash;
      break;
  }
  if (clause.kind == From::kFixed) out.fixed = Number(clause.number);
  if (clause.hash && clause.hash->text == "crc32") out.hash = plan::PartitionRule::Hash::kCrc32;
  if (clause.hash && clause.hash->text == "java") out.hash = plan::PartitionRule::Hash::kJava;
  out.columns = Texts(clause.columns);
  if (clause.else_number) out.else_fixed = Number(*clause.else_number);
  out.else_table = clause.else_table;
  return out;
}

plan::ActionKind Lowered(ast::Action::Kind kind) {
  using From = ast::Action::Kind;
  switch (kind) {
    case From::kPublish:
      return plan::ActionKind::kPublish;
    case From::kTombstone:
      return plan::ActionKind::kTombstone;
    case From::kSkip:
      return plan::ActionKind::kSkip;
    case From::kFollow:
      return plan::ActionKind::kFollow;
    case From::kPause:
      return plan::ActionKind::kPause;
    case From::kResnapshot:
      return plan::ActionKind::kResnapshot;
    case From::kRetry:
      return plan::ActionKind::kRetry;
    case From::kFail:
      return plan::ActionKind::kFail;
    case From::kQuarantine:
      return plan::ActionKind::kQuarantine;
  }
  return plan::ActionKind::kFail;
}

// Those of rows first: `on error` without kinds means them.
constexpr const char* kErrorKinds[] = {"transform", "encode", "oversize", "decode", "ddl"};
constexpr size_t kRowErrorKinds = 3;

plan::OnRule Lowered(const sema::On& on) {
  plan::OnRule out;
  for (const ast::Event& event : on.clause.events) {
    if (event.label == "error") {
      for (const ast::Ident& kind : event.error_kinds) out.events.push_back("error " + kind.text);
      if (!event.error_kinds.empty()) continue;
      for (size_t i = 0; i < kRowErrorKinds; ++i) out.events.push_back(std::string("error ") + kErrorKinds[i]);
    } else if (event.of_key) {
      out.events.push_back(event.label + " of key");
    } else if (!event.of_columns.empty()) {
      out.events.push_back(event.label + " of columns");
      out.of = Texts(event.of_columns);
    } else {
      out.events.push_back(event.label);
    }
  }
  const ast::Action& action = on.clause.action;
  out.when = on.clause.when;
  out.action = Lowered(action.kind);
  out.publish_as = static_cast<plan::PublishAs>(action.as);
  out.and_tombstone = action.and_tombstone;
  out.to = Lowered(on.to);
  if (action.text) out.text = action.text->text;
  out.origin = At(on.span);
  return out;
}

plan::OnRule BuiltIn(std::vector<std::string> events, plan::ActionKind action) {
  plan::OnRule rule;
  rule.events = std::move(events);
  rule.action = action;
  rule.built_in = true;
  return rule;
}

// LANGUAGE §2: rows are published; DDL is not, but the schema follows it; rows that vanish without events
// stop the pipe.
std::vector<plan::OnRule> Lowered(const std::vector<sema::On>& rules) {
  std::vector<plan::OnRule> out;
  for (const sema::On& on : rules) out.push_back(Lowered(on));
  std::vector<std::string> errors;
  for (const char* kind : kErrorKinds) errors.push_back(std::string("error ") + kind);
  out.push_back(BuiltIn({"dml"}, plan::ActionKind::kPublish));
  out.push_back(BuiltIn({"truncate table", "drop table"}, plan::ActionKind::kFail));
  out.push_back(BuiltIn({"ddl"}, plan::ActionKind::kSkip));
  out.push_back(BuiltIn(std::move(errors), plan::ActionKind::kFail));
  return out;
}

plan::FormatRule Lowered(const sema::Format& format) { return {format.name, format.settings, At(format.span)}; }

plan::TableRule Lowered(const sema::Rule& rule) {
  plan::TableRule out;
  out.database = Pattern(rule.ast->pattern.database);
  out.table = Pattern(rule.ast->pattern.table);
  out.skip = rule.ast->skip;
  out.origin = At(rule.span);
  out.target_database = Lowered(rule.target_database);
  out.target_table = Lowered(rule.target_table);
  out.merge = static_cast<plan::MergeMode>(rule.merge);
  out.where = rule.where;
  for (const ast::SelectItem& item : rule.select) out.select.push_back(Lowered(item));
  out.key = Lowered(rule.key, out.origin);
  out.partition = Lowered(rule.partition, out.key, out.origin);
  out.topic = Lowered(rule.topic);
  out.format = Lowered(rule.format);
  for (const sema::Header& header : rule.headers) out.headers.push_back({Lowered(header.name), header.value});
  out.on = Lowered(rule.on);
  return out;
}

plan::SensitiveColumns Lowered(const ast::SensitiveDecl& sensitive) {
  plan::SensitiveColumns out;
  out.database = Pattern(sensitive.pattern.database);
  out.table = Pattern(sensitive.pattern.table);
  for (const ast::NamePart& column : sensitive.columns) out.columns.push_back(Pattern(column));
  out.origin = At(sensitive.pattern.span);
  return out;
}

plan::Alert Lowered(const sema::Alert& alert) {
  plan::Alert out;
  out.name = alert.ast->name.text;
  out.when = alert.when;
  out.lasting_ms = alert.lasting_ms;
  for (const ast::Notification& one : alert.ast->notifications) {
    out.notify.push_back(
        {one.notifier.text, one.severity ? one.severity->text : "warning", one.text ? one.text->text : ""});
  }
  out.origin = At(alert.span);
  return out;
}

plan::Pipe Lowered(const sema::Pipe& pipe) {
  plan::Pipe out;
  out.name = pipe.name;
  out.sources = pipe.sources;
  out.sink = pipe.sink;
  out.store = pipe.store;
  out.index_on_source = pipe.index_on_sources.front();
  out.index_on_others.assign(pipe.index_on_sources.begin() + 1, pipe.index_on_sources.end());
  for (const sema::Rule& rule : pipe.rules) out.tables.push_back(Lowered(rule));
  out.on = Lowered(pipe.on);
  out.topic = Lowered(pipe.topic);
  out.format = Lowered(pipe.format);
  out.origin = At(pipe.span);
  return out;
}

}  // namespace

plan::Plan Lower(const sema::Checked& checked, const source::SourceFiles& files) {
  plan::Plan out;
  out.program = checked.program;
  for (uint32_t i = 0; i < files.size(); ++i) out.files.push_back({files.Get(i).path(), files.Get(i).text()});
  for (const sema::Resource& resource : checked.sources) {
    out.sources.push_back({resource.name, resource.kind, resource.settings});
    catalog::Settings& settings = out.sources.back().settings;
    if (resource.kind == "mysql" && settings.Find("server_id") == nullptr) {
      settings.Set("server_id",
                   {.kind = catalog::SettingKind::kInt, .number = DefaultServerId(checked.program, resource.name)});
    }
  }
  for (const sema::Resource& sink : checked.sinks) out.sinks.push_back({sink.name, sink.kind, sink.settings});
  for (const sema::Resource& store : checked.stores) out.stores.push_back({store.name, store.kind, store.settings});
  for (const sema::Resource& one : checked.registries) out.registries.push_back({one.name, one.kind, one.settings});
  for (const ast::SensitiveDecl* sensitive : checked.sensitive) out.sensitive.push_back(Lowered(*sensitive));
  for (const sema::Pipe& pipe : checked.pipes) out.pipes.push_back(Lowered(pipe));
  for (const sema::Resource& one : checked.notifiers) out.notifiers.push_back({one.name, one.kind, one.settings});
  for (const sema::Alert& alert : checked.alerts) out.alerts.push_back(Lowered(alert));
  out.secrets = UsedSecrets(out.pipes, checked.secrets);
  return out;
}

}  // namespace cdc::lower
