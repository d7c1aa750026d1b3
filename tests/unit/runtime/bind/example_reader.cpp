#include "tests/unit/runtime/bind/example_reader.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "stdlib/core/value_text.h"
#include "stdlib/expr/literal.h"
#include "stdlib/functions/convert.h"
#include "stdlib/functions/typing.h"

namespace cdc::testing {
namespace {

using expr::Expr;
using expr::ExprKind;
using expr::LiteralKind;

Expr Make(LiteralKind kind, std::string text) {
  Expr expr;
  expr.literal = {kind, std::move(text)};
  return expr;
}

std::string Unescape(std::string_view inside) {
  std::string text;
  for (size_t i = 0; i < inside.size(); ++i) {
    if (inside[i] == '\\' && i + 1 < inside.size()) {
      char c = inside[++i];
      if (c == 'n') {
        text += '\n';
      } else if (c == '%' || c == '_') {
        text += '\\';
        text += c;
      } else {
        text += c;
      }
    } else {
      if (inside[i] == '\'' && i + 1 < inside.size()) ++i;
      text += inside[i];
    }
  }
  return text;
}

std::string FromHex(std::string_view digits) {
  std::string bytes;
  for (size_t i = 0; i + 1 < digits.size(); i += 2) {
    bytes += static_cast<char>(std::stoi(std::string(digits.substr(i, 2)), nullptr, 16));
  }
  return bytes;
}

}  // namespace

Expr ReadLiteral(std::string_view text) {
  if (text == "null") return Make(LiteralKind::kNull, "null");
  if (text == "true" || text == "false") return Make(LiteralKind::kBool, std::string(text));
  if (text.front() == '\'') return Make(LiteralKind::kString, Unescape(text.substr(1, text.size() - 2)));
  if (text.substr(0, 2) == "r'") return Make(LiteralKind::kRegex, std::string(text.substr(2, text.size() - 3)));
  if (text.substr(0, 2) == "x'") return Make(LiteralKind::kBytes, FromHex(text.substr(2, text.size() - 3)));
  if (text.front() == '-') {
    Expr negated;
    negated.kind = ExprKind::kCall;
    negated.name = "-";
    negated.args.push_back(ReadLiteral(text.substr(1)));
    return negated;
  }
  if (text.find('e') != text.npos) return Make(LiteralKind::kDouble, std::string(text));
  return Make(text.find('.') == text.npos ? LiteralKind::kInteger : LiteralKind::kDecimal, std::string(text));
}

Type ReadType(std::string_view text) {
  static const std::map<std::string, TypeKind> kinds = {
      {"tinyint", TypeKind::kTinyInt},   {"int", TypeKind::kInt},
      {"bigint", TypeKind::kBigInt},     {"decimal", TypeKind::kDecimal},
      {"double", TypeKind::kDouble},     {"float", TypeKind::kFloat},
      {"bool", TypeKind::kBool},         {"year", TypeKind::kYear},
      {"bit", TypeKind::kBit},           {"varchar", TypeKind::kVarchar},
      {"date", TypeKind::kDate},         {"time", TypeKind::kTime},
      {"datetime", TypeKind::kDatetime}, {"timestamp", TypeKind::kTimestamp},
      {"json", TypeKind::kJson},         {"enum", TypeKind::kEnum},
      {"set", TypeKind::kSet},           {"varbinary", TypeKind::kVarbinary}};
  Type type;
  size_t space = text.find(" unsigned");
  if (space != text.npos) {
    type.is_unsigned = true;
    text = text.substr(0, space);
  }
  size_t paren = text.find('(');
  auto found = kinds.find(std::string(text.substr(0, paren)));
  EXPECT_NE(found, kinds.end()) << text;
  if (found == kinds.end()) return type;
  type.kind = found->second;
  if (paren == text.npos) return type;
  std::string inside(text.substr(paren + 1, text.size() - paren - 2));
  if (type.kind == TypeKind::kEnum || type.kind == TypeKind::kSet) {
    std::vector<std::string> labels;
    size_t at = 0;
    while ((at = inside.find('\'', at)) != inside.npos) {
      size_t close = inside.find('\'', at + 1);
      labels.push_back(inside.substr(at + 1, close - at - 1));
      at = close + 1;
    }
    type.labels = std::make_shared<const std::vector<std::string>>(labels);
  } else if (type.kind == TypeKind::kDecimal) {
    type.precision = static_cast<uint8_t>(std::stoi(inside));
    type.scale = static_cast<uint8_t>(std::stoi(inside.substr(inside.find(',') + 1)));
  } else if (IsTemporal(type.kind)) {
    type.scale = static_cast<uint8_t>(std::stoi(inside));
  } else {
    type.length = static_cast<uint32_t>(std::stoi(inside));
  }
  return type;
}

ExampleArgument ReadArgument(std::string_view text) {
  ExampleArgument argument;
  if (text.substr(0, 3) == "as ") {
    argument.is_cast_type = true;
    argument.type = ReadType(text.substr(3));
    return argument;
  }
  size_t arrow = text.find(" => ");
  if (arrow != text.npos) {
    argument.name = std::string(text.substr(0, arrow));
    text = text.substr(arrow + 4);
  }
  size_t colons = text.rfind("::");
  // Colons inside of a text are its own.
  if (text.back() == '\'') colons = text.npos;
  argument.is_typed = colons != text.npos;
  argument.literal = ReadLiteral(text.substr(0, colons));
  if (argument.is_typed) argument.type = ReadType(text.substr(colons + 2));
  return argument;
}

Value ValueOf(const Expr& literal, const Type& type, Arena* arena) {
  bool negated = literal.kind == ExprKind::kCall;
  Expr positive = negated ? literal.args[0] : literal;
  if (negated) positive.literal.text = "-" + positive.literal.text;
  // A negative literal is read as text: "-1" is one operator and one number in the language.
  if (negated) positive.literal.kind = LiteralKind::kString;
  std::vector<expr::Problem> problems;
  std::optional<expr::Typed> constant = expr::TypedLiteral(positive, &problems);
  EXPECT_TRUE(constant.has_value());
  if (!constant || constant->constant.is_null()) return Value::Null();
  std::optional<functions::Call> call = functions::MakeConversion(constant->type, type, false);
  EXPECT_TRUE(call.has_value());
  Value value;
  const char* failure = call ? call->code(call->site, &constant->constant, 1, &value, arena) : "";
  EXPECT_EQ(failure, nullptr) << failure;
  std::string_view bytes = value.text();
  switch (value.kind()) {
    case ValueKind::kText:
      return Value::Text(arena->Copy(bytes));
    case ValueKind::kBytes:
      return Value::Bytes(arena->Copy(bytes));
    case ValueKind::kJson:
      return Value::Json(arena->Copy(bytes));
    case ValueKind::kDecimal:
      return Value::Decimal(arena->Copy(bytes));
    default:
      return value;
  }
}

std::string Show(const Type& type, const Value& value) {
  if (value.is_null()) return "null";
  if (type.kind == TypeKind::kBool) return value.integer() != 0 ? "true" : "false";
  Arena arena;
  std::string text(TextOf(type, value, &arena));
  if (value.kind() == ValueKind::kBytes) {
    std::string hex = "x'";
    for (char c : text) {
      char digits[3];
      std::snprintf(digits, sizeof(digits), "%02x", static_cast<unsigned char>(c));
      hex += digits;
    }
    return hex + "'";
  }
  bool number = IsNumeric(type.kind);
  return number ? text : "'" + text + "'";
}

}  // namespace cdc::testing
