#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/plan/plan.h"
#include "runtime/operators/topic.h"
#include "runtime/record/change_batch.h"

namespace cdc::operators {

// What the rules say about a schema change (LANGUAGE §2.1): each part by first match, the strictest result acts.
struct DdlVerdict {
  plan::ActionKind action = plan::ActionKind::kSkip;  // kPublish, kSkip, kResnapshot, kPause, kFail
  const plan::OnRule* rule = nullptr;                 // null: the built-in rule
  bool follows = false;                               // a `follow` rule has the word on the part that renames
};

// `rules` are the table's, or the pipe's for statements without a table. `captured`: the table is known to have
// existed, so that a drop takes rows away. `meta` has all fields, `match` the pattern's groups. Errors: kRow, a
// condition failed; kConfig, a condition that does not fit.
Result<DdlVerdict> JudgeDdl(const plan::Plan& plan, const std::vector<plan::OnRule>& rules, const DdlEvent& ddl,
                            bool captured, const TopicNames& names, const Value* meta, Arena* scratch);

// Whether some part of the change has the label, such as `rename table`.
bool HasLabel(const DdlEvent& ddl, std::string_view label);

// Whether a rule is about schema changes, by one of its events.
bool IsDdlRule(const plan::OnRule& rule);

// The topic of a DDL record: `publish to`, else the table's last template.
std::string DdlTopic(const plan::OnRule* rule, const plan::TopicRule& topic, const TopicNames& names);

}  // namespace cdc::operators
