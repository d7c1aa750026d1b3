#include "runtime/operators/on_rules.h"

#include <algorithm>

#include "runtime/bind/table_scope.h"

namespace cdc::operators {
namespace {

using plan::ActionKind;

std::vector<std::string_view> Labels(Transition transition) {
  switch (transition) {
    case Transition::kSnapshot:
      return {"snapshot", "insert", "dml"};
    case Transition::kInsert:
      return {"insert", "dml"};
    case Transition::kUpdate:
      return {"update", "update of key", "update of columns", "dml"};
    case Transition::kDelete:
      return {"delete", "dml"};
    case Transition::kEnter:
      return {"enter", "insert", "dml"};
    case Transition::kLeave:
      return {"leave", "delete", "dml"};
  }
  return {};
}

Op PlainOp(Transition transition) {
  switch (transition) {
    case Transition::kSnapshot:
      return Op::kSnapshot;
    case Transition::kInsert:
    case Transition::kEnter:
      return Op::kInsert;
    case Transition::kUpdate:
      return Op::kUpdate;
    case Transition::kDelete:
    case Transition::kLeave:
      return Op::kDelete;
  }
  return Op::kInsert;
}

Op PublishedOp(Transition transition, plan::PublishAs as) {
  switch (as) {
    case plan::PublishAs::kSame:
      return PlainOp(transition);
    case plan::PublishAs::kInsert:
      return Op::kInsert;
    case plan::PublishAs::kUpdate:
      return Op::kUpdate;
    case plan::PublishAs::kDelete:
      return Op::kDelete;
  }
  return PlainOp(transition);
}

bool Names(const plan::OnRule& rule, std::string_view event) {
  return std::find(rule.events.begin(), rule.events.end(), event) != rule.events.end();
}

// Problems that do not depend on the transition; true if the action can be taken.
bool CheckAction(const plan::OnRule& rule, bind::Problems* problems) {
  switch (rule.action) {
    case ActionKind::kPublish:
    case ActionKind::kTombstone:
    case ActionKind::kSkip:
    case ActionKind::kFail:
      return true;
    case ActionKind::kPause:
    case ActionKind::kResnapshot:
    case ActionKind::kRetry:
    case ActionKind::kQuarantine:
    case ActionKind::kFollow:
      break;
  }
  problems->Add(132, rule.origin, "this action has no meaning for a row change");
  return false;
}

bool IsRowEvent(const std::string& event) {
  static constexpr std::string_view kEvents[] = {
      "snapshot", "insert", "update", "update of key", "update of columns", "delete", "enter", "leave", "dml"};
  return std::find(std::begin(kEvents), std::end(kEvents), event) != std::end(kEvents);
}

std::vector<int> ColumnsOf(const plan::OnRule& rule, const std::vector<Column>& columns, const expr::Scope& scope,
                           bind::Problems* problems) {
  std::vector<int> found;
  for (const std::string& name : rule.of) {
    const int index = bind::FindColumnByName(columns, name);
    if (index < 0) {
      problems->Add(101, rule.origin, "unknown column `" + name + "` in table `" + scope.TableName() + "`");
    } else {
      found.push_back(index);
    }
  }
  return found;
}

// LANGUAGE §2.1: `changed(…)` is true whenever the key changes.
expr::Expr WithKeyInChanged(expr::Expr when, const std::vector<Column>& columns, const std::vector<int>& key_sources) {
  for (expr::Expr& argument : when.args) argument = WithKeyInChanged(std::move(argument), columns, key_sources);
  if (when.kind != expr::ExprKind::kCall || when.name != "changed" || when.args.empty()) return when;
  for (const int source : key_sources) {
    expr::Expr column;
    column.kind = expr::ExprKind::kColumn;
    column.name = columns[static_cast<size_t>(source)].name;
    column.origin = when.origin;
    when.args.push_back(std::move(column));
    if (!when.arg_names.empty()) when.arg_names.emplace_back();
  }
  return when;
}

Decision MakeDecision(const plan::OnRule* rule, Transition transition, const TopicNames& names) {
  Decision decision;
  decision.rule = rule;
  decision.op = PlainOp(transition);
  if (rule == nullptr) return decision;
  decision.action = rule->action;
  decision.op = PublishedOp(transition, rule->publish_as);
  decision.and_tombstone = rule->and_tombstone;
  decision.keeps_key_change = Names(*rule, "update of key") && rule->publish_as == plan::PublishAs::kUpdate;
  if (rule->to) decision.to = std::make_unique<Topic>(*rule->to, names);
  return decision;
}

}  // namespace

std::string_view TransitionName(Transition transition) { return Labels(transition).front(); }

OnRules::OnRules(const plan::TableRule& rule, const std::vector<Column>& columns, const std::vector<int>& key_sources,
                 const expr::Scope& scope, const TopicNames& names, bind::Problems* problems) {
  std::array<bool, kTransitions> closed{};
  for (const plan::OnRule& on : rule.on) {
    if (std::none_of(on.events.begin(), on.events.end(), IsRowEvent) || !CheckAction(on, problems)) continue;
    const std::vector<int> of = ColumnsOf(on, columns, scope, problems);
    columns_.insert(columns_.end(), of.begin(), of.end());
    for (size_t i = 0; i < kTransitions; ++i) {
      const auto transition = static_cast<Transition>(i);
      const auto labels = Labels(transition);
      if (closed[i] || std::none_of(labels.begin(), labels.end(), [&](auto label) { return Names(on, label); }))
        continue;
      if (on.action == ActionKind::kTombstone && PlainOp(transition) != Op::kDelete) {
        problems->Add(132, on.origin, "`tombstone` is for deletes only");
        continue;
      }
      Candidate candidate;
      candidate.decision = MakeDecision(&on, transition, names);
      candidate.of = of;
      candidate.of_key = Names(on, "update of key");
      candidate.always = transition != Transition::kUpdate || Names(on, "update") || Names(on, "dml");
      if (on.when) {
        candidate.when = bind::BindCondition(WithKeyInChanged(*on.when, columns, key_sources), scope, problems);
        if (!candidate.when) break;
        meta_fields_ |= candidate.when->meta_fields;
        const auto& read = candidate.when->program.columns();
        columns_.insert(columns_.end(), read.begin(), read.end());
      }
      closed[i] = candidate.always && !candidate.when;
      candidates_[i].push_back(std::move(candidate));
    }
  }
  for (size_t i = 0; i < kTransitions; ++i) {
    if (closed[i]) continue;
    Candidate last;
    last.decision = MakeDecision(nullptr, static_cast<Transition>(i), names);
    candidates_[i].push_back(std::move(last));
  }
}

bool OnRules::DeletesHaveTombstone() const {
  for (const Candidate& candidate : Of(Transition::kDelete)) {
    if (candidate.decision.action == ActionKind::kTombstone) return true;
    if (candidate.decision.action == ActionKind::kPublish) return candidate.decision.and_tombstone;
  }
  return false;
}

bool OnRules::AnyTombstone() const {
  for (const auto& candidates : candidates_) {
    for (const Candidate& candidate : candidates) {
      if (candidate.decision.action == ActionKind::kTombstone || candidate.decision.and_tombstone) return true;
    }
  }
  return false;
}

bool SnapshotIsSkipped(const std::vector<plan::OnRule>& rules) {
  for (const plan::OnRule& rule : rules) {
    if (!Names(rule, "snapshot") && !Names(rule, "insert") && !Names(rule, "dml")) continue;
    return rule.action == ActionKind::kSkip && !rule.when;
  }
  return false;
}

const plan::OnRule* ErrorRule(const std::vector<plan::OnRule>& rules, std::string_view kind) {
  for (const plan::OnRule& rule : rules) {
    if (Names(rule, "error") || Names(rule, "error " + std::string(kind))) return &rule;
  }
  return nullptr;
}

const plan::OnRule* SourceErrorRule(const std::vector<plan::OnRule>& rules, std::string_view kind) {
  const std::string event = "error " + std::string(kind);
  for (const plan::OnRule& rule : rules) {
    if (Names(rule, event)) return rule.built_in ? nullptr : &rule;
  }
  return nullptr;
}

}  // namespace cdc::operators
