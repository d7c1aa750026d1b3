#include "runtime/operators/transform.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <set>

#include "compiler/plan/owners.h"
#include "runtime/bind/problems.h"
#include "runtime/operators/bindings.h"
#include "runtime/operators/bound_table.h"
#include "runtime/operators/ddl.h"
#include "runtime/operators/meta.h"
#include "runtime/operators/position_before.h"
#include "runtime/operators/quarantine.h"
#include "runtime/operators/row_path.h"
#include "runtime/operators/rule_text.h"
#include "stdlib/core/utf8.h"

namespace cdc::operators {
namespace {

using plan::ActionKind;

constexpr size_t kStatementShown = 200;  // bytes

const char* StageName(Stage stage) {
  switch (stage) {
    case Stage::kTransform:
      return "transform";
    case Stage::kEncode:
      return "encode";
    case Stage::kOversize:
      return "oversize";
  }
  return "";
}

// What parses and is compiled, but no release runs yet.
void CheckAvailable(const std::vector<plan::OnRule>& rules, bind::Problems* problems) {
  for (const plan::OnRule& rule : rules) {
    const char* what = nullptr;
    if (rule.action == ActionKind::kQuarantine && !rule.to) what = "`quarantine` without a topic";
    for (const std::string& event : rule.events) {
      if (event == "heartbeat" || event == "transaction") what = "a rule for heartbeats and transactions";
      if (event.starts_with("error") && rule.when) what = "a condition on an `on error` rule";
    }
    if (what != nullptr) problems->Add(10, rule.origin, std::string(what) + " is not available yet");
  }
}

class TransformImpl : public Transform {
 public:
  TransformImpl(const plan::Plan& plan, const plan::Pipe& pipe, const std::string& source_name, TopicResolver topics,
                bind::SecretValues secrets, TransformObserver* observer, std::shared_ptr<MergedTables> merged)
      : context_{&plan, &pipe, source_name, std::move(secrets), observer == nullptr},
        observer_(observer),
        owners_(pipe),
        topics_(std::move(topics)),
        rows_(context_, topics_),
        quarantine_(context_, topics_),
        bindings_(context_, owners_, formats_, std::move(merged)) {}

  Status MakeFormats(const SchemaRegistries& registries) {
    for (const plan::TableRule& rule : context_.pipe->tables) {
      std::unique_ptr<formats::Format> format;
      if (!rule.skip) {
        ASSIGN_OR_RETURN(format,
                         formats::MakeFormat(rule.format.name, rule.format.settings, context_.source_name, registries));
        if (observer_ != nullptr) format = observer_->Watch(std::move(format));
      }
      formats_.push_back(std::move(format));
    }
    const plan::FormatRule& format = context_.pipe->format;
    if (!format.name.empty()) {
      ASSIGN_OR_RETURN(pipe_format_,
                       formats::MakeFormat(format.name, format.settings, context_.source_name, registries));
    }
    return OkStatus();
  }

  bool Wants(const std::string& database, const std::string& table) override {
    return OwnerOf(database, table) != nullptr;
  }

  bool WantsSnapshot(const std::string& database, const std::string& table) override {
    const plan::TableRule* rule = OwnerOf(database, table);
    return rule != nullptr && !SnapshotIsSkipped(rule->on);
  }

  bool Names(const std::string& database, const std::string& table) override {
    return owners_.Find(database, table) >= 0;
  }

  Result<DdlAnswer> Answer(const DdlEvent& ddl, const Group& group) override {
    const DdlTable table = TableOf(ddl);
    if (table.left_out) return DdlAnswer();
    ASSIGN_OR_RETURN(const DdlVerdict verdict, JudgeInPlace(ddl, group, table));
    return DdlAnswer{.loads = verdict.action == ActionKind::kResnapshot, .follows = verdict.follows};
  }

  Status JudgeDdlFailure(const DdlFailure& failure, Error error) override {
    const int owner = failure.table.empty() ? -1 : owners_.Find(failure.database, failure.table);
    const auto& rules = owner < 0 ? context_.pipe->on : context_.pipe->tables[static_cast<size_t>(owner)].on;
    const plan::OnRule* rule = SourceErrorRule(rules, "ddl");
    if (rule != nullptr && rule->action == ActionKind::kSkip && failure.table.empty()) {
      if (failure.may_skip) {
        Warn("`" + Excerpt(failure.statement, kStatementShown) + "` at " +
             PlaceText(*failure.group, failure.group->offset) + " is passed over, as " +
             RuleText(*context_.plan, rule) + " says: " + error.message());
        return OkStatus();
      }
      return Error(
          error.code(),
          error.message() + "; to skip it, the log has to tell its columns itself (binlog_row_metadata = FULL)");
    }
    return BySourceErrorRule(*context_.plan, rule, std::move(error));
  }

