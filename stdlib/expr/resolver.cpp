#include "stdlib/expr/resolver.h"

#include <algorithm>

#include "stdlib/core/names.h"
#include "stdlib/core/nearest.h"
#include "stdlib/core/value_text.h"
#include "stdlib/expr/fold.h"
#include "stdlib/expr/literal.h"
#include "stdlib/functions/convert.h"
#include "stdlib/functions/registry.h"
#include "stdlib/functions/typing.h"

namespace cdc::expr {
namespace {

std::vector<std::string> MetaNames() {
  return {"source",     "database",     "table",    "op",        "op_label",        "gtid",
          "position",   "committed_at", "snapshot", "server_id", "schema_version",  "txid",
          "tx_ordinal", "tx_last",      "pipe",     "sink",      "target_database", "target_table"};
}

}  // namespace

functions::Argument AsArgument(const Typed& typed) {
  functions::Argument argument;
  argument.type = typed.type;
  argument.constant = IsConstant(typed) && typed.type.kind != TypeKind::kUnknown ? &typed.constant : nullptr;
  argument.is_column = typed.kind == ExprKind::kColumn;
  return argument;
}

std::vector<functions::Argument> AsArguments(const std::vector<Typed>& args) {
  std::vector<functions::Argument> arguments;
  for (const Typed& arg : args) arguments.push_back(AsArgument(arg));
  return arguments;
}

void Resolver::Report(int id, const Origin& origin, std::string message, std::string label,
                      std::vector<std::string> notes) {
  problems_.push_back({id, std::move(message), std::move(label), std::move(notes), origin});
}

void Resolver::ReportName(int id, const Expr& expr, const Origin& at, std::string message,
                          const std::vector<std::string>& candidates, std::vector<std::string> notes) {
  Report(id, expr.origin, std::move(message), "", std::move(notes));
  const std::optional<std::string> near = cdc::Nearest(expr.name, candidates);
  if (!near) return;
  Expr meant;
  meant.kind = expr.kind;
  meant.image = expr.image;
  meant.name = *near;
  const std::string text = expr.kind == ExprKind::kCall ? *near : ToText(meant);
  problems_.back().label = "did you mean `" + (expr.kind == ExprKind::kColumn ? *near : text) + "`?";
  problems_.back().meant = Replacement{at, text};
}

void Resolver::Report(const functions::Mistake& mistake, const Origin& origin, const std::vector<Typed>& args) {
  const Origin& at = mistake.argument < args.size() ? args[mistake.argument].origin : origin;
  Report(mistake.id, at, mistake.message, mistake.label, mistake.notes);
  // Only a text that stands there as it is: neither one with escapes nor a parameter's value.
  const bool literal = mistake.argument < args.size() && IsConstant(args[mistake.argument]);
  if (mistake.meant.empty() || !literal) return;
  const Value& written = args[mistake.argument].constant;
  constexpr size_t kQuotes = 2;
  if (written.kind() != ValueKind::kText || at.end - at.begin != written.text().size() + kQuotes) return;
  Expr meant;
  meant.literal = {LiteralKind::kString, mistake.meant};
  problems_.back().meant = Replacement{at, ToText(meant)};
}

Typed Resolver::Unknown(const Expr& expr, bool sensitive) const {
  Typed typed;
  typed.kind = ExprKind::kCall;
  typed.type.sensitive = sensitive;
  typed.origin = expr.origin;
  return typed;
}

Typed Resolver::Run(const Expr& expr) { return Node(expr); }

Typed Resolver::Node(const Expr& expr) {
  // Operators in a chain lean to the left: a chain of ten thousand is walked up from its first operand.
  std::vector<const Expr*> spine;
  const Expr* at = &expr;
  while (at->kind == ExprKind::kCall && at->args.size() == 2 && at->arg_names.empty() &&
         at->args[0].kind == ExprKind::kCall) {
    spine.push_back(at);
    at = &at->args[0];
  }
  Typed typed;
  switch (at->kind) {
    case ExprKind::kLiteral:
      typed = Literal(*at);
      break;
    case ExprKind::kColumn:
      typed = Column(*at);
      break;
    case ExprKind::kMeta:
      typed = Meta(*at);
      break;
    case ExprKind::kMatch:
      typed = Match(*at);
      break;
    case ExprKind::kCall:
      typed = CallOf(*at, nullptr);
      break;
    case ExprKind::kCase:
      typed = Case(*at);
      break;
    case ExprKind::kCast:
      typed = Cast(*at);
      break;
    case ExprKind::kSecret:
      typed = Secret(*at);
      break;
  }
  for (auto up = spine.rbegin(); up != spine.rend(); ++up) {
    std::vector<Typed> first;
    first.push_back(std::move(typed));
    typed = CallOf(**up, &first);
  }
  return typed;
}

Typed Resolver::Argument(const Expr& expr, bool regex_allowed) {
  bool regex = expr.kind == ExprKind::kLiteral && expr.literal.kind == LiteralKind::kRegex;
  if (!regex || !regex_allowed) return Node(expr);
  return TypedLiteral(expr, &problems_).value_or(Unknown(expr, false));
}

Typed Resolver::Literal(const Expr& expr) {
  if (expr.literal.kind == LiteralKind::kRegex) {
    Report(106, expr.origin, "a regular expression stands after `regexp` and in patterns only");
    return Unknown(expr, false);
  }
  return TypedLiteral(expr, &problems_).value_or(Unknown(expr, false));
}

Typed Resolver::Column(const Expr& expr) {
  std::string written = expr.image == Image::kOld ? "old." : expr.image == Image::kNew ? "new." : "";
  written += expr.name;
  if (!scope_.HasColumns()) {
    Report(132, expr.origin, "`" + written + "` names a column, and there is no row here", "",
           {"`meta.…`, `match.…` and `param.…` have a value here"});
    return Unknown(expr, false);
  }
  if (expr.image != Image::kCurrent && !scope_.HasImages()) {
    Report(119, expr.origin, "`" + written + "`: there are no two images of a row here", "",
           {"`old.` and `new.` have a meaning in `on update … when`"});
    return Unknown(expr, false);
  }
  std::optional<Scope::ColumnRef> found = scope_.FindColumn(expr.name);
  if (!found) {
    std::string table = scope_.TableName();
    std::string place = table.empty() ? "" : " in table `" + table + "`";
    ReportName(101, expr, expr.origin, "unknown column `" + expr.name + "`" + place, scope_.ColumnNames());
    return Unknown(expr, false);
  }
  Typed typed;
  typed.kind = ExprKind::kColumn;
  typed.image = expr.image;
  typed.type = found->type;
  // An insert has no image before, a delete none after.
  if (expr.image != Image::kCurrent) typed.type.nullable = true;
  typed.index = found->index;
  typed.origin = expr.origin;
  if (typed.type.kind == TypeKind::kUnknown || typed.index < 0) incomplete_ = true;
  return typed;
}

Typed Resolver::Meta(const Expr& expr) {
  std::optional<MetaField> field = FindMetaField(expr.name);
  if (!field) {
    ReportName(103, expr, expr.origin, "unknown name `meta." + expr.name + "`", MetaNames());
    return Unknown(expr, false);
  }
  return OfRow(expr, *field);
}

Typed Resolver::OfRow(const Expr& expr, MetaField field) {
  Typed typed;
  typed.kind = ExprKind::kMeta;
  typed.type = MetaFieldType(field);
  typed.index = static_cast<int>(field);
  typed.origin = expr.origin;
  return typed;
}

Typed Resolver::Match(const Expr& expr) {
  std::vector<std::string> names = scope_.MatchNames();
  auto found = std::find(names.begin(), names.end(), expr.name);
  if (found == names.end()) {
    ReportName(103, expr, expr.origin, "the table pattern has no group `" + expr.name + "`", names,
               {"a group is written `(?P<" + expr.name + ">…)` in the pattern"});
    return Unknown(expr, false);
  }
  Typed typed;
  typed.kind = ExprKind::kMatch;
  typed.type = functions::StringType(scope_.MatchLengthMax(expr.name), false, false);
  typed.index = static_cast<int>(found - names.begin());
  typed.origin = expr.origin;
  return typed;
}

Typed Resolver::Secret(const Expr& expr) {
  std::optional<Scope::SecretRef> found = scope_.FindSecret(expr.name);
  if (!found) {
    Report(117, expr.origin, "no secret can be read here", "`secret." + expr.name + "`");
    return Unknown(expr, false);
  }
  Typed typed;
  typed.kind = ExprKind::kSecret;
  typed.type = functions::MakeType(TypeKind::kSecret, false);
  typed.storage = std::move(found->value);
  typed.origin = expr.origin;
  return typed;
}

bool Resolver::RefuseSecret(const Typed& typed) {
  if (typed.type.kind != TypeKind::kSecret) return false;
  Report(117, typed.origin, "a secret cannot become data", "a secret has no place in a record, topic or condition",
         {"it is an argument of functions that work with a key: `hmac_sha256(value, secret.x)`"});
  return true;
}

Typed Resolver::Convert(Typed typed, const Type& wanted, bool cut_text) {
  if (typed.type.kind == TypeKind::kUnknown) return typed;
  Type target = wanted;
  target.nullable = typed.type.nullable;
  target.sensitive = typed.type.sensitive;
  if (IsConstant(typed) && typed.constant.is_null()) {
    typed.type = target;
    return typed;
  }
  std::optional<functions::Call> call = functions::MakeConversion(typed.type, target, cut_text);
  if (!call) {
    Report(106, typed.origin, functions::Quoted(typed.type) + " cannot become " + functions::Quoted(wanted));
    return typed;
  }
  Typed converted;
  converted.kind = ExprKind::kCast;
  converted.type = std::move(target);
  converted.origin = typed.origin;
  converted.fallible = typed.fallible || call->fallible;
  converted.call = std::make_shared<const functions::Call>(std::move(*call));
  converted.args.push_back(std::move(typed));
  FoldNode(&converted);
  return converted;
}

Typed Resolver::Cast(const Expr& expr) {
  bool lenient = expr.name == "try_cast";
  const bool checked = expr.name == kCheckedCast;
  if (expr.args.empty() || (expr.args.size() > 1 && !checked)) {
    Report(105, expr.origin, "`" + expr.name + "` takes one value: `" + expr.name + "(value as type)`");
    return Unknown(expr, false);
  }
  Typed value = Node(expr.args[0]);
  for (size_t i = 1; i < expr.args.size(); ++i) Node(expr.args[i]);
  if (!checked && RefuseSecret(value)) return Unknown(expr, false);
  Type target = expr.cast_type;
  target.sensitive = value.type.sensitive;
  if (expr.cast_type.kind == TypeKind::kUnknown) return Unknown(expr, value.type.sensitive);
  if (value.type.kind == TypeKind::kUnknown) {
    CountSkipped();
    Typed typed = Unknown(expr, value.type.sensitive);
    typed.type = target;
    typed.type.nullable = true;
    return typed;
  }
  if (checked) return Checked(std::move(value), target);
  target.nullable = value.type.nullable;
  if (functions::ConversionRisk(value.type, target) == functions::Risk::kImpossible) {
    Report(106, expr.origin, functions::Quoted(value.type) + " cannot become " + functions::Quoted(target));
    return Unknown(expr, target.sensitive);
  }
  Typed converted;
  converted.kind = ExprKind::kCast;
  converted.origin = expr.origin;
  converted.function = functions::FindFunction(expr.name);
  functions::Call call = functions::MakeConversion(value.type, target, true).value();
  bool never_fails = !call.fallible;
  if (lenient) target.nullable = target.nullable || !never_fails;
  call.null_on_failure = lenient;
  converted.fallible = value.fallible || (!lenient && !never_fails);
  converted.type = target;
  converted.call = std::make_shared<const functions::Call>(std::move(call));
  converted.args.push_back(std::move(value));
  FoldNode(&converted);
  return converted;
}

Resolution Resolver::Finish(Typed typed) {
  Resolution resolution;
  resolution.type = typed.type;
  resolution.skipped_checks = skipped_checks_;
  resolution.problems = std::move(problems_);
  bool complete = resolution.problems.empty() && !incomplete_ && typed.type.kind != TypeKind::kUnknown;
  if (complete) resolution.typed = std::move(typed);
  return resolution;
}

}  // namespace cdc::expr
