#pragma once

// Expressions over one row, by name: what a .pipe file wrote and a plan carries. A tree is untyped until
// expr::Resolve() (resolve.h) types it against a Scope, which the compiler does with a schema snapshot and
// the runtime with the server's columns; both get the same problems in the same words.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "stdlib/core/type.h"
#include "stdlib/core/value.h"

namespace cdc::expr {

// Where a node stands in the program: byte offsets into file number `file`.
struct Origin {
  uint32_t file = 0;
  uint32_t begin = 0;
  uint32_t end = 0;
};

enum class LiteralKind : uint8_t {
  kNull,
  kBool,
  kInteger,
  kDecimal,
  kDouble,
  kString,
  kBytes,
  kRegex,
  kDuration,
  kSize
};

struct Literal {
  LiteralKind kind = LiteralKind::kNull;
  // kInteger: decimal digits (may exceed 64 bits); kDecimal: digits with a point; kDouble: as written;
  // kString: UTF-8, escapes resolved; kBytes: raw; kRegex: the pattern; kBool: "true" or "false";
  // kDuration: milliseconds in decimal; kSize: bytes in decimal.
  std::string text;
};

// Which image of the row a column is read from. kCurrent: after, or before for a delete.
enum class Image : uint8_t { kCurrent, kOld, kNew };

enum class ExprKind : uint8_t {
  kLiteral,
  kColumn,  // name, image
  kMeta,    // name: op, committed_at, …
  kMatch,   // name: a named group of the table pattern
  kCall,    // name: a function or operator of the registry ("=", "and", "coalesce", "->>"); args
  kCase,    // args: [operand?] (when, then)* [else?]; see has_operand, has_else
  kCast,    // args[0], alone but for kCheckedCast; cast_type; name is "cast", "try_cast" or kCheckedCast
  kSecret,  // name: of a secret of the plan; an argument of functions that take one, and never data
};

// A kCast that cannot fail: the conversion of `select expr as name type`, made where a function takes an argument or
// gives its result. What cannot be proven to fit is PIPE110. Behind args[0] stand the arguments that the function's
// body does not read: they are checked and not evaluated. No text of the language stands for it.
inline constexpr std::string_view kCheckedCast = "as";

struct Expr {
  ExprKind kind = ExprKind::kLiteral;
  Image image = Image::kCurrent;
  bool has_operand = false;
  bool has_else = false;
  std::string name;
  Literal literal;
  std::vector<Expr> args;
  std::vector<std::string> arg_names;  // kCall with named arguments: parallel to args, empty text = positional
  Type cast_type;
  Origin origin;
};

// The tree as the language writes it, fully parenthesised where needed: for `pipec plan` and error texts.
std::string ToText(const Expr& expr);
// A column or table as the language writes its name: in backticks if it needs them.
std::string NameToText(const std::string& name);

}  // namespace cdc::expr