  Error JudgeDecodeError(Error error) const override {
    return BySourceErrorRule(*context_.plan, SourceErrorRule(context_.pipe->on, "decode"), std::move(error));
  }

  Status Bind(TableVersion* table) override {
    table->captured = false;
    table->binding.reset();
    const std::string& database = table->rule_table.empty() ? table->database : table->rule_database;
    const std::string& name = table->rule_table.empty() ? table->table : table->rule_table;
    const int owner = owners_.Find(database, name);
    if (owner < 0 || context_.pipe->tables[static_cast<size_t>(owner)].skip) return OkStatus();
    const plan::TableRule& rule = context_.pipe->tables[static_cast<size_t>(owner)];
    met_.insert(owner);
    RETURN_IF_ERROR(bindings_.Bind(owner, table));
    if (rule.key.kind == plan::KeyRule::Kind::kDefault && table->schema.DefaultKey().empty()) {
      WarnOfNoKey(table->database + "." + table->table);
    }
    return OkStatus();
  }

  bool IsMerged(const std::string& database, const std::string& table) override {
    const plan::TableRule* rule = OwnerOf(database, table);
    return rule != nullptr && rule->merge != plan::MergeMode::kNone;
  }

  Status SetMerged(const std::vector<std::shared_ptr<const TableVersion>>& tables) override {
    return bindings_.SetMerged(tables);
  }

  void AllTablesBound() override {
    for (size_t i = 0; i < context_.pipe->tables.size(); ++i) {
      const plan::TableRule& rule = context_.pipe->tables[i];
      if (rule.skip || !met_.insert(static_cast<int>(i)).second) continue;
      const std::string where = plan::Where(*context_.plan, rule.origin);
      Warn("the table rule" + (where.empty() ? "" : " at " + where) + " (" + rule.database.text + "." +
           rule.table.text +
           ") finds no table: there is none of that name, it is a view, or the account may not SELECT from it; a table "
           "that is created later is captured");
    }
  }

  void Begin(const Position& committed) override {
    last_end_ = committed;
    place_ = Place();
  }

  Result<bool> ApplyPart(const ChangeBatch& in, size_t bytes_max, MessageBatch* out) override {
    const size_t messages_before = out->messages.size();
    Result<bool> done = AppendPart(in, bytes_max, out);
    if (!done.ok() || *done) place_ = Place();
    if (!done.ok()) return done;
    records_out_ += out->messages.size() - messages_before;
    filtered_ += rows_.TakeFiltered();
    if (*done) {
      last_end_ = in.end;
      rows_in_ += in.rows.size();
    }
    return done;
  }

  TransformCounters counters() const override {
    return {rows_in_.load(), records_out_.load(), filtered_.load(), failed_.load()};
  }

  std::vector<std::string> TakeWarnings() override {
    const std::lock_guard<std::mutex> lock(warnings_mutex_);
    return std::exchange(warnings_, {});
  }

 private:
  // Once per table: it is bound again after every reconnect.
  void WarnOfNoKey(const std::string& name) {
    if (!keyless_.insert(name).second) return;
    Warn("table " + name + " has no primary key and no unique key without NULLs: its records have no key [PIPE227]");
  }

  void Warn(std::string text) {
    const std::lock_guard<std::mutex> lock(warnings_mutex_);
    warnings_.push_back(std::move(text));
  }

  struct Mark {
    size_t bytes = 0;
    size_t messages = 0;
  };
  static Mark MarkOf(const MessageBatch& out) { return {out.bytes.size(), out.messages.size()}; }
  static void CutTo(const Mark& mark, MessageBatch* out) {
    out->bytes.Truncate(mark.bytes);
    out->messages.resize(mark.messages);
  }

  // Where the next part of a batch goes on.
  struct Place {
    size_t row = 0;
    uint32_t group = UINT32_MAX;  // of the row before
    bool open = false;            // parts of the batch have been handed out
  };

