// Which values the parameters of a program take: what was given on the command line, what a default says,
// and, to check every program that a file can become, what finite domains allow.

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdlib>

#include "compiler/sema/expand.h"
#include "stdlib/core/type.h"

namespace cdc::sema {
namespace {

using diag::Kind;
using expr::Literal;
using expr::LiteralKind;

bool IsWhole(const std::string& text) {
  size_t at = !text.empty() && text[0] == '-' ? 1 : 0;
  return at < text.size() && text.find_first_not_of("0123456789", at) == std::string::npos && text.size() < 19;
}

// `30s`, `1MiB`: the number behind a unit; nothing if it is none, or more than 63 bits hold.
std::optional<std::string> Scaled(const std::string& text, const std::vector<std::pair<std::string, int64_t>>& units) {
  size_t digits = text.find_first_not_of("0123456789");
  if (digits == 0 || digits == std::string::npos || digits > 12) return std::nullopt;
  for (const auto& [unit, factor] : units) {
    if (text.substr(digits) != unit) continue;
    const int64_t number = std::strtoll(text.c_str(), nullptr, 10);
    if (number > INT64_MAX / factor) return std::nullopt;
    return std::to_string(number * factor);
  }
  return std::nullopt;
}

// A given text as a literal of the parameter's type.
std::optional<Literal> ParseGiven(const std::string& text, const Type& type) {
  if (type.kind == TypeKind::kDuration) {
    auto ms = Scaled(text, {{"ms", 1}, {"s", 1000}, {"m", 60'000}, {"h", 3'600'000}, {"d", 86'400'000}});
    return ms ? std::optional(Literal{LiteralKind::kDuration, *ms}) : std::nullopt;
  }
  if (type.kind == TypeKind::kSize) {
    auto bytes = Scaled(text, {{"B", 1},
                               {"KB", 1000},
                               {"MB", 1'000'000},
                               {"GB", 1'000'000'000},
                               {"KiB", 1 << 10},
                               {"MiB", 1 << 20},
                               {"GiB", 1 << 30}});
    return bytes ? std::optional(Literal{LiteralKind::kSize, *bytes}) : std::nullopt;
  }
  if (type.kind == TypeKind::kBool) {
    if (text != "true" && text != "false") return std::nullopt;
    return Literal{LiteralKind::kBool, text};
  }
  if (IsInteger(type.kind)) {
    return IsWhole(text) ? std::optional(Literal{LiteralKind::kInteger, text}) : std::nullopt;
  }
  if (IsNumeric(type.kind)) {
    char* end = nullptr;
    std::strtod(text.c_str(), &end);
    if (text.empty() || *end != '\0' || text.find_first_not_of("-0123456789.") != std::string::npos)
      return std::nullopt;
    return Literal{IsWhole(text) ? LiteralKind::kInteger : LiteralKind::kDecimal, text};
  }
  return Literal{LiteralKind::kString, text};
}

bool FitsType(const Literal& literal, const Type& type) {
  switch (literal.kind) {
    case LiteralKind::kString:
      return IsText(type.kind);
    case LiteralKind::kInteger:
      return IsNumeric(type.kind) && type.kind != TypeKind::kBool;
    case LiteralKind::kDecimal:
      return type.kind == TypeKind::kDecimal || type.kind == TypeKind::kDouble || type.kind == TypeKind::kFloat;
    case LiteralKind::kBool:
      return type.kind == TypeKind::kBool;
    case LiteralKind::kDuration:
      return type.kind == TypeKind::kDuration;
    case LiteralKind::kSize:
      return type.kind == TypeKind::kSize;
    default:
      return false;
  }
}

double NumberOf(const Literal& literal) { return std::strtod(literal.text.c_str(), nullptr); }
bool Same(const Literal& a, const Literal& b) { return a.kind == b.kind && a.text == b.text; }

std::string Shown(const Literal& literal) {
  return literal.kind == LiteralKind::kString ? "'" + literal.text + "'" : literal.text;
}

class Chooser {
 public:
  Chooser(const Input& input, const std::map<std::string, std::string>& given, diag::Diagnostics* diagnostics)
      : given_(given), diagnostics_(*diagnostics) {
    for (const ast::Declaration& declaration : input.files[0].ast->declarations) {
      if (const auto* param = std::get_if<ast::ParamDecl>(&declaration.node)) {
        names_.params.emplace(param->name.text, param);
        order_.push_back(param);
      }
    }
    names_.files.push_back({&input.files[0], {}, {}, {}});
    names_.file_of_source[input.files[0].ast->file] = 0;
  }

  ParamChoices Run() {
    for (const auto& [name, text] : given_) {
      if (names_.params.count(name) != 0) continue;
      std::string hint = DidYouMean(name, KeysOf(names_.params));
      choices_.usage_error = "the program has no parameter `" + name + "`" + (hint.empty() ? "" : ": " + hint);
      return choices_;
    }
    for (const ast::ParamDecl* param : order_) ReadDomain(*param);
    Own();
    if (!choices_.usage_error.empty()) return choices_;
    choices_.combinations = {own_};
    for (const ast::ParamDecl* param : order_) Vary(*param);
    return choices_;
  }

 private:
  struct Domain {
    bool range = false;
    std::vector<Literal> values;
  };

  void ReadDomain(const ast::ParamDecl& param) {
    if (!param.domain) return;
    Domain domain{.range = param.domain->range, .values = {}};
    for (const Expr& value : param.domain->values) {
      Expr folded = Folded(value, {});
      if (folded.kind != expr::ExprKind::kLiteral || !FitsType(folded.literal, param.type.type)) {
        diagnostics_.Report(Kind::kParamOutsideDomain, ast::SpanOf(value),
                            "a domain of `" + param.name.text + "` has values of its type");
        return;
      }
      domain.values.push_back(folded.literal);
    }
    if (domain.range && domain.values.size() == 2 && NumberOf(domain.values[0]) > NumberOf(domain.values[1])) {
      diagnostics_.Report(Kind::kParamOutsideDomain, param.domain->span, "this range is empty");
      return;
    }
    domains_[param.name.text] = std::move(domain);
  }

  Expr Folded(const Expr& value, const ParamValues& params) {
    bool unknown = false;
    Expander expander(names_, params, &diagnostics_);
    Expr folded = expander.Reduce(value, &unknown);
    if (unknown) folded.kind = expr::ExprKind::kColumn;
    return folded;
  }

  bool InDomain(const std::string& name, const Literal& value) const {
    auto found = domains_.find(name);
    if (found == domains_.end()) return true;
    const std::vector<Literal>& values = found->second.values;
    if (found->second.range) return NumberOf(values[0]) <= NumberOf(value) && NumberOf(value) <= NumberOf(values[1]);
    return std::any_of(values.begin(), values.end(), [&](const Literal& other) { return Same(other, value); });
  }

  std::string DomainText(const std::string& name) const {
    const Domain& domain = domains_.at(name);
    std::string text;
    for (const Literal& value : domain.values)
      text += (text.empty() ? "" : domain.range ? " .. " : ", ") + Shown(value);
    return "(" + text + ")";
  }

  // The default's value under `params`; nothing if there is none or it cannot be told. Reports PIPE115.
  std::optional<Literal> Default(const ast::ParamDecl& param, const ParamValues& params) {
    if (!param.value) return std::nullopt;
    Expr folded = Folded(*param.value, params);
    if (folded.kind != expr::ExprKind::kLiteral) return std::nullopt;
    if (!FitsType(folded.literal, param.type.type)) {
      diagnostics_.Report(Kind::kParamOutsideDomain, ast::SpanOf(*param.value),
                          "the default of `" + param.name.text + "` is not of its type");
      return std::nullopt;
    }
    if (!InDomain(param.name.text, folded.literal)) {
      diagnostics_.Report(Kind::kParamOutsideDomain, ast::SpanOf(*param.value),
                          Shown(folded.literal) + " is outside the domain of `" + param.name.text + "`",
                          "it is in " + DomainText(param.name.text));
      return std::nullopt;
    }
    return folded.literal;
  }

  void Own() {
    for (const ast::ParamDecl* param : order_) {
      const std::string& name = param->name.text;
      auto given = given_.find(name);
      if (given == given_.end()) {
        own_[name] = Default(*param, own_);
        if (!own_[name]) choices_.without_value.push_back(name);
        continue;
      }
      std::optional<Literal> value = ParseGiven(given->second, param->type.type);
      if (!value) {
        choices_.usage_error =
            "parameter `" + name + "`: `" + given->second + "` is not a " + TypeText(param->type.type);
      } else if (!InDomain(name, *value)) {
        choices_.usage_error = "parameter `" + name + "`: " + Shown(*value) + " is not in " + DomainText(name) +
                               " [PIPE115 param-outside-domain]";
      }
      own_[name] = value;
    }
  }

  // Multiplies the combinations by the values of a parameter that was not given.
  void Vary(const ast::ParamDecl& param) {
    const std::string& name = param.name.text;
    auto domain = domains_.find(name);
    if (given_.count(name) != 0) return;
    std::vector<ParamValues> more;
    for (const ParamValues& values : choices_.combinations) {
      std::vector<std::optional<Literal>> options;
      auto add = [&](const std::optional<Literal>& value) {
        bool known = std::any_of(options.begin(), options.end(), [&](const auto& other) {
          return other.has_value() == value.has_value() && (!value || Same(*other, *value));
        });
        if (!known) options.push_back(value);
      };
      // The program's own choice stays the first. A default may depend on parameters before it.
      add(&values == &choices_.combinations[0] ? own_[name] : Default(param, values));
      if (domain != domains_.end()) {
        for (const Literal& value : domain->second.values) add(value);
      }
      // Nothing known about a value is checked only where there is nothing else.
      if (options.size() > 1 && !options[0] && &values != &choices_.combinations[0]) options.erase(options.begin());
      for (const std::optional<Literal>& option : options) {
        if (more.size() == kCombinationsMax) {
          choices_.cut = true;
          break;
        }
        more.push_back(values);
        more.back()[name] = option;
      }
    }
    choices_.combinations = std::move(more);
  }

  const std::map<std::string, std::string>& given_;
  diag::Diagnostics& diagnostics_;
  Names names_;
  std::vector<const ast::ParamDecl*> order_;
  std::map<std::string, Domain> domains_;
  ParamValues own_;
  ParamChoices choices_;
};

}  // namespace

ParamChoices ChooseParams(const Input& input, const std::map<std::string, std::string>& given,
                          diag::Diagnostics* diagnostics) {
  return Chooser(input, given, diagnostics).Run();
}

}  // namespace cdc::sema
