#include "compiler/sema/alerts.h"

#include <algorithm>
#include <array>

#include "stdlib/core/nearest.h"

namespace cdc::sema {
namespace {

using diag::Kind;
using expr::ExprKind;
using expr::LiteralKind;

// What a part of a condition is. Nothing is said about what is unknown.
enum class Measure : uint8_t { kUnknown, kDuration, kCount, kState, kTruth };

struct Metric {
  std::string_view name;
  bool of_source;  // else of a pipe
  Measure measure;
};
constexpr std::array<Metric, 8> kMetrics = {{{"lag", false, Measure::kDuration},
                                             {"state", false, Measure::kState},
                                             {"retries", false, Measure::kCount},
                                             {"restarts", false, Measure::kCount},
                                             {"rows_failed", false, Measure::kCount},
                                             {"ddl_seen", false, Measure::kCount},
                                             {"purge_horizon", true, Measure::kDuration},
                                             {"heartbeat_age", true, Measure::kDuration}}};

// The states of a pipe, as the engine and its log call them.
const std::vector<std::string>& States() {
  static const std::vector<std::string>* const states = new std::vector<std::string>{
      "created", "checking", "snapshotting", "streaming", "retrying", "paused", "failed", "stopped"};
  return *states;
}

const std::vector<std::string>& Severities() {
  static const std::vector<std::string>* const severities = new std::vector<std::string>{"info", "warning", "page"};
  return *severities;
}

const char* Described(Measure measure) {
  switch (measure) {
    case Measure::kDuration:
      return "a duration such as 60s";
    case Measure::kCount:
      return "a number";
    case Measure::kState:
      return "a state such as 'failed'";
    default:
      return "a condition";
  }
}

bool Has(const std::vector<std::string>& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

class ConditionChecker {
 public:
  ConditionChecker(const Names& names, diag::Diagnostics* diagnostics) : names_(names), diagnostics_(*diagnostics) {}

  bool Run(const Expr& condition) {
    Measure measure = Of(condition);
    if (measure != Measure::kTruth && measure != Measure::kUnknown) {
      Wrong(condition, "an alert needs a condition, and this is " + std::string(Described(measure)));
    }
    return ok_;
  }

 private:
  void Report(Kind kind, const Expr& place, std::string message, std::string label = "") {
    diagnostics_.Report(kind, ast::SpanOf(place), std::move(message), std::move(label));
    ok_ = false;
  }
  void Wrong(const Expr& place, std::string message) { Report(Kind::kTypeMismatch, place, std::move(message)); }

  Measure Of(const Expr& expr) {
    switch (expr.kind) {
      case ExprKind::kLiteral:
        return OfLiteral(expr);
      case ExprKind::kCall:
        return OfCall(expr);
      case ExprKind::kColumn:
        if (HasUnknownParam(expr)) return Measure::kUnknown;
        Report(Kind::kWrongPlace, expr, "`" + expr.name + "` names a column, and there is no row here",
               "an alert compares metrics: `lag(pipe) > 60s`");
        return Measure::kUnknown;
      default:
        Report(Kind::kWrongPlace, expr, "this has no place in an alert",
               "metrics, constants, comparisons, `and`, `or`, `not`");
        return Measure::kUnknown;
    }
  }

  Measure OfLiteral(const Expr& expr) {
    switch (expr.literal.kind) {
      case LiteralKind::kDuration:
        return Measure::kDuration;
      case LiteralKind::kInteger:
      case LiteralKind::kDecimal:
        return Measure::kCount;
      case LiteralKind::kBool:
        return Measure::kTruth;
      case LiteralKind::kString:
        if (!Has(States(), expr.literal.text)) {
          ReportUnknown(Kind::kUnknownName, ast::SpanOf(expr), "unknown state `" + expr.literal.text + "` of a pipe",
                        expr.literal.text, States(), &diagnostics_, {"'", "'"});
          ok_ = false;
          return Measure::kUnknown;
        }
        return Measure::kState;
      default:
        Wrong(expr, "an alert compares durations, numbers and states");
        return Measure::kUnknown;
    }
  }

  Measure OfCall(const Expr& expr) {
    const auto* metric =
        std::find_if(kMetrics.begin(), kMetrics.end(), [&](const Metric& one) { return one.name == expr.name; });
    if (metric != kMetrics.end()) return OfMetric(expr, *metric);
    static constexpr std::array<std::string_view, 4> kLogic = {"and", "or", "xor", "not"};
    static constexpr std::array<std::string_view, 4> kOrder = {"<", "<=", ">", ">="};
    static constexpr std::array<std::string_view, 4> kEqual = {"=", "<>", "<=>", "in"};
    auto among = [&](const auto& names) { return std::find(names.begin(), names.end(), expr.name) != names.end(); };
    if (among(kLogic)) {
      for (const Expr& arg : expr.args) Expect(arg, Of(arg), Measure::kTruth);
      return Measure::kTruth;
    }
    if (among(kEqual)) return Compared(expr, false);
    if (among(kOrder) || expr.name == "between") return Compared(expr, true);
    std::vector<std::string> candidates;
    for (const Metric& one : kMetrics) candidates.emplace_back(one.name);
    Span name = ast::SpanOf(expr);
    name.end = name.begin + static_cast<uint32_t>(expr.name.size());
    ReportUnknown(Kind::kUnknownFunction, name, "`" + expr.name + "` is no metric, and an alert has no rows", expr.name,
                  candidates, &diagnostics_);
    ok_ = false;
    return Measure::kUnknown;
  }

  // All parts of a comparison are of one measure.
  Measure Compared(const Expr& expr, bool ordered) {
    Measure wanted = Measure::kUnknown;
    for (const Expr& arg : expr.args) {
      Measure measure = Of(arg);
      if (wanted == Measure::kUnknown) wanted = measure;
      if (ordered && measure == Measure::kState) Wrong(arg, "states have no order: compare them with `=` or `in`");
      Expect(arg, measure, wanted);
    }
    return Measure::kTruth;
  }

  void Expect(const Expr& place, Measure measure, Measure wanted) {
    if (measure == wanted || measure == Measure::kUnknown || wanted == Measure::kUnknown) return;
    Wrong(place, std::string("this is ") + Described(measure) + ", where " + Described(wanted) + " is wanted");
  }

  Measure OfMetric(const Expr& expr, const Metric& metric) {
    const char* what = metric.of_source ? "source" : "pipe";
    bool named = expr.args.size() == 1 && expr.args[0].kind == ExprKind::kColumn &&
                 expr.args[0].image == expr::Image::kCurrent && (expr.arg_names.empty() || expr.arg_names[0].empty());
    if (!named) {
      Report(Kind::kWrongArguments, expr, "`" + expr.name + "` takes the name of a " + what);
      return metric.measure;
    }
    const std::string& name = expr.args[0].name;
    std::vector<std::string> candidates;
    if (metric.of_source) {
      for (const auto& [known, resource] : names_.resources) {
        if (resource->what == ast::ResourceKind::kSource) candidates.push_back(known);
      }
    } else {
      for (const auto& [pipe, span] : names_.pipes) candidates.push_back(pipe->name.text);
    }
    if (Has(candidates, name)) return metric.measure;
    ReportUnknown(Kind::kUnknownName, ast::SpanOf(expr.args[0]), std::string("unknown ") + what + " `" + name + "`",
                  name, candidates, &diagnostics_);
    ok_ = false;
    return metric.measure;
  }

  const Names& names_;
  diag::Diagnostics& diagnostics_;
  bool ok_ = true;
};

bool CheckNotification(const ast::Notification& one, const Names& names, diag::Diagnostics* diagnostics) {
  std::vector<std::string> notifiers;
  for (const auto& [known, resource] : names.resources) {
    if (resource->what == ast::ResourceKind::kNotifier) notifiers.push_back(known);
  }
  bool ok = Has(notifiers, one.notifier.text);
  if (!ok) {
    ReportUnknown(Kind::kUnknownName, one.notifier.span, "unknown notifier `" + one.notifier.text + "`",
                  one.notifier.text, notifiers, diagnostics);
  }
  if (!one.severity || Has(Severities(), one.severity->text)) return ok;
  ReportUnknown(Kind::kUnknownName, one.severity->span,
                "unknown severity `" + one.severity->text + "`: `info`, `warning` or `page`", one.severity->text,
                Severities(), diagnostics);
  return false;
}

}  // namespace

std::vector<Alert> CheckAlerts(const Names& names, Expander* expander) {
  std::vector<Alert> alerts;
  for (const auto& [decl, span] : names.alerts) {
    Alert alert{.ast = decl, .when = expander->Expand(decl->when), .span = span};
    bool ok = ConditionChecker(names, expander->diagnostics()).Run(alert.when);
    for (const ast::Notification& one : decl->notifications) {
      ok = CheckNotification(one, names, expander->diagnostics()) && ok;
    }
    if (decl->lasting) {
      alert.lasting_ms = std::stoll(decl->lasting->literal.text);
      if (alert.lasting_ms == 0) {
        expander->diagnostics()->Report(Kind::kBadSettingValue, ast::SpanOf(*decl->lasting),
                                        "`for 0s` is for no time at all", "leave `for` out");
        ok = false;
      }
    }
    if (ok) alerts.push_back(std::move(alert));
  }
  return alerts;
}

}  // namespace cdc::sema