  // ApplyPart, without the bookkeeping of what is done.
  Result<bool> AppendPart(const ChangeBatch& in, size_t bytes_max, MessageBatch* out) {
    const size_t inside_max = bytes_max > SIZE_MAX / 2 ? SIZE_MAX : 2 * bytes_max;
    const Mark part = MarkOf(*out);
    std::optional<Mark> group;  // where the records of the row's group begin; nothing: in a part before
    for (; place_.row < in.rows.size(); ++place_.row) {
      const RowChange& row = in.rows[place_.row];
      const bool next_group = row.group != place_.group;
      if (out->bytes.size() - part.bytes >= (next_group ? bytes_max : inside_max)) [[unlikely]] {
        place_.open = out->more = true;
        return false;
      }
      if (next_group) {
        place_.group = row.group;
        group = MarkOf(*out);
        rows_.BeginGroup(in.groups[row.group]);
      }
      const Binding* binding = BindingOf(*row.table);
      if (binding == nullptr) continue;
      if (binding->IsOutdated()) [[unlikely]] {
        Status entered = bindings_.Enter(*row.table);
        if (!entered.ok()) {
          const std::string place = PlaceText(in.groups[row.group], row.event_offset);
          return CutBack(in, row.group, part, group, out, Misfit(std::move(entered).error(), "the row at " + place));
        }
      }
      const Mark mark = MarkOf(*out);
      Status applied = rows_.Apply(row, binding->table.get(), out);
      if (applied.ok()) [[likely]]
        continue;
      CutTo(mark, out);
      applied = Judge(std::move(applied).error(), row, in.groups[row.group], *binding->table, out);
      if (!applied.ok()) return CutBack(in, row.group, part, group, out, std::move(applied).error());
    }
    if (!in.ddl) return true;
    const Mark before = MarkOf(*out);
    Status applied = ApplyDdl(in, out);
    if (applied.ok()) return true;
    const size_t ddl_group = in.ddl->group < 0 ? in.groups.size() : static_cast<size_t>(in.ddl->group);
    return CutBack(in, ddl_group, part, before, out, std::move(applied).error());
  }

  // Leaves in `out` what can be committed without the group that failed. `before`: where its records begin; nothing: in
  // a part before.
  Error CutBack(const ChangeBatch& in, size_t group, const Mark& part, const std::optional<Mark>& before,
                MessageBatch* out, Error error) {
    std::optional<Position> position = PositionBefore(in, group, last_end_);
    const bool keeps = position.has_value() && before.has_value();
    CutTo(keeps ? *before : part, out);
    out->more = !keeps && place_.open;
    if (keeps) out->end = std::move(*position);
    return error;
  }

  // The `on error` rule's word on a row that failed: OK means go on without it. A quarantined row's record is appended.
  Status Judge(Error error, const RowChange& row, const Group& group, const BoundTable& table, MessageBatch* out) {
    if (error.code() != ErrorCode::kRow) return error;
    const char* stage = StageName(rows_.stage());
    if (observer_ != nullptr) observer_->OnRowFailed(stage, error, out->bytes.size());
    const plan::OnRule* rule = ErrorRule(table.rule->on, stage);
    const std::string what = "row " + std::to_string(row.row_in_event) + " of " + table.name + " at " +
                             PlaceText(group, row.event_offset) + " cannot be processed: " + error.message() + "; " +
                             RuleText(*context_.plan, rule);
    const ActionKind action = rule == nullptr ? ActionKind::kFail : rule->action;
    if (action == ActionKind::kSkip) {
      CountFailed(table, what + " leaves it out");
      return OkStatus();
    }
    std::string why_not;
    if (action == ActionKind::kQuarantine) {
      Status kept = quarantine_.Append({&row, &group, &table, rule, stage, error.message()}, out);
      if (kept.ok()) {
        CountFailed(table, what + " sends it to its topic");
        return OkStatus();
      }
      if (kept.error().code() != ErrorCode::kRow) return kept;
      why_not = " could not send it to its topic: " + kept.error().message() + ", and";
    }
    if (action == ActionKind::kRetry) {
      return Error(kTryAgain, what + " has it tried again, from what is committed on");
    }
    const bool pauses = action == ActionKind::kPause;
    std::string text = what + why_not + (pauses ? " pauses the pipe" : " stops the pipe");
    if (rule != nullptr && !rule->text.empty()) text += ": " + rule->text;
    text += std::string("; correct the program, or write `on error (") + stage +
            ") quarantine to '…';` to put such rows aside, or `skip` to leave them out";
    if (pauses) return Error(ErrorCode::kRulePause, std::move(text) + kHowToGoOn);
    const bool own = rule != nullptr && !rule->built_in;
    return Error(own ? ErrorCode::kRuleStop : ErrorCode::kRow, std::move(text));
  }

