#include "stdlib/functions/compare.h"

#include <algorithm>
#include <cstring>
#include <string>

#include "stdlib/core/json_text.h"
#include "stdlib/core/nearest.h"
#include "stdlib/core/value_text.h"
#include "stdlib/functions/convert.h"
#include "stdlib/functions/typing.h"

namespace cdc::functions {
namespace {

int Order(__int128 a, __int128 b) { return a < b ? -1 : a > b ? 1 : 0; }

int CompareBytes(std::string_view a, std::string_view b) {
  size_t common = std::min(a.size(), b.size());
  int order = common == 0 ? 0 : std::memcmp(a.data(), b.data(), common);
  return order != 0 ? order : a.size() < b.size() ? -1 : a.size() > b.size() ? 1 : 0;
}

int CompareDecimals(const Value& a, const Value& b) {
  if (a.kind() == ValueKind::kDecimal && b.kind() == ValueKind::kDecimal) return CompareDecimalText(a.text(), b.text());
  return Decimal::Compare(DecimalOf(a), DecimalOf(b));
}

ComparisonPlan Mismatch(int id, size_t argument, std::string message) {
  ComparisonPlan plan;
  plan.mistake = Mistake{id, argument, std::move(message), "", {}};
  return plan;
}

ComparisonPlan As(CompareClass how) {
  ComparisonPlan plan;
  plan.how = how;
  return plan;
}

std::string ConstantText(const Argument& argument) {
  Arena scratch;
  return "'" + std::string(TextOf(argument.type, *argument.constant, &scratch)) + "'";
}

bool IsWritten(const Argument& argument) { return argument.constant != nullptr && IsText(argument.type.kind); }

std::vector<std::string> LabelsOf(const Type& type) {
  return type.labels == nullptr ? std::vector<std::string>() : *type.labels;
}

std::string LabelList(const Type& type) {
  std::string text;
  std::vector<std::string> labels = LabelsOf(type);
  size_t shown = std::min<size_t>(labels.size(), 12);
  for (size_t i = 0; i < shown; ++i) text += (i == 0 ? "'" : ", '") + labels[i] + "'";
  return shown < labels.size() ? text + ", …" : text;
}

// PIPE107 if the constant is no label (set: no list of labels).
std::optional<Mistake> CheckLabel(const Type& type, const Argument& constant, size_t index) {
  std::string_view text = constant.constant->text();
  std::vector<std::string> labels = LabelsOf(type);
  std::string_view rest = text;
  do {
    const size_t begin = text.size() - rest.size();
    size_t comma = type.kind == TypeKind::kSet ? rest.find(',') : rest.npos;
    std::string label(rest.substr(0, comma));
    rest = comma == rest.npos ? std::string_view() : rest.substr(comma + 1);
    bool known = std::find(labels.begin(), labels.end(), label) != labels.end();
    if (known || (type.kind == TypeKind::kSet && text.empty())) continue;
    Mistake mistake{
        107,
        index,
        "`'" + label + "'` is no label of this " + std::string(type.kind == TypeKind::kSet ? "`set`" : "`enum`"),
        "",
        {}};
    if (std::optional<std::string> near = Nearest(label, labels)) {
      mistake.label = "did you mean `'" + *near + "'`?";
      mistake.meant = std::string(text.substr(0, begin)) + *near + std::string(text.substr(begin + label.size()));
    }
    mistake.notes.push_back("its labels are " + LabelList(type) + "; MySQL would match no row, without a word");
    return mistake;
  } while (!rest.empty());
  return std::nullopt;
}

// PIPE106 if a written constant is no value of `type`.
std::optional<Mistake> CheckConstant(const Type& type, const Argument& constant, size_t index) {
  std::optional<Call> call = MakeConversion(constant.type, type, false);
  Arena scratch;
  Value out;
  bool fits = call && call->code(call->site, constant.constant, 1, &out, &scratch) == nullptr;
  if (fits) return std::nullopt;
  return Mistake{106, index, ConstantText(constant) + " is no " + Quoted(type), "", {}};
}

// `a` against a string literal, when `a` is neither text nor number.
ComparisonPlan AgainstLiteral(const Argument& a, const Argument& literal, bool ordered) {
  ComparisonPlan plan = As(CompareClass::kInteger);
  const Type& type = a.type;
  if (IsLabelled(type.kind)) {
    plan.mistake = CheckLabel(type, literal, 1);
    if (ordered) {
      plan.how = CompareClass::kBytes;
      plan.wanted_a = AsText(a);
    } else {
      plan.wanted_b = type;
    }
    return plan;
  }
  if (type.kind == TypeKind::kJson) {
    plan.how = CompareClass::kJson;
    plan.mistake = CheckConstant(type, literal, 1);
    plan.wanted_b = MakeType(TypeKind::kJson, false);
    return plan;
  }
  // A date may be compared with a point in time: both are packed alike.
  Type wanted = type;
  if (type.kind == TypeKind::kDate) wanted = MakeType(TypeKind::kDatetime, false);
  if (IsTemporal(wanted.kind) && wanted.kind != TypeKind::kDate) wanted.scale = 6;
  plan.mistake = CheckConstant(wanted, literal, 1);
  if (plan.mistake && type.kind == TypeKind::kDate) plan.mistake = CheckConstant(type, literal, 1);
  plan.wanted_b = wanted;
  return plan;
}

ComparisonPlan Numbers(const Argument& a, const Argument& b) {
  if (IsReal(a.type.kind) || IsReal(b.type.kind)) return As(CompareClass::kReal);
  if (a.type.kind != TypeKind::kDecimal && b.type.kind != TypeKind::kDecimal) return As(CompareClass::kInteger);
  ComparisonPlan plan = As(CompareClass::kDecimal);
  auto decimal = [](const Argument& argument) {
    return argument.type.kind == TypeKind::kDecimal
               ? Type()
               : DecimalType(IntegerDigits({argument.type, nullptr, false, false}), 0, argument.type.nullable);
  };
  plan.wanted_a = decimal(a);
  plan.wanted_b = decimal(b);
  return plan;
}

ComparisonPlan Temporals(const Argument& a, const Argument& b) {
  TypeKind left = a.type.kind, right = b.type.kind;
  if (left == right) return As(CompareClass::kInteger);
  bool calendar = left != TypeKind::kTime && right != TypeKind::kTime;
  bool instant = left == TypeKind::kTimestamp || right == TypeKind::kTimestamp;
  if (calendar && instant) {
    ComparisonPlan plan = Mismatch(112, Mistake::kWholeCall,
                                   Quoted(a.type) + " with " + Quoted(b.type) +
                                       ": one is local to a time zone that is not written down, the other an instant");
    plan.mistake->notes.push_back("if the local times are UTC: `cast(… as timestamp(6))`");
    return plan;
  }
  if (calendar) return As(CompareClass::kInteger);
  return Mismatch(106, Mistake::kWholeCall, Quoted(a.type) + " cannot be compared with " + Quoted(b.type));
}

ComparisonPlan WithJson(const Argument& a, const Argument& b) {
  ComparisonPlan plan = As(CompareClass::kJson);
  for (size_t i = 0; i < 2; ++i) {
    const Argument& argument = i == 0 ? a : b;
    if (argument.type.kind == TypeKind::kJson) continue;
    bool scalar = IsNumeric(argument.type.kind) || IsTextual(argument.type.kind) || IsTemporal(argument.type.kind);
    if (!scalar) return Mismatch(106, i, Quoted(argument.type) + " cannot be compared with `json`");
    (i == 0 ? plan.wanted_a : plan.wanted_b) = MakeType(TypeKind::kJson, argument.type.nullable);
  }
  return plan;
}

ComparisonPlan Swap(ComparisonPlan plan) {
  std::swap(plan.wanted_a, plan.wanted_b);
  if (plan.mistake && plan.mistake->argument < 2) plan.mistake->argument = 1 - plan.mistake->argument;
  return plan;
}

bool TakesLiterals(const Argument& argument) {
  TypeKind kind = argument.type.kind;
  return IsTemporal(kind) || IsLabelled(kind) || kind == TypeKind::kYear ||
         (kind == TypeKind::kJson && argument.is_column);
}

ComparisonPlan NumberWithText(const Argument& number, const Argument& text, size_t index) {
  ComparisonPlan plan = Mismatch(111, index, Quoted(number.type) + " is compared with text, " + Quoted(text.type));
  plan.mistake->notes.push_back("MySQL would read the text as a number, 0 for every word: `'x' = 0` is true there");
  plan.mistake->label = text.constant != nullptr ? "a number is written without quotes" : "";
  return plan;
}

}  // namespace

int CompareAs(CompareClass how, const Value& a, const Value& b, Arena* scratch) {
  switch (how) {
    case CompareClass::kInteger:
      return Order(IntegerOf(a), IntegerOf(b));
    case CompareClass::kDecimal:
      return CompareDecimals(a, b);
    case CompareClass::kReal: {
      double left = RealOf(a), right = RealOf(b);
      return left < right ? -1 : left > right ? 1 : 0;
    }
    case CompareClass::kBytes:
      return CompareBytes(a.text(), b.text());
    case CompareClass::kJson:
      return CompareJson(a.text(), b.text(), scratch);
  }
  return 0;
}

ComparisonPlan PlanComparison(const Argument& a, const Argument& b, bool ordered) {
  const Type &left = a.type, &right = b.type;
  if (left.kind == TypeKind::kNull || right.kind == TypeKind::kNull) return As(CompareClass::kInteger);
  if (left.kind == TypeKind::kSecret) return Mismatch(117, 0, "a secret cannot become data");
  if (right.kind == TypeKind::kSecret) return Mismatch(117, 1, "a secret cannot become data");
  if (IsWritten(b) && TakesLiterals(a)) return AgainstLiteral(a, b, ordered);
  if (IsWritten(a) && TakesLiterals(b)) return Swap(AgainstLiteral(b, a, ordered));
  if (left.kind == TypeKind::kJson || right.kind == TypeKind::kJson) return WithJson(a, b);
  bool numbers = IsNumeric(left.kind), other_numbers = IsNumeric(right.kind);
  if (numbers && other_numbers) return Numbers(a, b);
  if (IsTemporal(left.kind) && IsTemporal(right.kind)) return Temporals(a, b);
  bool words = IsTextual(left.kind) || IsBinary(left.kind), other_words = IsTextual(right.kind) || IsBinary(right.kind);
  if (words && other_words) {
    bool same_labels = IsLabelled(left.kind) && left.kind == right.kind && left.labels != nullptr &&
                       right.labels != nullptr && *left.labels == *right.labels;
    if (same_labels && !ordered) return As(CompareClass::kInteger);
    ComparisonPlan plan = As(CompareClass::kBytes);
    plan.wanted_a = AsText(a);
    plan.wanted_b = AsText(b);
    return plan;
  }
  if (numbers && IsTextual(right.kind)) return NumberWithText(a, b, 1);
  if (other_numbers && IsTextual(left.kind)) return NumberWithText(b, a, 0);
  if (left.kind == right.kind && ReadsAsBytes(left) && !ordered) return As(CompareClass::kBytes);
  ComparisonPlan plan = Mismatch(106, Mistake::kWholeCall, Quoted(left) + " cannot be compared with " + Quoted(right));
  bool temporal = IsTemporal(left.kind) || IsTemporal(right.kind);
  const Type& clock = IsTemporal(left.kind) ? left : right;
  if (temporal && (IsText(left.kind) || IsText(right.kind))) {
    plan.mistake->notes.push_back("`try_cast(… as " + TypeText(clock) + ")` reads it from text");
  } else if (temporal) {
    plan.mistake->notes.push_back("write a date or time in quotes: `'2026-01-31'`");
  }
  return plan;
}

}  // namespace cdc::functions
