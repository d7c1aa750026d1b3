#pragma once

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "compiler/plan/plan.h"
#include "runtime/bind/expression.h"
#include "runtime/operators/transform.h"

namespace cdc::operators {

// What the placeholders of a template stand for, for one table.
struct TopicNames {
  std::string database;  // logical, after `as`
  std::string table;
  std::vector<std::pair<std::string, std::string>> match;  // group, text
};

// The text of a template. `op` replaces $op$.
// An empty placeholder disappears with the constant text between it and its neighbour: `"$database$-$tablename$"` of a
// statement without a table is `shop`.
std::string TemplateText(const plan::Template& from, const TopicNames& names, std::string_view op);

// Why Kafka would refuse a topic name; empty if it would not.
std::string TopicProblem(const std::string& name);

// `insert`, `update`, `delete`, `snapshot`.
std::string_view OpName(Op op);

// One template for one table; the sink is asked once per name, at the first record.
class Topic {
 public:
  Topic(const plan::Template& from, const TopicNames& names);

  // Errors: kRow, a name that Kafka forbids (`on error (encode)` decides); what the resolver says.
  Result<const ResolvedTopic*> Resolve(Op op, const TopicResolver& resolver) {
    const size_t slot = static_cast<size_t>(op);
    if (slots_[slot].resolved) [[likely]]
      return &slots_[slot].topic;
    return ResolveSlot(slot, resolver);
  }
  // The topic if it was resolved before, else null.
  const ResolvedTopic* Ready(Op op) const {
    const Slot& slot = slots_[static_cast<size_t>(op)];
    return slot.resolved ? &slot.topic : nullptr;
  }
  const std::string& name(Op op) const { return slots_[static_cast<size_t>(op)].name; }

 private:
  struct Slot {
    std::string name;
    ResolvedTopic topic;
    bool resolved = false;
  };
  Result<const ResolvedTopic*> ResolveSlot(size_t slot, const TopicResolver& resolver);

  std::array<Slot, 4> slots_;
};

// A topic rule for one table: the first arm whose condition over the output row is true, else the last template.
class TopicChoice {
 public:
  TopicChoice(const plan::TopicRule& rule, const TopicNames& names, const expr::Scope& output,
              bind::Problems* problems);

  bool constant() const { return arms_.empty(); }
  const std::string& constant_name() const { return otherwise_.name(Op::kInsert); }
  uint32_t meta_fields() const { return meta_fields_; }

  // The topic of every row with this op, if it was resolved before; else null.
  const ResolvedTopic* Ready(Op op) const { return arms_.empty() ? otherwise_.Ready(op) : nullptr; }

  // Errors: kRow from a condition or a name; what the resolver says.
  Result<const ResolvedTopic*> Choose(Op op, const bind::RowView& output, Arena* scratch,
                                      const TopicResolver& resolver) {
    if (arms_.empty()) [[likely]]
      return otherwise_.Resolve(op, resolver);
    return ChooseArm(op, output, scratch, resolver);
  }

 private:
  struct Arm {
    bind::Expression when;
    Topic topic;
  };
  Result<const ResolvedTopic*> ChooseArm(Op op, const bind::RowView& output, Arena* scratch,
                                         const TopicResolver& resolver);
  std::vector<Arm> arms_;
  Topic otherwise_;
  uint32_t meta_fields_ = 0;
};

}  // namespace cdc::operators
