#pragma once

#include <string>

#include "compiler/plan/plan.h"
#include "runtime/record/change_batch.h"

namespace cdc::operators {

// `binlog.000007:4711 (transaction 3e11…:23)`: where a change stands, for messages.
std::string PlaceText(const Group& group, uint64_t offset);

// A rule as the program writes it, with its place: `on delete fail 'x' (orders.pipe:12:3)`; for the rules every pipe
// ends with: `the built-in rule`.
std::string RuleText(const plan::Plan& plan, const plan::OnRule* rule);

// How a `retry` rule ends a stretch: as a lost source does. The source is opened anew where the sink stands, and tried
// as its settings of `retry` say.
inline constexpr ErrorCode kTryAgain = ErrorCode::kSourceLost;

// What to do about a pipe that a `pause` rule holds.
inline constexpr const char* kHowToGoOn = "; the pipe waits meanwhile: stop this process, and run it again";

// G7's text for a `fail` or `pause` rule: position, table, rule, the rule's own words, what to do.
// `what` is the change: "a delete", "`TRUNCATE TABLE orders`".
Error RuleStop(const plan::Plan& plan, const plan::OnRule* rule, const std::string& table, const std::string& what,
               const Group& group, uint64_t offset);

// What a rule makes of an error of the source: the error with the rule's words behind it, or as kRulePause or
// kTryAgain. `rule` null: the error itself.
Error BySourceErrorRule(const plan::Plan& plan, const plan::OnRule* rule, Error error);

}  // namespace cdc::operators
