#include <algorithm>

#include "stdlib/core/value_text.h"
#include "stdlib/expr/fold.h"
#include "stdlib/expr/resolver.h"
#include "stdlib/functions/convert.h"
#include "stdlib/functions/typing.h"

namespace cdc::expr {
namespace {

using functions::Quoted;
using functions::Risk;

// The type of a quotient by a literal, with the digits that the division takes away: a bigint / 100 has two
// digits less before the point than MySQL's own type for it says.
Type NarrowType(const Typed& typed) {
  bool quotient = typed.kind == ExprKind::kCall && typed.function != nullptr && typed.function->name == "/" &&
                  typed.type.kind == TypeKind::kDecimal && IsConstant(typed.args[1]);
  if (!quotient) return typed.type;
  Decimal divisor = functions::DecimalOf(typed.args[1].constant);
  int taken = std::max(divisor.IntegerDigits() - 1, 0);
  int digits = std::max(functions::IntegerDigits(AsArgument(typed.args[0])) - taken, 0);
  // Divisors below one make it longer: then MySQL's type stands.
  if (divisor.IntegerDigits() == 0) return typed.type;
  Type narrow = typed.type;
  narrow.precision = static_cast<uint8_t>(std::min<int>(digits + typed.type.scale, typed.type.precision));
  return narrow;
}

std::string Sentence(const Type& from, const Type& wanted, Risk risk) {
  if (risk == Risk::kText) return "not every " + Quoted(from) + " is a value of " + Quoted(wanted);
  bool texts = IsText(wanted.kind) || IsBinary(wanted.kind);
  return "a value of " + Quoted(from) + (texts ? " may be too long for " : " may be out of range of ") + Quoted(wanted);
}

// Whether the constant is a value of the wanted type, whatever its own type can hold.
bool ConstantFits(const Typed& typed, const Type& wanted) {
  if (!IsConstant(typed)) return false;
  if (typed.constant.is_null()) return true;
  std::optional<functions::Call> call = functions::MakeConversion(typed.type, wanted, false);
  Arena scratch;
  Value value;
  return call && call->code(call->site, &typed.constant, 1, &value, &scratch) == nullptr;
}

bool CheckRange(const Typed& typed, const Type& wanted, Resolver* resolver) {
  if (ConstantFits(typed, wanted)) return true;
  Type from = NarrowType(typed);
  Risk risk = functions::ConversionRisk(from, wanted);
  if (risk == Risk::kNone) return true;
  if (risk == Risk::kImpossible) {
    resolver->Report(106, typed.origin, Quoted(from) + " cannot become " + Quoted(wanted));
    return false;
  }
  std::string type = TypeText(wanted);
  resolver->Report(110, typed.origin, Sentence(from, wanted, risk), "",
                   {"`try_cast(… as " + type + ")` gives NULL where it does not fit, `cast` an error of the row"});
  return false;
}

}  // namespace

Typed Resolver::Checked(Typed typed, const Type& wanted) {
  const bool secret = typed.type.kind == TypeKind::kSecret;
  if (secret && wanted.kind == TypeKind::kSecret) return typed;
  bool fits = !secret && wanted.kind != TypeKind::kSecret;
  RefuseSecret(typed);
  if (!fits && !secret) {
    const bool literal = IsConstant(typed);
    Report(literal ? 138 : 106, typed.origin,
           literal ? "a secret is never written in a file" : "a secret is wanted, and this is " + Quoted(typed.type),
           "declare one, `secret x = env('NAME');`, and write `secret.x`");
  }
  if (!fits) {
    Typed other;
    other.kind = ExprKind::kCall;
    other.type = wanted;
    other.origin = typed.origin;
    return other;
  }
  if (typed.type.nullable && !wanted.nullable) {
    Report(109, typed.origin, "this may be NULL, and `not null` is wanted", "",
           {"`coalesce(…, default)` gives it another value; `where … is not null` leaves such rows out"});
    fits = false;
  }
  if (!CheckRange(typed, wanted, this)) fits = false;
  if (!fits) {
    // Goes on as the type that was wanted: one mistake is told once.
    Typed other;
    other.kind = ExprKind::kCall;
    other.type = wanted;
    other.origin = typed.origin;
    return other;
  }
  const bool nullable = typed.type.nullable;
  if (!functions::SameRepresentation(typed.type, wanted)) typed = Convert(std::move(typed), wanted, false);
  // What was proven above cannot fail, though the types alone do not say so.
  if (typed.kind == ExprKind::kCast && !typed.args.empty()) typed.fallible = typed.args[0].fallible;
  typed.type = wanted;
  typed.type.nullable = nullable;
  return typed;
}

Resolution ResolveAs(const Expr& expr, const Type& wanted, const Scope& scope) {
  Resolver resolver(scope);
  Typed typed = resolver.Run(expr);
  Type target = wanted;
  target.sensitive = typed.type.sensitive;
  if (resolver.failed() || resolver.incomplete() || typed.type.kind == TypeKind::kUnknown) {
    resolver.CountSkipped();
    Resolution resolution = resolver.Finish(std::move(typed));
    resolution.typed.reset();
    resolution.type = target;
    return resolution;
  }
  typed = resolver.Checked(std::move(typed), target);
  typed.type.nullable = target.nullable;
  Resolution resolution = resolver.Finish(std::move(typed));
  resolution.type = target;
  return resolution;
}

}  // namespace cdc::expr
