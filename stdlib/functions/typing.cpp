#include "stdlib/functions/typing.h"

#include <algorithm>
#include <charconv>
#include <cstring>

#include "stdlib/core/check.h"
#include "stdlib/core/integer_digits.h"
#include "stdlib/core/value_text.h"

namespace cdc::functions {

ValueKind ShapeOf(const Type& type) {
  switch (type.kind) {
    case TypeKind::kUnknown:
    case TypeKind::kNull:
      return ValueKind::kNull;
    case TypeKind::kBool:
    case TypeKind::kDuration:
    case TypeKind::kSize:
      return ValueKind::kInt;
    case TypeKind::kTinyInt:
    case TypeKind::kSmallInt:
    case TypeKind::kMediumInt:
    case TypeKind::kInt:
    case TypeKind::kBigInt:
      return type.is_unsigned ? ValueKind::kUint : ValueKind::kInt;
    case TypeKind::kBit:
    case TypeKind::kYear:
    case TypeKind::kEnum:
    case TypeKind::kSet:
      return ValueKind::kUint;
    case TypeKind::kDecimal:
      return ValueKind::kDecimal;
    case TypeKind::kFloat:
      return ValueKind::kFloat;
    case TypeKind::kDouble:
      return ValueKind::kDouble;
    case TypeKind::kDate:
      return ValueKind::kDate;
    case TypeKind::kTime:
      return ValueKind::kTime;
    case TypeKind::kDatetime:
      return ValueKind::kDatetime;
    case TypeKind::kTimestamp:
      return ValueKind::kTimestamp;
    case TypeKind::kJson:
      return ValueKind::kJson;
    default:
      break;
  }
  return IsText(type.kind) || type.kind == TypeKind::kSecret ? ValueKind::kText : ValueKind::kBytes;
}

bool IsReal(TypeKind kind) { return kind == TypeKind::kFloat || kind == TypeKind::kDouble; }
bool IsLabelled(TypeKind kind) { return kind == TypeKind::kEnum || kind == TypeKind::kSet; }
bool IsUnsigned(const Type& type) { return ShapeOf(type) == ValueKind::kUint; }
bool IsTextual(TypeKind kind) { return IsText(kind) || IsLabelled(kind); }

bool AnyNullable(const std::vector<Argument>& args) {
  return std::any_of(args.begin(), args.end(), [](const Argument& arg) { return arg.type.nullable; });
}

Type MakeType(TypeKind kind, bool nullable) {
  Type type;
  type.kind = kind;
  type.nullable = nullable;
  return type;
}

Type BoolType(bool nullable) { return MakeType(TypeKind::kBool, nullable); }

Type BigIntType(bool is_unsigned, bool nullable) {
  Type type = MakeType(TypeKind::kBigInt, nullable);
  type.is_unsigned = is_unsigned;
  return type;
}

Type DecimalType(int precision, int scale, bool nullable) {
  Type type = MakeType(TypeKind::kDecimal, nullable);
  type.scale = static_cast<uint8_t>(std::min(scale, Decimal::kScaleMax));
  type.precision = static_cast<uint8_t>(std::clamp(precision, std::max<int>(type.scale, 1), Decimal::kDigitsMax));
  return type;
}

Type StringType(uint64_t length, bool binary, bool nullable) {
  constexpr uint64_t kVarcharMax = 16383;
  bool is_long = length > kVarcharMax;
  TypeKind kind = binary ? (is_long ? TypeKind::kLongBlob : TypeKind::kVarbinary)
                         : (is_long ? TypeKind::kLongText : TypeKind::kVarchar);
  Type type = MakeType(kind, nullable);
  type.length = static_cast<uint32_t>(std::min<uint64_t>(length, UINT32_MAX));
  if (!binary) type.charset = "utf8mb4";
  // A varchar of length 0 would mean one without a bound.
  if (type.length == 0) type.length = 1;
  return type;
}

bool ReadsAsBytes(const Type& type) { return ShapeOf(type) == ValueKind::kBytes; }

Type AsText(const Argument& argument) {
  ValueKind shape = ShapeOf(argument.type);
  if (shape == ValueKind::kText || shape == ValueKind::kBytes || shape == ValueKind::kNull) return Type();
  return StringType(TextLengthMax(argument.type), false, argument.type.nullable);
}

int Scale(const Type& type) { return type.kind == TypeKind::kDecimal ? type.scale : 0; }

int IntegerDigits(const Argument& argument) {
  if (argument.constant != nullptr && !argument.constant->is_null() && IsNumeric(argument.type.kind) &&
      !IsReal(argument.type.kind)) {
    return std::max(1, DecimalOf(*argument.constant).IntegerDigits());
  }
  const Type& type = argument.type;
  switch (type.kind) {
    case TypeKind::kBool:
      return 1;
    case TypeKind::kYear:
      return 4;
    case TypeKind::kBit:
      return type.length > 63 ? 20 : static_cast<int>(type.length * 30103 / 100000 + 1);
    case TypeKind::kTinyInt:
    case TypeKind::kSmallInt:
    case TypeKind::kMediumInt:
    case TypeKind::kInt:
    case TypeKind::kBigInt:
    case TypeKind::kDecimal:
      return cdc::IntegerDigits(type);
    default:
      return Decimal::kDigitsMax;
  }
}

Decimal DecimalOf(const Value& value) {
  switch (value.kind()) {
    case ValueKind::kInt:
      return Decimal::FromInt(value.integer());
    case ValueKind::kUint:
      return Decimal::FromUint(value.unsigned_integer());
    case ValueKind::kDecimal:
      return Decimal::Parse(value.text()).value_or(Decimal());
    default:
      return Decimal();
  }
}

double RealOf(const Value& value) {
  switch (value.kind()) {
    case ValueKind::kInt:
      return static_cast<double>(value.integer());
    case ValueKind::kUint:
      return static_cast<double>(value.unsigned_integer());
    case ValueKind::kDecimal: {
      double real = 0;
      std::from_chars(value.text().data(), value.text().data() + value.text().size(), real);
      return real;
    }
    default:
      return value.real();
  }
}

bool IsTrueValue(const Value& value) {
  switch (value.kind()) {
    case ValueKind::kFloat:
    case ValueKind::kDouble:
      return value.real() != 0;
    case ValueKind::kDecimal:
      return value.text().find_first_not_of("-0.") != std::string_view::npos;
    case ValueKind::kJson:
      return value.text() == "true";
    default:
      return value.integer() != 0;
  }
}

Value DecimalValue(const Decimal& decimal, Arena* scratch) {
  char* from = scratch->Allocate(Decimal::kTextMax);
  char* end = decimal.Write(from);
  scratch->ShrinkLast(end);
  return Value::Decimal({from, static_cast<size_t>(end - from)});
}

bool FitDecimal(const Decimal& number, const Type& type, Value* out, Arena* scratch) {
  Decimal rounded = number.scale() == type.scale ? number : number.Round(type.scale);
  if (!rounded.Fits(type.precision)) return false;
  *out = DecimalValue(rounded, scratch);
  return true;
}

bool FitInteger(__int128 number, bool is_unsigned, Value* out) {
  if (is_unsigned) {
    if (number < 0 || number > UINT64_MAX) return false;
    *out = Value::Uint(static_cast<uint64_t>(number));
  } else {
    if (number < INT64_MIN || number > INT64_MAX) return false;
    *out = Value::Int(static_cast<int64_t>(number));
  }
  return true;
}

std::string Quoted(std::string_view code) { return "`" + std::string(code) + "`"; }
std::string Quoted(const Type& type) { return Quoted(TypeText(type)); }

Binding Fail(int id, size_t argument, std::string message, std::string label) {
  Binding binding;
  binding.mistake = Mistake{id, argument, std::move(message), std::move(label), {}};
  return binding;
}

namespace {

Mistake WrongType(size_t index, std::string message) { return Mistake{106, index, std::move(message), "", {}}; }

// NULL fits everywhere; of an unknown type nothing is said.
bool IsNullType(const Type& type) { return type.kind == TypeKind::kNull || type.kind == TypeKind::kUnknown; }

}  // namespace

std::optional<Mistake> NeedNumber(std::string_view function, const std::vector<Argument>& args, size_t index) {
  const Type& type = args[index].type;
  if (IsNumeric(type.kind) || IsNullType(type)) return std::nullopt;
  Mistake mistake = WrongType(index, Quoted(function) + " needs a number, and this is " + Quoted(type));
  if (IsTextual(type.kind) || type.kind == TypeKind::kJson) {
    mistake.notes.push_back(
        "`try_cast(… as decimal(20, 4))` reads a number from text, and is NULL where there is none");
  }
  return mistake;
}

std::optional<Mistake> NeedNumbers(std::string_view function, const std::vector<Argument>& args) {
  for (size_t i = 0; i < args.size(); ++i) {
    if (auto mistake = NeedNumber(function, args, i)) return mistake;
  }
  return std::nullopt;
}

std::optional<Mistake> NeedInteger(std::string_view function, const std::vector<Argument>& args, size_t index) {
  const Type& type = args[index].type;
  if (IsInteger(type.kind) || IsNullType(type)) return std::nullopt;
  return WrongType(index, Quoted(function) + " needs a whole number here, and this is " + Quoted(type));
}

std::optional<Mistake> NeedText(std::string_view function, const std::vector<Argument>& args, size_t index) {
  const Type& type = args[index].type;
  switch (type.kind) {
    case TypeKind::kGeometry:
    case TypeKind::kVector:
    case TypeKind::kDuration:
    case TypeKind::kSize:
      return WrongType(index, Quoted(function) + " needs text, and this is " + Quoted(type));
    case TypeKind::kSecret:
      return Mistake{117, index, "a secret cannot become data", "", {}};
    default:
      return std::nullopt;
  }
}

std::optional<Mistake> NeedCondition(std::string_view where, const std::vector<Argument>& args, size_t index) {
  const Type& type = args[index].type;
  bool fits = type.kind == TypeKind::kBool || type.kind == TypeKind::kTinyInt || IsNullType(type) ||
              (type.kind == TypeKind::kBit && type.length <= 1);
  if (fits) return std::nullopt;
  Mistake mistake = WrongType(index, std::string(where) + " needs a condition, and this is " + Quoted(type));
  mistake.label = IsNumeric(type.kind) ? "compare it: `… <> 0`" : "compare it with something";
  return mistake;
}

Failure FailWith(Arena* scratch, std::string_view text) {
  char* copy = scratch->Allocate(text.size() + 1);
  std::memcpy(copy, text.data(), text.size());
  copy[text.size()] = '\0';
  return copy;
}

namespace {

Type CommonNumber(const Type& a, const Type& b) {
  if (a.kind == TypeKind::kFloat && b.kind == TypeKind::kFloat) return a;
  if (IsReal(a.kind) || IsReal(b.kind)) return MakeType(TypeKind::kDouble, false);
  bool mixed_big = IsUnsigned(a) != IsUnsigned(b) &&
                   (IntegerDigits({a, nullptr, false, false}) > 19 || IntegerDigits({b, nullptr, false, false}) > 19);
  if (a.kind == TypeKind::kDecimal || b.kind == TypeKind::kDecimal || mixed_big) {
    int scale = std::max(Scale(a), Scale(b));
    int digits = std::max(IntegerDigits({a, nullptr, false, false}), IntegerDigits({b, nullptr, false, false}));
    return DecimalType(digits + scale, scale, false);
  }
  if (a.kind == b.kind && a.is_unsigned == b.is_unsigned) return a;
  if (IsUnsigned(a) != IsUnsigned(b)) return BigIntType(false, false);
  Type wider = IntegerDigits({a, nullptr, false, false}) >= IntegerDigits({b, nullptr, false, false}) ? a : b;
  bool plain = wider.kind != TypeKind::kBit && wider.kind != TypeKind::kYear && wider.kind != TypeKind::kBool;
  return plain ? wider : BigIntType(IsUnsigned(wider), false);
}

Type CommonString(const Type& a, const Type& b) {
  bool binary = ReadsAsBytes(a) || ReadsAsBytes(b);
  return StringType(std::max(TextLengthMax(a), TextLengthMax(b)), binary, false);
}

Type CommonTemporal(const Type& a, const Type& b) {
  Type type = a.kind == b.kind ? a : MakeType(TypeKind::kDatetime, false);
  type.scale = std::max(a.scale, b.scale);
  return type;
}

bool HasText(const Type& type) {
  switch (type.kind) {
    case TypeKind::kGeometry:
    case TypeKind::kVector:
    case TypeKind::kSecret:
    case TypeKind::kDuration:
    case TypeKind::kSize:
      return false;
    default:
      return true;
  }
}

// MySQL's aggregation of result types; nothing where it would mix dates with numbers or instants with local
// times.
std::optional<Type> Merge(const Type& a, const Type& b) {
  if (a.kind == TypeKind::kNull) return b;
  if (b.kind == TypeKind::kNull) return a;
  Type left = a, right = b;
  left.nullable = right.nullable = false;
  left.sensitive = right.sensitive = false;
  if (left == right) return left;
  if (IsNumeric(a.kind) && IsNumeric(b.kind)) return CommonNumber(a, b);
  if (a.kind == TypeKind::kJson || b.kind == TypeKind::kJson) {
    bool both = a.kind == b.kind;
    return both ? std::optional(MakeType(TypeKind::kJson, false)) : std::nullopt;
  }
  if (IsTemporal(a.kind) && IsTemporal(b.kind)) {
    bool instant = a.kind == TypeKind::kTimestamp, other_instant = b.kind == TypeKind::kTimestamp;
    bool clock = a.kind == TypeKind::kTime, other_clock = b.kind == TypeKind::kTime;
    if (instant != other_instant || clock != other_clock) return std::nullopt;
    return CommonTemporal(a, b);
  }
  if ((IsNumeric(a.kind) && IsTemporal(b.kind)) || (IsTemporal(a.kind) && IsNumeric(b.kind))) return std::nullopt;
  if (!HasText(a) || !HasText(b)) return std::nullopt;
  return CommonString(a, b);
}

}  // namespace

std::optional<Type> CommonType(std::string_view function, const std::vector<Argument>& args, size_t first, size_t step,
                               std::optional<Mistake>* mistake) {
  Type common = MakeType(TypeKind::kNull, true);
  for (size_t i = first; i < args.size(); i += step) {
    std::optional<Type> merged = Merge(common, args[i].type);
    if (!merged) {
      *mistake = WrongType(i, Quoted(function) + " would have to give " + Quoted(common) + " or " +
                                  Quoted(args[i].type) + ": one column has one type");
      (*mistake)->notes.push_back("convert one of them: `cast(… as char(20))`");
      return std::nullopt;
    }
    common = *merged;
  }
  return common;
}

Type WantedForCommon(const Type& from, const Type& common) {
  if (from.kind == TypeKind::kNull || common.kind == TypeKind::kNull) return Type();
  Type plain = from, target = common;
  plain.nullable = target.nullable = false;
  plain.sensitive = target.sensitive = false;
  if (plain == target) return Type();
  ValueKind shape = ShapeOf(from);
  if (shape == ShapeOf(common) && shape != ValueKind::kDecimal && !IsLabelled(from.kind)) return Type();
  return target;
}

}  // namespace cdc::functions
