#include <algorithm>

#include "compiler/diff/compare_rule.h"
#include "compiler/plan/text_rules.h"

namespace cdc::diff {
namespace {

using plan::OnRule;

enum class Class : uint8_t { kRow, kDdl, kError };

Class ClassOf(const OnRule& rule) {
  static constexpr std::string_view kRowLabels[] = {"snapshot", "insert", "update",    "delete",     "enter",
                                                    "leave",    "dml",    "heartbeat", "transaction"};
  const std::string event = rule.events.empty() ? "" : rule.events[0];
  const std::string label = event.substr(0, event.find(' '));
  if (label == "error") return Class::kError;
  // `update of key`; `drop table` is DDL.
  const bool row = std::find(std::begin(kRowLabels), std::end(kRowLabels), label) != std::end(kRowLabels);
  return row ? Class::kRow : Class::kDdl;
}

std::vector<const OnRule*> RulesOf(const std::vector<OnRule>& rules, Class wanted) {
  std::vector<const OnRule*> found;
  for (const OnRule& rule : rules) {
    if (ClassOf(rule) == wanted && !rule.built_in) found.push_back(&rule);
  }
  return found;
}

std::string Text(const std::vector<const OnRule*>& rules) {
  std::string text;
  for (const OnRule* rule : rules) text += (text.empty() ? "" : "; ") + plan::OnText(*rule);
  return text;
}

// The rules that make records of DDL statements: what their consumers see.
std::string Publishing(const std::vector<const OnRule*>& rules) {
  std::string text;
  for (const OnRule* rule : rules) {
    if (rule->action == plan::ActionKind::kPublish) text += plan::OnText(*rule) + "; ";
  }
  return text;
}

}  // namespace

void CompareOn(const std::vector<OnRule>& before, const std::vector<OnRule>& after, bool rows,
               std::vector<Difference>* out) {
  auto compare = [&](Class of, Kind kind) {
    const std::vector<const OnRule*> old = RulesOf(before, of);
    const std::vector<const OnRule*> now = RulesOf(after, of);
    if (Text(old) == Text(now)) return;
    const bool records = of == Class::kDdl && Publishing(old) != Publishing(now) && !Publishing(old).empty();
    out->push_back({records ? Kind::kDdlRecordsChanged : kind, "on", Text(old), Text(now)});
  };
  if (rows) compare(Class::kRow, Kind::kRowRulesChanged);
  compare(Class::kDdl, Kind::kDdlRulesChanged);
  compare(Class::kError, Kind::kErrorRulesChanged);
}

}  // namespace cdc::diff
