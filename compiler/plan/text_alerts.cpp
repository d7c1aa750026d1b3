#include "compiler/plan/text_alerts.h"

#include "compiler/plan/text_names.h"

namespace cdc::plan {

std::string AlertsText(const Plan& plan) {
  if (plan.alerts.empty()) return "";
  std::string text = "alerts, which this release does not fire:\n";
  for (const Alert& alert : plan.alerts) {
    text += "  " + QuotedName(alert.name) + ": when " + expr::ToText(alert.when);
    if (alert.lasting_ms > 0) {
      expr::Expr lasting;
      lasting.literal = {expr::LiteralKind::kDuration, std::to_string(alert.lasting_ms)};
      text += " for " + expr::ToText(lasting);
    }
    text += "\n";
    for (const Notification& one : alert.notify) {
      text += "    notify " + QuotedName(one.notifier) + ", severity " + one.severity;
      text += (one.text.empty() ? "" : ": " + one.text) + "\n";
    }
  }
  return text;
}

}  // namespace cdc::plan
