#include "runtime/operators/bound_table.h"

#include <algorithm>

#include "runtime/bind/table_scope.h"
#include "runtime/operators/sensitive.h"
#include "stdlib/regex/pattern.h"

namespace cdc::operators {
namespace {

// The most characters of each named group of a rule's patterns, in the order of Owners::MatchNames(); 0: no bound.
std::vector<uint32_t> MatchLengths(const plan::TableRule& rule) {
  std::vector<uint32_t> lengths;
  for (const plan::NamePattern* name : {&rule.database, &rule.table}) {
    if (name->kind != plan::NamePattern::Kind::kRegex) continue;
    const Result<regex::Pattern> pattern = regex::Pattern::Compile(name->text);
    if (!pattern.ok()) continue;
    for (const std::string& group : pattern.value().group_names()) {
      lengths.push_back(pattern.value().GroupLengthMax(group));
    }
  }
  return lengths;
}

class TableBinder {
 public:
  TableBinder(const BindingContext& context, const plan::TableRule& rule, const formats::Format& format,
              const TableVersion& version, const MergedColumns* merged)
      : context_(context), rule_(rule), format_(format), version_(version), merged_(merged), problems_(context.plan) {}

  Result<std::unique_ptr<BoundTable>> Bind(TopicNames names, std::vector<std::string> match_names) {
    if (!context_.plan->sensitive.empty()) {
      ASSIGN_OR_RETURN(marked_,
                       MarkSensitive(*context_.plan, version_.database, version_.table, Schema(version_.schema)));
      // Followed to another name, it has no fewer secrets.
      if (!version_.rule_table.empty()) {
        ASSIGN_OR_RETURN(
            marked_, MarkSensitive(*context_.plan, version_.rule_database, version_.rule_table, std::move(*marked_)));
      }
      for (const Column& column : marked_->columns) bound_->sensitive.push_back(column.type.sensitive);
    }
    if (merged_ != nullptr) {
      bound_->widening = bind::Widening::Make(version_.schema.columns, merged_->schema.columns);
    }
    bound_->rule = &rule_;
    bound_->name = version_.database + "." + version_.table;
    bound_->names = std::move(names);
    for (const auto& [group, text] : bound_->names.match) bound_->match_texts.push_back(text);
    for (const std::string& text : bound_->match_texts) bound_->match.push_back(Value::Text(text));

    const bind::TableScope scope(&schema().columns,
                                 {bound_->name, match_names, true, MatchLengths(rule_), &context_.secrets});
    if (rule_.where) bound_->where = bind::BindCondition(*rule_.where, scope, &problems_);
    Schema selected = schema();
    if (rule_.where) expr::NarrowColumns(*rule_.where, scope, &selected.columns);
    const bind::TableScope selected_scope(&selected.columns, scope.options());
    bound_->projection = Projection::Make(rule_, selected, selected_scope, &problems_);
    RefuseLeaks();
    const std::vector<Column>& output = bound_->projection.columns();
    const bind::TableScope output_scope(&output, {bound_->name, std::move(match_names), false, {}, &context_.secrets});
    bound_->topic = std::make_unique<TopicChoice>(rule_.topic, bound_->names, output_scope, &problems_);
    for (const plan::HeaderRule& header : rule_.headers) {
      auto value = bind::BindValue(header.value, output_scope, &problems_);
      if (value) bound_->headers.push_back({header.name, std::move(*value)});
    }
    FillShape();
    bound_->on = std::make_unique<OnRules>(rule_, schema().columns, KeySources(), scope, bound_->names, &problems_);
    bound_->partition = Partitioner::Make(rule_.partition, bound_->shape.database, bound_->shape.table, schema(),
                                          output, bound_->shape.key, &problems_);
    if (problems_.empty()) RETURN_IF_ERROR(MakeEncoder());
    if (!problems_.empty()) return problems_.ToError("table " + bound_->name);
    Summarise();
    RefuseConflicts();
    if (!problems_.empty()) return problems_.ToError("table " + bound_->name);
    return std::move(bound_);
  }

 private:
  // What the rule's names mean.
  const Schema& schema() const { return merged_ != nullptr ? merged_->schema : marked_ ? *marked_ : version_.schema; }

