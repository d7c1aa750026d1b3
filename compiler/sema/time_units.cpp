#include "compiler/sema/time_units.h"

#include <string>
#include <utility>
#include <vector>

#include "stdlib/core/names.h"

namespace cdc::sema {
namespace {

bool IsInterval(const Expr& expr) { return expr.kind == expr::ExprKind::kCall && expr.name == ast::kIntervalCall; }

Expr DateCall(const Expr& call, std::string name, Expr date, const Expr& interval) {
  Expr result;
  result.kind = expr::ExprKind::kCall;
  result.name = std::move(name);
  result.origin = call.origin;
  result.args = {std::move(date), interval.args[0], interval.args[1]};
  result.arg_names.resize(result.args.size());
  return result;
}

std::optional<Expr> WithUnitAsText(const Expr& call) {
  bool word =
      !call.args.empty() && call.args[0].kind == expr::ExprKind::kColumn && call.args[0].image == expr::Image::kCurrent;
  if (!word) return std::nullopt;
  Expr result = call;
  Expr unit;
  unit.literal = {expr::LiteralKind::kString, FoldName(call.args[0].name)};
  unit.origin = call.args[0].origin;
  result.args[0] = std::move(unit);
  return result;
}

}  // namespace

std::optional<Expr> WithUnits(const Expr& call) {
  if (call.name == "timestampadd" || call.name == "timestampdiff") return WithUnitAsText(call);
  if (call.args.size() != 2) return std::nullopt;
  bool first = IsInterval(call.args[0]), second = IsInterval(call.args[1]);
  if (first == second) return std::nullopt;
  if (call.name == "+") return DateCall(call, "date_add", call.args[first ? 1 : 0], call.args[first ? 0 : 1]);
  if (first) return std::nullopt;
  if (call.name == "-") return DateCall(call, "date_sub", call.args[0], call.args[1]);
  bool takes = call.name == "date_add" || call.name == "date_sub" || call.name == "adddate" || call.name == "subdate";
  if (!takes) return std::nullopt;
  return DateCall(call, call.name, call.args[0], call.args[1]);
}

}  // namespace cdc::sema