  // The first of a table is told in full, the others are counted.
  void CountFailed(const BoundTable& table, std::string text) {
    ++failed_;
    if (failing_.insert(table.name).second) {
      Warn(std::move(text) + "; later ones of this table are counted as failed");
    }
  }

  const plan::TableRule* OwnerOf(const std::string& database, const std::string& table) const {
    const int owner = owners_.Find(database, table);
    if (owner < 0) return nullptr;
    const plan::TableRule& rule = context_.pipe->tables[static_cast<size_t>(owner)];
    return rule.skip ? nullptr : &rule;
  }

  TopicNames NamesFor(int owner, const std::string& database, const std::string& table) const {
    return NamesOf(context_.pipe->tables[static_cast<size_t>(owner)], database, table, owners_.MatchNames(owner),
                   owners_.MatchValues(owner, database, table));
  }

  static Group GroupOfDdl(const ChangeBatch& in) {
    if (in.ddl->group >= 0) return in.groups[static_cast<size_t>(in.ddl->group)];
    Group group;
    group.file = in.end.file;
    group.offset = in.end.offset;
    group.commit_time_us = in.end.commit_time_us;
    group.event_time_s = static_cast<uint32_t>(std::max<int64_t>(0, in.end.commit_time_us / 1000000));
    return group;
  }

  // G7 for tables that cannot be one (any more).
  static Error Misfit(const Error& error, const std::string& what) {
    if (error.code() != ErrorCode::kConfig) return error;
    return Error(error.code(), error.message() + "\n  = " + what +
                                   " brought this; everything before it is published; change the program, and run it "
                                   "again: it goes on here");
  }

  // Whose rules a schema change is judged by.
  struct DdlTable {
    const plan::TableRule* rule = nullptr;  // null: the pipe's, for a statement without a table
    TopicNames names;
    std::string database, table;  // as before the statement
    std::string whole_name;       // for messages
    bool left_out = false;        // no rule of the pipe captures the table
  };
  DdlTable TableOf(const DdlEvent& ddl) const;
  Result<DdlVerdict> JudgeInPlace(const DdlEvent& ddl, const Group& group, const DdlTable& table) const;
  Status ApplyDdl(const ChangeBatch& in, MessageBatch* out);
  void TellOfDdl(const DdlEvent& ddl, const Group& group, const DdlTable& table, const DdlVerdict& verdict);
  Status PublishDdl(const DdlEvent& ddl, const Group& group, const DdlVerdict& verdict, const DdlTable& table,
                    MessageBatch* out);