  // PIPE129 of columns that the rule reads, and of keys that it takes from the tables.
  void RefuseConflicts() {
    if (merged_ == nullptr) return;
    for (const auto& [column, why] : merged_->conflicts) {
      if (bound_->used[column]) problems_.Add(129, rule_.origin, why);
    }
    const bool takes_key = rule_.key.kind == plan::KeyRule::Kind::kDefault ||
                           rule_.key.kind == plan::KeyRule::Kind::kPrimary ||
                           rule_.partition.kind == plan::PartitionRule::Kind::kPrimaryKey;
    if (takes_key && !merged_->key_conflict.empty()) {
      problems_.Add(
          129, rule_.origin,
          "tables that are published as one have different keys: " + merged_->key_conflict + "; write `key (…)`");
    }
  }

  // PIPE118 of tables and columns that the compiler did not know.
  void RefuseLeaks() {
    for (const Column& column : bound_->projection.columns()) {
      if (!column.type.sensitive) continue;
      problems_.Add(118, rule_.origin,
                    "sensitive values of `" + bound_->name + "` would go out in `" + column.name +
                        "`: mask it, leave it out, or publish it with `reveal(value, 'reason')`");
    }
    if (rule_.partition.kind != plan::PartitionRule::Kind::kPrimaryKey) return;
    for (const int index : schema().PrimaryKey()) {
      const Column& column = schema().columns[static_cast<size_t>(index)];
      if (!column.type.sensitive) continue;
      problems_.Add(118, rule_.partition.origin,
                    "the sensitive column `" + column.name + "` of `" + bound_->name + "` would choose the partition");
    }
  }

  void FillShape() {
    formats::OutputShape& shape = bound_->shape;
    shape.database = bound_->names.database;
    shape.table = bound_->names.table;
    shape.source_database = version_.database;
    shape.source_table = version_.table;
    shape.pipe = context_.pipe->name;
    shape.source_name = context_.source_name;
    shape.columns = bound_->projection.columns();
    if (bound_->topic->constant()) shape.topic = bound_->topic->constant_name();
    for (const int column : schema().PrimaryKey()) {
      const int output = bound_->projection.OutputOf(column);
      if (output >= 0) shape.primary_key.push_back(shape.columns[static_cast<size_t>(output)].name);
    }
    FillKey();
  }

  // Source columns that the key is made of.
  std::vector<int> KeySources() const {
    std::vector<int> sources;
    for (const int column : bound_->shape.key) {
      const std::vector<int> read = bound_->projection.SourcesOf(column);
      sources.insert(sources.end(), read.begin(), read.end());
    }
    return sources;
  }

  void FillKey() {
    const plan::KeyRule& key = rule_.key;
    bound_->shape.key_is_explicit = key.kind != plan::KeyRule::Kind::kDefault;
    switch (key.kind) {
      case plan::KeyRule::Kind::kNone:
        return;
      case plan::KeyRule::Kind::kDefault:
        return KeyOf(schema().DefaultKey());
      case plan::KeyRule::Kind::kPrimary:
        if (schema().PrimaryKey().empty()) {
          problems_.Add(125, key.origin, "table `" + bound_->name + "` has no primary key");
        }
        return KeyOf(schema().PrimaryKey());
      case plan::KeyRule::Kind::kColumns:
        break;
    }
    for (const std::string& name : key.columns) {
      const int output = bind::FindColumnByName(bound_->shape.columns, name);
      if (output >= 0) {
        bound_->shape.key.push_back(output);
      } else if (bind::FindColumnByName(schema().columns, name) >= 0) {
        problems_.Add(127, key.origin, "key column `" + name + "` is not published by `select`");
      } else {
        problems_.Add(101, key.origin, "unknown column `" + name + "` in the output of table `" + bound_->name + "`");
      }
    }
  }

  void KeyOf(const std::vector<int>& source_columns) {
    for (const int column : source_columns) {
      const int output = bound_->projection.OutputOf(column);
      if (output < 0) {
        const plan::KeyRule& key = rule_.key;
        problems_.Add(127, key.origin.end == 0 ? rule_.origin : key.origin,
                      "key column `" + schema().columns[static_cast<size_t>(column)].name + "` of table `" +
                          bound_->name + "` is not published by `select`; publish it or write `key (…)`");
        continue;
      }
      bound_->shape.key.push_back(output);
    }
  }

