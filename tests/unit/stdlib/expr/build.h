#pragma once

// Short hands for expression trees.

#include <string>
#include <vector>

#include "stdlib/expr/expr.h"

namespace cdc::expr {

inline Expr Lit(LiteralKind kind, std::string text) {
  Expr expr;
  expr.literal = {kind, std::move(text)};
  return expr;
}
inline Expr Str(std::string text) { return Lit(LiteralKind::kString, std::move(text)); }
inline Expr Int(std::string text) { return Lit(LiteralKind::kInteger, std::move(text)); }
inline Expr Null() { return Lit(LiteralKind::kNull, "null"); }
inline Expr Regex(std::string text) { return Lit(LiteralKind::kRegex, std::move(text)); }

inline Expr Named(ExprKind kind, std::string name) {
  Expr expr;
  expr.kind = kind;
  expr.name = std::move(name);
  return expr;
}
inline Expr Col(std::string name, Image image = Image::kCurrent) {
  Expr expr = Named(ExprKind::kColumn, std::move(name));
  expr.image = image;
  return expr;
}
inline Expr Call(std::string name, std::vector<Expr> args, std::vector<std::string> arg_names = {}) {
  Expr expr = Named(ExprKind::kCall, std::move(name));
  expr.args = std::move(args);
  expr.arg_names = std::move(arg_names);
  // Each argument gets a place of its own, to see where problems point.
  for (size_t i = 0; i < expr.args.size(); ++i) expr.args[i].origin.begin = static_cast<uint32_t>(10 * (i + 1));
  return expr;
}
inline Expr Cast(Expr value, Type type, std::string name = "cast") {
  Expr expr = Named(ExprKind::kCast, std::move(name));
  expr.args.push_back(std::move(value));
  expr.cast_type = std::move(type);
  return expr;
}
inline Expr Case(std::vector<Expr> args, bool has_operand, bool has_else) {
  Expr expr = Named(ExprKind::kCase, "");
  expr.args = std::move(args);
  expr.has_operand = has_operand;
  expr.has_else = has_else;
  return expr;
}

inline Type Make(TypeKind kind, uint32_t length = 0) {
  Type type;
  type.kind = kind;
  type.length = length;
  return type;
}
inline Type Decimal(uint8_t precision, uint8_t scale) {
  Type type = Make(TypeKind::kDecimal);
  type.precision = precision;
  type.scale = scale;
  return type;
}
inline Type NotNull(Type type) {
  type.nullable = false;
  return type;
}

}  // namespace cdc::expr