  BindingContext context_;
  TransformObserver* observer_;
  plan::Owners owners_;
  TopicResolver topics_;
  RowPath rows_;
  Quarantine quarantine_;
  std::vector<std::unique_ptr<formats::Format>> formats_;  // parallel to the pipe's rules; null for skip
  Bindings bindings_;
  std::unique_ptr<formats::Format> pipe_format_;
  Position last_end_;  // of the batch before, or where the sink stands
  Place place_;
  std::atomic<uint64_t> rows_in_{0}, records_out_{0}, filtered_{0}, failed_{0};
  std::mutex warnings_mutex_;
  std::vector<std::string> warnings_;
  std::set<std::string> keyless_;  // tables that were warned of
  std::set<std::string> failing_;  // likewise
  std::set<int> met_;              // rules that own a table, or were warned of
};

TransformImpl::DdlTable TransformImpl::TableOf(const DdlEvent& ddl) const {
  DdlTable found;
  found.database = ddl.before != nullptr ? ddl.before->database : ddl.database;
  found.table = ddl.before != nullptr ? ddl.before->table : ddl.table;
  found.whole_name = found.table.empty() ? "database " + found.database : found.database + "." + found.table;
  found.names = TopicNames{found.database, "", {}};
  for (const TableVersion* version : {ddl.before.get(), ddl.after.get()}) {
    const Binding* binding = version == nullptr ? nullptr : BindingOf(*version);
    if (binding == nullptr) continue;
    found.rule = &context_.pipe->tables[binding->owner];
    found.names = bindings_.Names(binding->owner, *version);
    return found;
  }
  if (found.table.empty()) return found;
  const int owner = owners_.Find(found.database, found.table);
  found.left_out = owner < 0 || context_.pipe->tables[static_cast<size_t>(owner)].skip;
  if (found.left_out) return found;
  found.rule = &context_.pipe->tables[static_cast<size_t>(owner)];
  found.names = NamesFor(owner, found.database, found.table);
  return found;
}

Result<DdlVerdict> TransformImpl::JudgeInPlace(const DdlEvent& ddl, const Group& group, const DdlTable& table) const {
  MetaInput input;
  input.group = &group;
  input.table = ddl.after != nullptr ? ddl.after.get() : ddl.before.get();
  input.database = table.database;
  input.table_name = table.table;
  input.target_database = table.names.database;
  input.target_table = table.names.table;
  input.source = context_.source_name;
  input.pipe = context_.pipe->name;
  input.sink = context_.pipe->sink;
  input.op = input.op_label = "ddl";
  input.real_clock = context_.real_clock;
  Arena scratch;
  std::vector<Value> meta(expr::kMetaFieldCount);
  FillMeta(UINT32_MAX, input, &scratch, meta.data());
  const auto& rules = table.rule == nullptr ? context_.pipe->on : table.rule->on;
  ASSIGN_OR_RETURN(const DdlVerdict verdict,
                   JudgeDdl(*context_.plan, rules, ddl, ddl.before != nullptr, table.names, meta.data(), &scratch));
  if (verdict.action != ActionKind::kFail && verdict.action != ActionKind::kPause) return verdict;
  return RuleStop(*context_.plan, verdict.rule, table.whole_name, "`" + Excerpt(ddl.statement, kStatementShown) + "`",
                  group, group.offset);
}

Status TransformImpl::ApplyDdl(const ChangeBatch& in, MessageBatch* out) {
  const DdlEvent& ddl = *in.ddl;
  const DdlTable table = TableOf(ddl);
  if (table.left_out) return OkStatus();
  const Group group = GroupOfDdl(in);
  ASSIGN_OR_RETURN(const DdlVerdict verdict, JudgeInPlace(ddl, group, table));
  Result<MergedChange> merged = bindings_.Change(ddl);
  if (!merged.ok()) {
    return Misfit(merged.error(),
                  "`" + Excerpt(ddl.statement, kStatementShown) + "` at " + PlaceText(group, group.offset));
  }
  TellOfDdl(ddl, group, table, verdict);
  if (verdict.action != ActionKind::kPublish) return OkStatus();
  if (merged->table == nullptr) return PublishDdl(ddl, group, verdict, table, out);
  const std::optional<DdlEvent> logical = bindings_.AsLogical(ddl, *merged);
  if (logical) return PublishDdl(*logical, group, verdict, table, out);
  if (HasLabel(ddl, "truncate table")) {
    Warn("`" + Excerpt(ddl.statement, kStatementShown) + "` at " + PlaceText(group, group.offset) +
         " empties one of several tables that are published as " + table.names.database + "." + table.names.table +
         ": it has no record, and the rows stay in their topic");
  }
  return OkStatus();
}

void TransformImpl::TellOfDdl(const DdlEvent& ddl, const Group& group, const DdlTable& table,
                              const DdlVerdict& verdict) {
  const std::string place = PlaceText(group, group.offset);
  if (ddl.before != nullptr && HasLabel(ddl, "rename table")) {
    if (ddl.after == nullptr) {
      Warn("table " + table.whole_name + " has another name from " + place +
           " on, which no rule of the pipe captures: its later changes are left out");
    } else if (!ddl.after->rule_table.empty() &&
               (ddl.after->rule_table != ddl.after->table || ddl.after->rule_database != ddl.after->database)) {
      Warn("table " + table.whole_name + " is " + ddl.after->database + "." + ddl.after->table + " from " + place +
           " on, and is followed by the rule of " + ddl.after->rule_database + "." + ddl.after->rule_table);
    }
  }
  const bool loads = verdict.action == ActionKind::kResnapshot;
  if (loads && ddl.before != nullptr && HasLabel(ddl, "truncate table")) {
    Warn("table " + table.whole_name + " is loaded anew behind `" + Excerpt(ddl.statement, kStatementShown) + "` at " +
         place + ": rows that are gone by it are still in the topic, without a record that deletes them");
  }
  if (verdict.action == ActionKind::kSkip && verdict.rule != nullptr && !verdict.rule->text.empty()) {
    Warn("schema change of " + table.whole_name + " at " + place + " skipped: " + verdict.rule->text);
  }
}

Status TransformImpl::PublishDdl(const DdlEvent& ddl, const Group& group, const DdlVerdict& verdict,
                                 const DdlTable& table, MessageBatch* out) {
  const plan::TableRule* rule = table.rule;
  const TopicNames& names = table.names;
  const formats::Format* format =
      rule == nullptr ? pipe_format_.get() : formats_[static_cast<size_t>(rule - context_.pipe->tables.data())].get();
  const std::string topic_name = DdlTopic(verdict.rule, rule == nullptr ? context_.pipe->topic : rule->topic, names);
  const std::string problem = TopicProblem(topic_name);
  if (format == nullptr || !problem.empty()) {
    return Error(ErrorCode::kConfig, "the record of `" + Excerpt(ddl.statement, kStatementShown) + "` at " +
                                         PlaceText(group, group.offset) + " has nowhere to go: " +
                                         (problem.empty() ? "the pipe has no format" : problem) +
                                         "; write `publish to \"…\"` with a topic in the rule");
  }
  ASSIGN_OR_RETURN(const ResolvedTopic topic, topics_(topic_name));
  const BoundTable* bound = nullptr;
  for (const auto& version : {ddl.before, ddl.after}) {
    const Binding* binding = version == nullptr ? nullptr : BindingOf(*version);
    if (bound == nullptr && binding != nullptr) bound = binding->table.get();
  }
  formats::OutputShape shape;
  if (bound != nullptr) shape = bound->shape;
  shape.database = names.database;
  shape.table = names.table;
  shape.source_database = ddl.database;
  shape.source_table = ddl.table;
  shape.pipe = context_.pipe->name;
  shape.source_name = context_.source_name;
  shape.topic = topic_name;

  OutBuffer key;
  OutBuffer value;
  bool has_key = false;
  ASSIGN_OR_RETURN(const bool written, format->EncodeDdl(ddl, group, shape, SequenceBase(group.file) + group.offset,
                                                         &key, &has_key, &value));
  if (!written) return OkStatus();
  Message message;
  message.topic = topic.index;
  message.timestamp_ms = group.commit_time_us / 1000;
  if (bound != nullptr) message.partition = bound->partition.OfTable(topic.partitions);
  if (has_key) {
    message.key_offset = static_cast<int64_t>(out->bytes.size());
    message.key_size = static_cast<int32_t>(key.size());
    out->bytes.Append(key.view());
  }
  message.value_offset = static_cast<int64_t>(out->bytes.size());
  message.value_size = static_cast<int32_t>(value.size());
  if (const int64_t bytes = RecordBytes(message); bytes > topic.record_bytes_max) {
    return Error(ErrorCode::kRow,
                 "the record of `" + Excerpt(ddl.statement, kStatementShown) + "` at " +
                     PlaceText(group, group.offset) + " has " + std::to_string(bytes) + " bytes, and topic `" +
                     topic_name + "` takes " + std::to_string(topic.record_bytes_max) +
                     " (`record_max` of the sink); raise that, or skip such statements with an `on ddl` rule");
  }
  out->bytes.Append(value.view());
  out->messages.push_back(message);
  return OkStatus();
}

}  // namespace

Status Transform::Apply(const ChangeBatch& in, MessageBatch* out) {
  ASSIGN_OR_RETURN(const bool done, ApplyPart(in, SIZE_MAX, out));
  CHECK(done);
  return OkStatus();
}

Result<std::unique_ptr<Transform>> Transform::Make(const plan::Plan& plan, const plan::Pipe& pipe,
                                                   const std::string& source_name, TopicResolver topics,
                                                   bind::SecretValues secrets, TransformObserver* observer,
                                                   const SchemaRegistries& registries,
                                                   std::shared_ptr<MergedTables> merged) {
  bind::Problems problems(&plan);
  for (const plan::TableRule& rule : pipe.tables) CheckAvailable(rule.on, &problems);
  CheckAvailable(pipe.on, &problems);
  if (!problems.empty()) return problems.ToError("this release");
  auto transform = std::make_unique<TransformImpl>(plan, pipe, source_name, std::move(topics), std::move(secrets),
                                                   observer, std::move(merged));
  RETURN_IF_ERROR(transform->MakeFormats(registries));
  return std::unique_ptr<Transform>(std::move(transform));
}

}  // namespace cdc::operators
