#include "stdlib/expr/fold.h"

#include <algorithm>

#include "stdlib/functions/function.h"
#include "stdlib/functions/typing.h"

namespace cdc::expr {
namespace {

using functions::Call;
using functions::Form;

bool AllConstant(const std::vector<Typed>& args) { return std::all_of(args.begin(), args.end(), IsConstant); }

bool IsTrue(const Typed& constant) { return !constant.constant.is_null() && functions::IsTrueValue(constant.constant); }
bool IsFalse(const Typed& constant) {
  return !constant.constant.is_null() && !functions::IsTrueValue(constant.constant);
}

// Takes the place of `*typed`; its static type stays, so that folding never changes a column's type.
void Become(Typed* typed, Typed replacement) {
  Type type = std::move(typed->type);
  Origin origin = typed->origin;
  *typed = std::move(replacement);
  bool nullable = type.nullable && typed->type.nullable;
  typed->type = std::move(type);
  typed->type.nullable = nullable;
  typed->origin = origin;
}

void FoldCall(Typed* typed) {
  if (typed->call == nullptr || !AllConstant(typed->args)) return;
  const Call& call = *typed->call;
  std::vector<Value> values;
  bool any_null = false;
  for (const Typed& arg : typed->args) {
    values.push_back(arg.constant);
    any_null = any_null || arg.constant.is_null();
  }
  if (call.strict && any_null) return MakeConstant(typed, Value::Null());
  Arena scratch;
  Value result;
  functions::Failure failure = call.code(call.site, values.data(), values.size(), &result, &scratch);
  if (failure == nullptr) return MakeConstant(typed, result);
  if (call.null_on_failure) MakeConstant(typed, Value::Null());
}

void FoldCoalesce(Typed* typed) {
  std::vector<Typed>& args = typed->args;
  auto known_null = [](const Typed& arg) { return IsConstant(arg) && arg.constant.is_null(); };
  args.erase(std::remove_if(args.begin(), args.end(), known_null), args.end());
  if (args.empty()) return MakeConstant(typed, Value::Null());
  auto certain = std::find_if(args.begin(), args.end(), [](const Typed& arg) { return !arg.type.nullable; });
  if (certain != args.end()) args.erase(certain + 1, args.end());
  if (args.size() == 1) Become(typed, Typed(std::move(args[0])));
}

void FoldLogic(Typed* typed, bool deciding) {
  const Typed& first = typed->args[0];
  bool decided = IsConstant(first) && (deciding ? IsTrue(first) : IsFalse(first));
  if (decided) return MakeConstant(typed, Value::Bool(deciding));
  FoldCall(typed);
}

// A case over a constant, up to the first `when` that is not one.
void FoldOperandCase(Typed* typed) {
  if (!IsConstant(typed->args[0])) return;
  for (size_t i = 0; i < typed->when_equals.size(); ++i) {
    const Typed& when = typed->args[1 + 2 * i];
    if (!IsConstant(when)) return;
    if (typed->args[0].constant.is_null() || when.constant.is_null()) continue;
    const Call& equal = *typed->when_equals[i];
    Value operands[2] = {typed->args[0].constant, when.constant};
    Arena scratch;
    Value same;
    if (equal.code(equal.site, operands, 2, &same, &scratch) != nullptr) return;
    if (!same.is_null() && functions::IsTrueValue(same)) return Become(typed, Typed(std::move(typed->args[2 + 2 * i])));
  }
  if (!typed->has_else) return MakeConstant(typed, Value::Null());
  Become(typed, Typed(std::move(typed->args.back())));
}

void FoldCase(Typed* typed) {
  if (typed->has_operand) return FoldOperandCase(typed);
  std::vector<Typed>& args = typed->args;
  size_t pairs = (args.size() - (typed->has_else ? 1 : 0)) / 2;
  std::vector<Typed> kept;
  bool decided = false;
  for (size_t i = 0; i < pairs && !decided; ++i) {
    Typed& when = args[2 * i];
    Typed& then = args[2 * i + 1];
    if (!IsConstant(when)) {
      kept.push_back(std::move(when));
      kept.push_back(std::move(then));
    } else if (IsTrue(when)) {
      kept.push_back(std::move(then));
      decided = true;
    }
  }
  if (!decided && typed->has_else) kept.push_back(std::move(args.back()));
  typed->has_else = decided || typed->has_else;
  args = std::move(kept);
  if (args.empty()) return MakeConstant(typed, Value::Null());
  if (args.size() == 1) Become(typed, Typed(std::move(args[0])));
}

}  // namespace

void MakeConstant(Typed* typed, const Value& value) {
  Typed constant;
  constant.kind = ExprKind::kLiteral;
  constant.type = typed->type;
  constant.origin = typed->origin;
  constant.constant = value;
  if (!value.is_null()) constant.type.nullable = false;
  std::string_view bytes;
  switch (value.kind()) {
    case ValueKind::kDecimal:
    case ValueKind::kText:
    case ValueKind::kBytes:
    case ValueKind::kJson:
      bytes = value.text();
      break;
    default:
      *typed = std::move(constant);
      return;
  }
  auto storage = std::make_shared<const std::string>(bytes);
  switch (value.kind()) {
    case ValueKind::kDecimal:
      constant.constant = Value::Decimal(*storage);
      break;
    case ValueKind::kText:
      constant.constant = Value::Text(*storage);
      break;
    case ValueKind::kBytes:
      constant.constant = Value::Bytes(*storage);
      break;
    default:
      constant.constant = Value::Json(*storage);
      break;
  }
  constant.storage = std::move(storage);
  *typed = std::move(constant);
}

void FoldNode(Typed* typed) {
  if (typed->kind == ExprKind::kCase) return FoldCase(typed);
  if (typed->kind == ExprKind::kCast) return FoldCall(typed);
  if (typed->kind != ExprKind::kCall) return;
  switch (typed->function == nullptr ? Form::kCall : typed->function->form) {
    case Form::kAnd:
      return FoldLogic(typed, false);
    case Form::kOr:
      return FoldLogic(typed, true);
    case Form::kCoalesce:
      return FoldCoalesce(typed);
    case Form::kIf:
      if (IsConstant(typed->args[0])) Become(typed, Typed(std::move(typed->args[IsTrue(typed->args[0]) ? 1 : 2])));
      return;
    default:
      return FoldCall(typed);
  }
}

void Fold(Typed* typed) {
  // Chains such as a + b + c lean to the left and may be long: walk down their spine without recursion.
  std::vector<Typed*> spine;
  for (Typed* at = typed;; at = &at->args[0]) {
    spine.push_back(at);
    if (at->args.empty()) break;
  }
  for (auto at = spine.rbegin(); at != spine.rend(); ++at) {
    for (size_t i = 1; i < (*at)->args.size(); ++i) Fold(&(*at)->args[i]);
    FoldNode(*at);
  }
}

}  // namespace cdc::expr
