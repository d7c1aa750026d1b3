#include "runtime/operators/ddl.h"

#include <algorithm>

#include "runtime/bind/expression.h"
#include "runtime/bind/table_scope.h"

namespace cdc::operators {
namespace {

using plan::ActionKind;

bool Has(const std::vector<std::string>& labels, std::string_view label) {
  return std::find(labels.begin(), labels.end(), label) != labels.end();
}

bool Meets(const plan::OnRule& rule, const std::vector<std::string>& labels) {
  return std::any_of(rule.events.begin(), rule.events.end(),
                     [&](const std::string& event) { return Has(labels, event); });
}

int Strictness(ActionKind action) {
  switch (action) {
    case ActionKind::kFail:
      return 4;
    case ActionKind::kPause:
      return 3;
    case ActionKind::kResnapshot:
      return 2;
    case ActionKind::kPublish:
      return 0;
    default:
      return 1;
  }
}

Result<bool> ConditionHolds(const plan::Plan& plan, const expr::Expr& when, const TopicNames& names, const Value* meta,
                            Arena* scratch) {
  bind::TableScope::Options options{
      names.table.empty() ? names.database : names.database + "." + names.table, {}, false};
  std::vector<Value> match;
  for (const auto& [group, text] : names.match) {
    options.match_names.push_back(group);
    match.push_back(Value::Text(text));
  }
  bind::Problems problems(&plan);
  const auto condition = bind::BindCondition(when, bind::TableScope(nullptr, options), &problems);
  if (!condition) return problems.ToError("schema changes of " + options.table);
  bind::RowView view;
  view.meta = meta;
  view.match = match.data();
  return condition->program.Test(view, scratch);
}

}  // namespace

bool HasLabel(const DdlEvent& ddl, std::string_view label) {
  return std::any_of(ddl.parts.begin(), ddl.parts.end(),
                     [&](const std::vector<std::string>& labels) { return Has(labels, label); });
}

bool IsDdlRule(const plan::OnRule& rule) {
  static constexpr std::string_view kWords[] = {"add ",      "modify ", "create ", "alter ",
                                                "truncate ", "drop ",   "rename "};
  return std::any_of(rule.events.begin(), rule.events.end(), [](const std::string& event) {
    return event == "ddl" || std::any_of(std::begin(kWords), std::end(kWords),
                                         [&](std::string_view word) { return event.starts_with(word); });
  });
}

Result<DdlVerdict> JudgeDdl(const plan::Plan& plan, const std::vector<plan::OnRule>& rules, const DdlEvent& ddl,
                            bool captured, const TopicNames& names, const Value* meta, Arena* scratch) {
  DdlVerdict strictest;
  bool first = true;
  bool follows = false;
  for (const std::vector<std::string>& labels : ddl.parts) {
    DdlVerdict verdict;
    // What loses rows that were there. A table that nobody knew can be dropped (IF EXISTS), but not truncated.
    const bool loses_rows = Has(labels, "truncate table") || (captured && Has(labels, "drop table"));
    if (loses_rows) verdict.action = ActionKind::kFail;
    for (const plan::OnRule& rule : rules) {
      if (!Meets(rule, labels) || (rule.built_in && rule.action == ActionKind::kFail && !loses_rows)) continue;
      if (rule.when) {
        ASSIGN_OR_RETURN(const bool holds, ConditionHolds(plan, *rule.when, names, meta, scratch));
        if (!holds) continue;
      }
      follows = follows || rule.action == ActionKind::kFollow;
      verdict.action = rule.action == ActionKind::kFollow ? ActionKind::kSkip : rule.action;
      verdict.rule = &rule;
      break;
    }
    if (first || Strictness(verdict.action) > Strictness(strictest.action)) strictest = verdict;
    first = false;
  }
  strictest.follows = follows;
  return strictest;
}

std::string DdlTopic(const plan::OnRule* rule, const plan::TopicRule& topic, const TopicNames& names) {
  const plan::Template& from = rule != nullptr && rule->to ? *rule->to : topic.otherwise;
  return TemplateText(from, names, "ddl");
}

}  // namespace cdc::operators
