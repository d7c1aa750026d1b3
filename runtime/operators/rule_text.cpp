#include "runtime/operators/rule_text.h"

namespace cdc::operators {

std::string PlaceText(const Group& group, uint64_t offset) {
  std::string text = group.file.empty() ? "an unnamed log" : group.file + ":" + std::to_string(offset);
  if (!group.gtid.empty()) text += " (transaction " + group.gtid + ")";
  return text;
}

std::string RuleText(const plan::Plan& plan, const plan::OnRule* rule) {
  if (rule == nullptr || rule->built_in) return "the built-in rule";
  const expr::Origin& origin = rule->origin;
  std::string text;
  if (origin.file < plan.files.size() && origin.begin < origin.end &&
      origin.end <= plan.files[origin.file].text.size()) {
    text = plan.files[origin.file].text.substr(origin.begin, origin.end - origin.begin);
    text = text.substr(0, text.find('\n'));
    while (!text.empty() && (text.back() == ';' || text.back() == ' ')) text.pop_back();
  }
  if (text.empty() && !rule->events.empty()) text = "on " + rule->events.front() + " …";
  const std::string where = plan::Where(plan, origin);
  return "`" + text + "`" + (where.empty() ? "" : " (" + where + ")");
}

Error RuleStop(const plan::Plan& plan, const plan::OnRule* rule, const std::string& table, const std::string& what,
               const Group& group, uint64_t offset) {
  const bool pauses = rule != nullptr && rule->action == plan::ActionKind::kPause;
  std::string text = what + " of " + table + " at " + PlaceText(group, offset) +
                     (pauses ? " pauses the pipe by " : " stops the pipe by ") + RuleText(plan, rule);
  if (rule != nullptr && !rule->text.empty()) text += ": " + rule->text;
  const bool written = rule != nullptr && !rule->built_in;
  text += "; everything before this transaction is kept. To go on, let the program say what else should happen (";
  if (written)
    text += std::string("`skip` or `publish` instead of `") + (pauses ? "pause" : "fail") + "`";
  else
    text += "`on " + (rule == nullptr || rule->events.empty() ? "…" : rule->events.front()) + " skip;`, or `publish`";
  text += ")";
  if (pauses) return Error(ErrorCode::kRulePause, std::move(text) + kHowToGoOn);
  return Error(ErrorCode::kRuleStop, std::move(text) + ", and run it again");
}

Error BySourceErrorRule(const plan::Plan& plan, const plan::OnRule* rule, Error error) {
  if (rule == nullptr) return error;
  std::string text = error.message();
  if (!rule->text.empty()) text += ": " + rule->text;
  switch (rule->action) {
    case plan::ActionKind::kPause:
      return Error(ErrorCode::kRulePause, text + "\n  = the pipe is paused by " + RuleText(plan, rule) + kHowToGoOn);
    case plan::ActionKind::kRetry:
      return Error(kTryAgain, text + "\n  = it is tried again by " + RuleText(plan, rule));
    default:
      return Error(error.code(), std::move(text), error.number());
  }
}

}  // namespace cdc::operators
