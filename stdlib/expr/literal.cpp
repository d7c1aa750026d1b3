#include "stdlib/expr/literal.h"

#include <charconv>
#include <cmath>

#include "stdlib/core/decimal.h"
#include "stdlib/core/utf8.h"
#include "stdlib/expr/fold.h"
#include "stdlib/functions/typing.h"

namespace cdc::expr {
namespace {

using functions::BigIntType;
using functions::DecimalType;
using functions::MakeType;
using functions::StringType;

Typed Constant(const Expr& expr, Type type, const Value& value) {
  Typed typed;
  typed.type = std::move(type);
  typed.origin = expr.origin;
  MakeConstant(&typed, value);
  return typed;
}

std::optional<Typed> DecimalLiteral(const Expr& expr, std::vector<Problem>* problems) {
  std::optional<Decimal> number = Decimal::Parse(expr.literal.text);
  bool fits = number && number->scale() <= Decimal::kScaleMax && number->Fits(Decimal::kDigitsMax);
  if (!fits) {
    problems->push_back(
        {106, "this number has more digits than a decimal, 65 of which 30 after the point", "", {}, expr.origin});
    return std::nullopt;
  }
  std::string text = number->ToString();
  int digits = std::max(number->IntegerDigits(), 1);
  return Constant(expr, DecimalType(digits + number->scale(), number->scale(), false), Value::Decimal(text));
}

std::optional<Typed> IntegerLiteral(const Expr& expr, std::vector<Problem>* problems) {
  const std::string& text = expr.literal.text;
  uint64_t value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return DecimalLiteral(expr, problems);
  if (value > static_cast<uint64_t>(INT64_MAX)) return Constant(expr, BigIntType(true, false), Value::Uint(value));
  return Constant(expr, BigIntType(false, false), Value::Int(static_cast<int64_t>(value)));
}

std::optional<Typed> DoubleLiteral(const Expr& expr, std::vector<Problem>* problems) {
  const std::string& text = expr.literal.text;
  double value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  bool tiny = error == std::errc::result_out_of_range && text.find("e-") != text.npos;
  if (tiny) value = 0;
  if (!tiny && (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value))) {
    problems->push_back({106, "this number is out of range of `double`", "", {}, expr.origin});
    return std::nullopt;
  }
  return Constant(expr, MakeType(TypeKind::kDouble, false), Value::Double(value));
}

Typed Whole(const Expr& expr, TypeKind kind) {
  int64_t value = 0;
  std::from_chars(expr.literal.text.data(), expr.literal.text.data() + expr.literal.text.size(), value);
  return Constant(expr, MakeType(kind, false), Value::Int(value));
}

}  // namespace

void ReadBytesAsNumber(const Type& beside, Typed* literal) {
  constexpr size_t kNumberBytesMax = 8;
  const Value& value = literal->constant;
  bool reads = IsNumeric(beside.kind) && IsConstant(*literal) && IsBinary(literal->type.kind) &&
               value.kind() == ValueKind::kBytes && value.text().size() <= kNumberBytesMax;
  if (!reads) return;
  uint64_t number = 0;
  for (char byte : value.text()) number = number << 8 | static_cast<unsigned char>(byte);
  literal->type = BigIntType(true, false);
  MakeConstant(literal, Value::Uint(number));
}

std::optional<Typed> TypedLiteral(const Expr& expr, std::vector<Problem>* problems) {
  const std::string& text = expr.literal.text;
  switch (expr.literal.kind) {
    case LiteralKind::kNull:
      return Constant(expr, MakeType(TypeKind::kNull, true), Value::Null());
    case LiteralKind::kBool:
      return Constant(expr, functions::BoolType(false), Value::Bool(text == "true"));
    case LiteralKind::kInteger:
      return IntegerLiteral(expr, problems);
    case LiteralKind::kDecimal:
      return DecimalLiteral(expr, problems);
    case LiteralKind::kDouble:
      return DoubleLiteral(expr, problems);
    case LiteralKind::kString:
    case LiteralKind::kRegex:
      return Constant(expr, StringType(CountCharacters(text), false, false), Value::Text(text));
    case LiteralKind::kBytes:
      return Constant(expr, StringType(text.size(), true, false), Value::Bytes(text));
    case LiteralKind::kDuration:
      return Whole(expr, TypeKind::kDuration);
    case LiteralKind::kSize:
      return Whole(expr, TypeKind::kSize);
  }
  return std::nullopt;
}

}  // namespace cdc::expr
