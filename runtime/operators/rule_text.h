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

// What to do about a pipe that a `pause` rule holds.
inline constexpr const char* kHowToGoOn = "; the pipe waits meanwhile: stop this process, and run it again";

// G7's text for a `fail` or `pause` rule: position, table, rule, the rule's own words, what to do.
// `what` is the change: "a delete", "`TRUNCATE TABLE orders`".
Error RuleStop(const plan::Plan& plan, const plan::OnRule* rule, const std::string& table, const std::string& what,
               const Group& group, uint64_t offset);

}  // namespace cdc::operators
