#pragma once

// The `on` rules of one table for row changes (LANGUAGE §2, step 3), sorted at binding by what can happen to a row:
// for each transition only the rules that can match it are left, up to the first that always does.

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/plan/plan.h"
#include "runtime/bind/expression.h"
#include "runtime/operators/topic.h"

namespace cdc::operators {

// What the filter makes of a change (the table of LANGUAGE §2).
enum class Transition : uint8_t { kSnapshot, kInsert, kUpdate, kDelete, kEnter, kLeave };
inline constexpr size_t kTransitions = 6;

// The most specific label of a transition: `enter`, `delete`, …
std::string_view TransitionName(Transition transition);

// What happens to a change.
struct Decision {
  plan::ActionKind action = plan::ActionKind::kPublish;  // kPublish, kTombstone, kSkip, kFail
  Op op = Op::kInsert;                                   // kPublish: what is published
  bool and_tombstone = false;
  bool keeps_key_change = false;       // `on update of key publish as update`: no split
  std::unique_ptr<Topic> to;           // publish to
  const plan::OnRule* rule = nullptr;  // null: the built-in answer, publish
};

struct Candidate {
  Decision decision;
  std::optional<bind::Expression> when;
  bool always = true;   // the event matches whatever the row looks like
  bool of_key = false;  // `update of key`: key or partition columns changed
  std::vector<int> of;  // `update of (…)`: source columns, any of which changed
};

class OnRules {
 public:
  // Errors go to `problems`: conditions, PIPE132 for an action that a row cannot have, PIPE010 for one that is not
  // available yet. `key_sources` are the source columns of the key: `changed(…)` is true when one of them changes.
  OnRules(const plan::TableRule& rule, const std::vector<Column>& columns, const std::vector<int>& key_sources,
          const expr::Scope& scope, const TopicNames& names, bind::Problems* problems);

  std::vector<Candidate>& Of(Transition transition) { return candidates_[static_cast<size_t>(transition)]; }
  const std::vector<Candidate>& Of(Transition transition) const { return candidates_[static_cast<size_t>(transition)]; }
  // The decision if it is the same for every row, else null.
  const Decision* Constant(Transition transition) const {
    const auto& candidates = Of(transition);
    return candidates.front().always && !candidates.front().when ? &candidates.front().decision : nullptr;
  }
  // Whether the delete half of a key change has a tombstone: what the table says about deletes.
  bool DeletesHaveTombstone() const;
  bool AnyTombstone() const;
  uint32_t meta_fields() const { return meta_fields_; }
  // Schema positions that conditions read.
  const std::vector<int>& columns() const { return columns_; }

 private:
  std::array<std::vector<Candidate>, kTransitions> candidates_;
  std::vector<int> columns_;
  uint32_t meta_fields_ = 0;
};

// Whether `on snapshot skip` without a condition wins: then the first load need not read the table.
bool SnapshotIsSkipped(const std::vector<plan::OnRule>& rules);

// The rule for a kind of error (`transform`, `encode`); null: fail.
const plan::OnRule* ErrorRule(const std::vector<plan::OnRule>& rules, std::string_view kind);

// The rule for what the source cannot read (`decode`) or follow (`ddl`): only one that names the kind. Null: fail.
const plan::OnRule* SourceErrorRule(const std::vector<plan::OnRule>& rules, std::string_view kind);

}  // namespace cdc::operators