  // Errors: of a schema registry, located at the format's clause.
  Status MakeEncoder() {
    Result<std::unique_ptr<formats::Encoder>> encoder = format_.Bind(bound_->shape);
    if (!encoder.ok() && encoder.error().code() != ErrorCode::kConfig) {
      const std::string where = plan::Where(*context_.plan, rule_.format.origin);
      return std::move(encoder).error().While((where.empty() ? "" : where + ": ") + "table " + bound_->name);
    }
    if (!encoder.ok()) {
      problems_.Add(114, rule_.format.origin, encoder.error().message());
      return OkStatus();
    }
    bound_->encoder = std::move(encoder).value();
    bound_->writes_keys = bound_->encoder->WritesKeys();
    bound_->encoder_depends_on_topic = bound_->encoder->DependsOnTopic();
    if (!bound_->writes_keys && bound_->on->AnyTombstone()) {
      problems_.Add(126, rule_.origin,
                    bound_->shape.key.empty() ? "`tombstone` needs a key, and `" + bound_->name + "` has none"
                                              : "`tombstone` needs a key: format `" + rule_.format.name +
                                                    "` writes one only with a `key` clause");
    }
    return OkStatus();
  }

  // What the row path asks once instead of per row.
  void Summarise() {
    BoundTable& bound = *bound_;
    bound.needs_key_bytes = bound.writes_keys || bound.partition.needs_key_bytes();
    bound.deletes_have_tombstone = bound.on->DeletesHaveTombstone();
    bound.moving_outputs = bound.shape.key;
    const std::vector<int>& deciding = bound.partition.columns();
    if (bound.partition.kind() == Partitioner::Kind::kSourceColumns) {
      bound.moving_sources = deciding;
    } else {
      bound.moving_outputs.insert(bound.moving_outputs.end(), deciding.begin(), deciding.end());
    }
    std::sort(bound.moving_outputs.begin(), bound.moving_outputs.end());
    bound.moving_outputs.erase(std::unique(bound.moving_outputs.begin(), bound.moving_outputs.end()),
                               bound.moving_outputs.end());
    bound.used.assign(schema().columns.size(), false);
    Use(bound.projection.sources());
    Use(bound.on->columns());
    Use(bound.moving_sources);
    if (bound.where) Use(bound.where->program.columns());
    bound.meta_fields = bound.projection.meta_fields() | bound.on->meta_fields() | bound.topic->meta_fields();
    if (bound.where) bound.meta_fields |= bound.where->meta_fields;
    for (const BoundTable::Header& header : bound.headers) bound.meta_fields |= header.value.meta_fields;
    if (bound.widening) {
      bound.wide_before.resize(schema().columns.size());
      bound.wide_after.resize(schema().columns.size());
    }
    bound.before.resize(bound.shape.columns.size());
    bound.after.resize(bound.shape.columns.size());
    bound.uses_scratch = !bound.topic->constant() || !deciding.empty();
    bound.simple = !bound.where && bound.projection.identity() && bound.headers.empty();
    for (size_t i = 0; i < kTransitions; ++i) {
      const Decision* decision = bound.on->Constant(static_cast<Transition>(i));
      bound.simple &= decision != nullptr && decision->action == plan::ActionKind::kPublish && !decision->to &&
                      (decision->rule == nullptr || decision->rule->publish_as == plan::PublishAs::kSame);
    }
  }

  void Use(const std::vector<int>& columns) {
    for (const int column : columns) bound_->used[static_cast<size_t>(column)] = true;
  }

  const BindingContext& context_;
  const plan::TableRule& rule_;
  const formats::Format& format_;
  const TableVersion& version_;
  const MergedColumns* merged_;
  bind::Problems problems_;
  std::optional<Schema> marked_;  // with sensitive columns, if the program declares any
  std::unique_ptr<BoundTable> bound_ = std::make_unique<BoundTable>();
};

}  // namespace

Result<std::unique_ptr<BoundTable>> BindTable(const BindingContext& context, const plan::TableRule& rule,
                                              const formats::Format& format, const TableVersion& version,
                                              TopicNames names, std::vector<std::string> match_names,
                                              const MergedColumns* merged) {
  return TableBinder(context, rule, format, version, merged).Bind(std::move(names), std::move(match_names));
}

TopicNames NamesOf(const plan::TableRule& rule, const std::string& database, const std::string& table,
                   const std::vector<std::string>& match_names, const std::vector<std::string>& match_values) {
  TopicNames names{database, table, {}};
  for (size_t i = 0; i < match_names.size() && i < match_values.size(); ++i) {
    names.match.emplace_back(match_names[i], match_values[i]);
  }
  const TopicNames physical = names;
  if (rule.target_database) names.database = TemplateText(*rule.target_database, physical, "");
  if (rule.target_table) names.table = TemplateText(*rule.target_table, physical, "");
  return names;
}

}  // namespace cdc::operators
