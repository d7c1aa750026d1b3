#include <algorithm>
#include <iterator>

#include "stdlib/core/names.h"
#include "stdlib/core/quoted_name.h"
#include "stdlib/expr/expr.h"

namespace cdc::expr {
namespace {

// How tightly the forms of the grammar bind.
enum Level : int {
  kOr = 1,
  kXor,
  kAnd,
  kNot,
  kPredicate,
  kBitOr,
  kBitAnd,
  kShift,
  kSum,
  kProduct,
  kPower,
  kSign,
  kPrimary
};

struct Binary {
  std::string_view name;
  Level level;
};
constexpr Binary kBinary[] = {
    {"or", kOr},         {"xor", kXor},      {"and", kAnd},        {"=", kPredicate},
    {"<=>", kPredicate}, {"<>", kPredicate}, {"<", kPredicate},    {"<=", kPredicate},
    {">", kPredicate},   {">=", kPredicate}, {"like", kPredicate}, {"regexp", kPredicate},
    {"|", kBitOr},       {"&", kBitAnd},     {"<<", kShift},       {">>", kShift},
    {"+", kSum},         {"-", kSum},        {"*", kProduct},      {"/", kProduct},
    {"div", kProduct},   {"mod", kProduct},  {"^", kPower},        {"->", kPrimary},
    {"->>", kPrimary},
};

const Binary* FindBinary(const Expr& expr) {
  if (expr.kind != ExprKind::kCall || expr.args.size() != 2) return nullptr;
  auto found =
      std::find_if(std::begin(kBinary), std::end(kBinary), [&](const Binary& b) { return b.name == expr.name; });
  return found == std::end(kBinary) ? nullptr : found;
}

bool IsHardWord(const std::string& name) {
  static constexpr std::string_view kWords[] = {
      "add",    "alter",  "and",     "as",     "between", "by",    "case",  "column", "create", "delete",    "div",
      "drop",   "else",   "end",     "except", "false",   "for",   "from",  "in",     "index",  "insert",    "interval",
      "into",   "is",     "key",     "like",   "mod",     "not",   "null",  "on",     "or",     "partition", "primary",
      "regexp", "rename", "replace", "rlike",  "select",  "set",   "table", "then",   "to",     "true",      "unsigned",
      "update", "use",    "using",   "values", "when",    "where", "xor"};
  std::string folded = FoldName(name);
  return std::find(std::begin(kWords), std::end(kWords), folded) != std::end(kWords);
}

bool IsPlainName(const std::string& name) {
  if (name.empty() || (name[0] >= '0' && name[0] <= '9') || name[0] == '$') return false;
  return std::all_of(name.begin(), name.end(), [](char c) {
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
    return letter || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
  });
}

std::string Name(const std::string& name, bool after_period) {
  if (IsPlainName(name) && (after_period || !IsHardWord(name))) return name;
  return InBackquotes(name);
}

std::string StringText(const std::string& text) {
  std::string quoted = "'";
  for (char c : text) {
    switch (c) {
      case '\'':
        quoted += "''";
        break;
      case '\\':
        quoted += "\\\\";
        break;
      case '\n':
        quoted += "\\n";
        break;
      case '\r':
        quoted += "\\r";
        break;
      case '\t':
        quoted += "\\t";
        break;
      case '\0':
        quoted += "\\0";
        break;
      default:
        quoted += c;
    }
  }
  return quoted + "'";
}

std::string HexText(const std::string& bytes) {
  static constexpr char kHex[] = "0123456789abcdef";
  std::string text = "x'";
  for (char c : bytes) {
    text += kHex[static_cast<unsigned char>(c) >> 4];
    text += kHex[static_cast<unsigned char>(c) & 15];
  }
  return text + "'";
}

struct Unit {
  std::string_view name;
  unsigned long long size;
};

// The largest unit that divides it.
template <size_t N>
std::string WithUnit(const std::string& digits, const Unit (&units)[N]) {
  unsigned long long value = 0;
  for (char c : digits) value = value * 10 + static_cast<unsigned long long>(c - '0');
  for (const Unit& unit : units) {
    if (value % unit.size == 0) return std::to_string(value / unit.size) + std::string(unit.name);
  }
  return digits;
}

std::string LiteralText(const Literal& literal) {
  static constexpr Unit kDurations[] = {{"d", 86'400'000}, {"h", 3'600'000}, {"m", 60'000}, {"s", 1000}, {"ms", 1}};
  static constexpr Unit kSizes[] = {{"GiB", 1ULL << 30},
                                    {"GB", 1'000'000'000},
                                    {"MiB", 1ULL << 20},
                                    {"MB", 1'000'000},
                                    {"KiB", 1024},
                                    {"KB", 1000},
                                    {"B", 1}};
  switch (literal.kind) {
    case LiteralKind::kNull:
      return "null";
    case LiteralKind::kString:
      return StringText(literal.text);
    case LiteralKind::kBytes:
      return HexText(literal.text);
    case LiteralKind::kRegex:
      return "r'" + literal.text + "'";
    case LiteralKind::kDuration:
      return WithUnit(literal.text, kDurations);
    case LiteralKind::kSize:
      return WithUnit(literal.text, kSizes);
    default:
      return literal.text;
  }
}

struct Printed {
  std::string text;
  int level = kPrimary;
};
Printed Text(const Expr& expr);
std::string Print(const Expr& expr, int least);

std::string List(const Expr& expr, size_t from) {
  std::string text;
  for (size_t i = from; i < expr.args.size(); ++i) {
    if (i > from) text += ", ";
    if (i < expr.arg_names.size() && !expr.arg_names[i].empty()) text += expr.arg_names[i] + " => ";
    text += Print(expr.args[i], kOr);
  }
  return text;
}

// `value is null`, `value in (…)`, `value between … and …`, each also with `not`; empty if it is none of
// them.
std::string Postfix(const Expr& expr, bool negated) {
  if (expr.kind != ExprKind::kCall || expr.args.empty()) return "";
  std::string value = Print(expr.args[0], kBitOr);
  std::string no = negated ? "not " : "";
  if (expr.args.size() == 1 && expr.name.rfind("is ", 0) == 0) return value + " is " + no + expr.name.substr(3);
  if (expr.name == "in" && expr.args.size() > 1) return value + " " + no + "in (" + List(expr, 1) + ")";
  if (expr.name == "between" && expr.args.size() == 3) {
    return value + " " + no + "between " + Print(expr.args[1], kBitOr) + " and " + Print(expr.args[2], kBitOr);
  }
  if (negated && (expr.name == "like" || expr.name == "regexp") && expr.args.size() == 2) {
    return value + " not " + expr.name + " " + Print(expr.args[1], kBitOr);
  }
  return "";
}

// Chains lean to the left: printed from their first operand up.
Printed Chain(const Expr& expr) {
  std::vector<const Expr*> spine;
  const Expr* at = &expr;
  for (const Binary* binary = FindBinary(*at); binary != nullptr; binary = FindBinary(*at)) {
    spine.push_back(at);
    at = &at->args[0];
  }
  Printed printed = Text(*at);
  for (auto up = spine.rbegin(); up != spine.rend(); ++up) {
    Level level = FindBinary(**up)->level;
    // Comparisons do not chain, so both their operands bind tighter.
    int least = level == kPredicate ? kBitOr : level;
    int right = level == kPredicate ? kBitOr : std::min<int>(level + 1, kPrimary);
    if (printed.level < least) printed.text = "(" + printed.text + ")";
    printed.text += " " + (*up)->name + " " + Print((*up)->args[1], right);
    printed.level = level;
  }
  return printed;
}

Printed CallText(const Expr& expr) {
  if (FindBinary(expr) != nullptr) return Chain(expr);
  if (std::string text = Postfix(expr, false); !text.empty()) return {text, kPredicate};
  bool one = expr.args.size() == 1;
  if (one && expr.name == "not") {
    std::string text = Postfix(expr.args[0], true);
    if (!text.empty()) return {text, kPredicate};
    return {"not " + Print(expr.args[0], kNot), kNot};
  }
  if (one && (expr.name == "-" || expr.name == "~")) {
    std::string operand = Print(expr.args[0], kSign);
    // Two dashes would start a comment.
    bool dash = expr.name == "-" && operand[0] == '-';
    return {expr.name + (dash ? "(" + operand + ")" : operand), kSign};
  }
  bool name_only = (expr.name == "$param" || expr.name == "$secret") && one;
  if (name_only) return {expr.name.substr(1) + "." + expr.args[0].literal.text, kPrimary};
  return {expr.name + "(" + List(expr, 0) + ")", kPrimary};
}

std::string CaseText(const Expr& expr) {
  std::string text = "case";
  size_t at = 0;
  if (expr.has_operand) text += " " + Print(expr.args[at++], kOr);
  size_t end = expr.args.size() - (expr.has_else ? 1 : 0);
  for (; at + 1 < end; at += 2) {
    text += " when " + Print(expr.args[at], kOr) + " then " + Print(expr.args[at + 1], kOr);
  }
  if (expr.has_else) text += " else " + Print(expr.args.back(), kOr);
  return text + " end";
}

Printed Text(const Expr& expr) {
  switch (expr.kind) {
    case ExprKind::kLiteral:
      return {LiteralText(expr.literal), kPrimary};
    case ExprKind::kColumn: {
      if (expr.image == Image::kCurrent) return {Name(expr.name, false), kPrimary};
      return {(expr.image == Image::kOld ? "old." : "new.") + Name(expr.name, true), kPrimary};
    }
    case ExprKind::kMeta:
      return {"meta." + expr.name, kPrimary};
    case ExprKind::kMatch:
      return {"match." + expr.name, kPrimary};
    case ExprKind::kSecret:
      return {"secret." + expr.name, kPrimary};
    case ExprKind::kCall:
      return CallText(expr);
    case ExprKind::kCase:
      return {CaseText(expr), kPrimary};
    case ExprKind::kCast:
      return {(expr.name == kCheckedCast ? "" : expr.name) + "(" + (expr.args.empty() ? "" : Print(expr.args[0], kOr)) +
                  " as " + TypeText(expr.cast_type) + ")",
              kPrimary};
  }
  return {};
}

std::string Print(const Expr& expr, int least) {
  Printed printed = Text(expr);
  return printed.level < least ? "(" + printed.text + ")" : printed.text;
}

}  // namespace

std::string ToText(const Expr& expr) { return Print(expr, kOr); }

std::string NameToText(const std::string& name) { return Name(name, false); }

}  // namespace cdc::expr
