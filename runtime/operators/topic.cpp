#include "runtime/operators/topic.h"

namespace cdc::operators {
namespace {

using Kind = plan::TemplatePart::Kind;

std::string PartText(const plan::TemplatePart& part, const TopicNames& names, std::string_view op) {
  switch (part.kind) {
    case Kind::kText:
      return part.text;
    case Kind::kDatabase:
      return names.database;
    case Kind::kTable:
      return names.table;
    case Kind::kOp:
      return std::string(op);
    case Kind::kSource:
      break;  // plan::OfSource wrote its name
    case Kind::kMatch:
      for (const auto& [group, text] : names.match) {
        if (group == part.text) return text;
      }
      return "";
  }
  return "";
}

bool HasPlaceholderBefore(const std::vector<plan::TemplatePart>& parts, size_t end) {
  for (size_t i = 0; i < end; ++i) {
    if (parts[i].kind != Kind::kText) return true;
  }
  return false;
}

bool HasPlaceholderAfter(const std::vector<plan::TemplatePart>& parts, size_t begin) {
  for (size_t i = begin + 1; i < parts.size(); ++i) {
    if (parts[i].kind != Kind::kText) return true;
  }
  return false;
}

}  // namespace

std::string_view OpName(Op op) {
  switch (op) {
    case Op::kInsert:
      return "insert";
    case Op::kUpdate:
      return "update";
    case Op::kDelete:
      return "delete";
    case Op::kSnapshot:
      return "snapshot";
  }
  return "";
}

std::string TemplateText(const plan::Template& from, const TopicNames& names, std::string_view op) {
  const auto& parts = from.parts;
  std::vector<std::string> texts;
  for (const plan::TemplatePart& part : parts) texts.push_back(PartText(part, names, op));
  std::vector<bool> dropped(parts.size(), false);
  for (size_t i = 0; i < parts.size(); ++i) {
    if (parts[i].kind == Kind::kText || !texts[i].empty()) continue;
    if (i > 0 && parts[i - 1].kind == Kind::kText && HasPlaceholderBefore(parts, i)) {
      dropped[i - 1] = true;
    } else if (i + 1 < parts.size() && parts[i + 1].kind == Kind::kText && HasPlaceholderAfter(parts, i)) {
      dropped[i + 1] = true;
    }
  }
  std::string text;
  for (size_t i = 0; i < parts.size(); ++i) {
    if (!dropped[i]) text += texts[i];
  }
  return text;
}

std::string TopicProblem(const std::string& name) {
  if (name.empty()) return "the topic name is empty";
  if (name == "." || name == "..") return "`" + name + "` is no topic name";
  if (name.size() > 249) return "topic name `" + name + "` is longer than 249 bytes";
  for (const char c : name) {
    const bool legal =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
    if (!legal) return "topic name `" + name + "` has a character other than letters, digits, `.`, `_` and `-`";
  }
  return "";
}

Topic::Topic(const plan::Template& from, const TopicNames& names) {
  for (size_t i = 0; i < slots_.size(); ++i) slots_[i].name = TemplateText(from, names, OpName(static_cast<Op>(i)));
}

Result<const ResolvedTopic*> Topic::ResolveSlot(size_t slot, const TopicResolver& resolver) {
  Slot& wanted = slots_[slot];
  for (const Slot& other : slots_) {
    if (other.resolved && other.name == wanted.name) {
      wanted.topic = other.topic;
      wanted.resolved = true;
      return &wanted.topic;
    }
  }
  const std::string problem = TopicProblem(wanted.name);
  if (!problem.empty()) return Error(ErrorCode::kRow, problem + " [PIPE122 invalid-topic]");
  ASSIGN_OR_RETURN(wanted.topic, resolver(wanted.name));
  wanted.resolved = true;
  return &wanted.topic;
}

TopicChoice::TopicChoice(const plan::TopicRule& rule, const TopicNames& names, const expr::Scope& output,
                         bind::Problems* problems)
    : otherwise_(rule.otherwise, names) {
  for (const plan::TopicRule::Arm& arm : rule.arms) {
    auto when = bind::BindCondition(arm.when, output, problems);
    if (!when) continue;
    meta_fields_ |= when->meta_fields;
    arms_.push_back({std::move(*when), Topic(arm.topic, names)});
  }
}

Result<const ResolvedTopic*> TopicChoice::ChooseArm(Op op, const bind::RowView& output, Arena* scratch,
                                                    const TopicResolver& resolver) {
  for (Arm& arm : arms_) {
    ASSIGN_OR_RETURN(const bool taken, arm.when.program.Test(output, scratch));
    if (taken) return arm.topic.Resolve(op, resolver);
  }
  return otherwise_.Resolve(op, resolver);
}

}  // namespace cdc::operators
