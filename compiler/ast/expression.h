#pragma once

// clang-format off
// Expressions of a .pipe file are expr::Expr trees, the ones a plan carries, plus five forms that only a program
// text has. They are calls whose names start with `$`, which no function's name does; sema replaces them all.
//
//   $param(name)         param.env           args[0]: kString literal with the name
//   $secret(name)        secret.salt         the same
//   $name(a, b, …)       any other a.b.c     args: kString literals, one per word (a metric's or resource's name)
//   $template(part, …)   "…$database$…"      args: kString literals (text) and $placeholder(name) calls
//   $interval(value)     interval 1 day      args[0]: the value; args[1]: kString literal, the unit in lower case
//
// Everything else, in expr's own terms (names in lower case, words with one space between):
//   status               kColumn             a bare name; also a setting's word (`compression = zstd`), `absent`
//   old.x, new.x         kColumn             image kOld, kNew
//   meta.x, match.x      kMeta, kMatch
//   f(…), m.f(…)         kCall               name "f" in lower case, "m.f" as written; named arguments in arg_names
//   a = b …              kCall               = <=> <> < <= > >= + - * / div mod & | ^ << >>   (`!=` is "<>", `%` is "mod")
//   -a, ~a               kCall               "-", "~" with one argument (`+a` is a)
//   not a, a and b …     kCall               not, and, or, xor; two arguments each, left to right
//   a is [not] null …    kCall               "is null" "is true" "is false"; the `not` forms under a call "not"
//   a in (…) …           kCall               "in" (value, items…), "between" (a, low, high), "like", "regexp"; under "not" too
//   a -> '$.x', ->>      kCall               "->", "->>" with the path as a kString literal
//   cast(a as t)         kCast               also try_cast; name in lower case
//   changed(a, b)        kCall               like any call
//   case …               kCase
// Every node has its origin: from the first to the last byte of what it stands for, parentheses left out.
// clang-format on

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/source/span.h"
#include "stdlib/expr/expr.h"

namespace cdc::ast {

using expr::Expr;
using source::Span;

inline constexpr std::string_view kParamCall = "$param";
inline constexpr std::string_view kSecretCall = "$secret";
inline constexpr std::string_view kNameCall = "$name";
inline constexpr std::string_view kTemplateCall = "$template";
inline constexpr std::string_view kPlaceholderCall = "$placeholder";
inline constexpr std::string_view kIntervalCall = "$interval";

inline Span SpanOf(const expr::Origin& origin) { return {origin.file, origin.begin, origin.end}; }
inline Span SpanOf(const Expr& expr) { return SpanOf(expr.origin); }
inline expr::Origin ToOrigin(Span span) { return {span.file, span.begin, span.end}; }

// A template's pieces, in order. No two text parts stand side by side.
struct TemplatePart {
  enum class Kind : uint8_t { kText, kPlaceholder };
  Kind kind = Kind::kText;
  std::string text;  // kText: the text, `$$` resolved; kPlaceholder: what stands between the dollars:
                     // "database", "param.env"
  Span span;         // kPlaceholder: with its dollars
};
struct Template {
  std::vector<TemplatePart> parts;
  Span span;
};

// The template that an expression is: a "…" literal, or a '…' literal as one text part. Nothing otherwise.
std::optional<Template> AsTemplate(const Expr& expr);

// Name of `param.x` or `secret.x`; nothing for anything else.
std::optional<std::string> AsParam(const Expr& expr);
std::optional<std::string> AsSecret(const Expr& expr);
// The word that a bare name is (`zstd`, `off`, `absent`), spelled as written.
std::optional<std::string> AsWord(const Expr& expr);
// The words of a dotted name: {"house", "kafka"}; also of a bare name.
std::optional<std::vector<std::string>> AsName(const Expr& expr);

// Calls `visit` for the expression and everything in it, parents first.
template <typename Visit>
void ForEach(const Expr& expr, Visit visit) {
  visit(expr);
  for (const Expr& arg : expr.args) ForEach(arg, visit);
}

}  // namespace cdc::ast
