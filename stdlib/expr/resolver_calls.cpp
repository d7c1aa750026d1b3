#include <algorithm>

#include "stdlib/core/check.h"
#include "stdlib/core/names.h"
#include "stdlib/core/nearest.h"
#include "stdlib/expr/fold.h"
#include "stdlib/expr/literal.h"
#include "stdlib/expr/resolver.h"
#include "stdlib/functions/convert.h"
#include "stdlib/functions/registry.h"
#include "stdlib/functions/typing.h"

namespace cdc::expr {
namespace {

using functions::Form;
using functions::FunctionDef;

constexpr size_t kNoLimit = SIZE_MAX;

size_t CountMin(const FunctionDef& def) {
  size_t needed = 0;
  for (const functions::Parameter& parameter : def.parameters) needed += parameter.optional ? 0 : 1;
  // `in` is (value, item, …): the parameter that repeats is needed once.
  return needed;
}

size_t CountMax(const FunctionDef& def) { return def.variadic ? kNoLimit : def.parameters.size(); }

std::string Signature(const FunctionDef& def) {
  std::string text = std::string(def.name) + "(";
  for (size_t i = 0; i < def.parameters.size(); ++i) {
    const functions::Parameter& parameter = def.parameters[i];
    if (i > 0) text += ", ";
    if (!parameter.default_text.empty()) {
      text += std::string(parameter.name) + " => " + std::string(parameter.default_text);
    } else {
      text += parameter.optional ? "[" + std::string(parameter.name) + "]" : std::string(parameter.name);
    }
  }
  return text + (def.variadic ? ", …)" : ")");
}

std::vector<std::string> FunctionNames() {
  std::vector<std::string> names;
  for (const FunctionDef* def : functions::AllFunctions()) {
    if (def->family == "operator") continue;
    names.emplace_back(def->name);
    for (std::string_view alias : def->aliases) names.emplace_back(alias);
  }
  return names;
}

std::vector<std::string> ParameterNames(const FunctionDef& def) {
  std::vector<std::string> names;
  for (const functions::Parameter& parameter : def.parameters) names.emplace_back(parameter.name);
  return names;
}

}  // namespace

const FunctionDef* Resolver::FindCalled(const Expr& expr) {
  const FunctionDef* def = functions::FindFunction(expr.name);
  if (def == nullptr) {
    Origin name = expr.origin;
    name.end = name.begin + static_cast<uint32_t>(expr.name.size());
    ReportName(104, expr, name, "unknown function `" + expr.name + "`", FunctionNames());
  } else if (def->form == Form::kCast) {
    Report(105, expr.origin, "`" + expr.name + "` needs a type: `" + expr.name + "(value as type)`");
    def = nullptr;
  }
  return def;
}

bool Resolver::CheckCount(const Expr& expr, const FunctionDef& def, size_t count) {
  size_t least = CountMin(def), most = CountMax(def);
  if (count >= least && count <= most) return true;
  std::string wanted = least == most      ? std::to_string(least)
                       : most == kNoLimit ? "at least " + std::to_string(least)
                                          : std::to_string(least) + " to " + std::to_string(most);
  Report(105, expr.origin,
         "`" + expr.name + "` takes " + wanted + (wanted == "1" ? " argument" : " arguments") + ", and this has " +
             std::to_string(count),
         "", {"it is called like `" + Signature(def) + "`"});
  return false;
}

// Puts named arguments in their places; a null pointer stands for one that was left out.
bool Resolver::ArrangeArguments(const Expr& expr, const FunctionDef& def, std::vector<const Expr*>* arranged) {
  size_t count = expr.args.size();
  for (size_t i = 0; i < count; ++i) {
    bool named = i < expr.arg_names.size() && !expr.arg_names[i].empty();
    size_t place = i;
    if (named) {
      std::vector<std::string> names = ParameterNames(def);
      place = static_cast<size_t>(std::find(names.begin(), names.end(), FoldName(expr.arg_names[i])) - names.begin());
      if (place == names.size()) {
        std::optional<std::string> near = cdc::Nearest(expr.arg_names[i], names);
        Report(105, expr.args[i].origin, "`" + expr.name + "` has no argument `" + expr.arg_names[i] + "`",
               near ? "did you mean `" + *near + "`?" : "", {"it is called like `" + Signature(def) + "`"});
        return false;
      }
    }
    if (place >= arranged->size()) arranged->resize(place + 1, nullptr);
    if ((*arranged)[place] != nullptr) {
      Report(105, expr.args[i].origin, "`" + expr.name + "` gets this argument twice");
      return false;
    }
    (*arranged)[place] = &expr.args[i];
  }
  // Arguments with a default are always there; others left out can only be the last ones.
  if (arranged->size() < def.parameters.size() && !def.variadic) arranged->resize(def.parameters.size(), nullptr);
  while (!arranged->empty() && arranged->back() == nullptr &&
         def.parameters[arranged->size() - 1].default_text.empty()) {
    arranged->pop_back();
  }
  bool hole = false;
  for (size_t i = 0; i < arranged->size(); ++i) {
    hole = hole || ((*arranged)[i] == nullptr && def.parameters[i].default_text.empty());
  }
  return CheckCount(expr, def, hole ? 0 : arranged->size());
}

Typed Resolver::CallOf(const Expr& expr, std::vector<Typed>* first) {
  const FunctionDef* def = FindCalled(expr);
  if (def != nullptr && def->form == Form::kChanged) return Changed(expr);
  std::vector<const Expr*> arranged;
  bool fits = def != nullptr && ArrangeArguments(expr, *def, &arranged);
  if (!fits) {
    // The arguments are walked all the same: their own mistakes are worth telling.
    for (size_t i = first == nullptr ? 0 : 1; i < expr.args.size(); ++i) Argument(expr.args[i], true);
    return Unknown(expr, false);
  }
  if (def->form == Form::kClock) return OfRow(expr, MetaField::kProcessingTime);
  std::vector<Typed> args;
  // regexp, regexp_like, …: the pattern may be written r'…'.
  bool regexp = def->name.rfind("regexp", 0) == 0;
  for (size_t i = 0; i < arranged.size(); ++i) {
    if (i == 0 && first != nullptr) {
      args.push_back(std::move((*first)[0]));
    } else if (arranged[i] != nullptr) {
      args.push_back(Argument(*arranged[i], regexp && i == 1));
    } else {
      Expr by_default;
      by_default.literal = {LiteralKind::kInteger, std::string(def->parameters[i].default_text)};
      by_default.origin = expr.origin;
      args.push_back(Literal(by_default));
    }
  }
  return Bind(expr, *def, std::move(args));
}

bool Resolver::RefuseSecrets(const FunctionDef& def, const std::vector<Typed>& args) {
  bool refused = false;
  for (size_t i = 0; i < args.size(); ++i) {
    const bool takes = i < def.parameters.size() && def.parameters[i].takes_secret;
    refused = (!takes && RefuseSecret(args[i])) || refused;
  }
  return refused;
}

Typed Resolver::Bind(const Expr& expr, const FunctionDef& def, std::vector<Typed> args) {
  if (def.family == "operator" && args.size() > 1) {
    for (size_t i = 1; i < args.size(); ++i) ReadBytesAsNumber(args[0].type, &args[i]);
    ReadBytesAsNumber(args[1].type, &args[0]);
  }
  bool sensitive = false, unknown = false, fallible = false;
  if (RefuseSecrets(def, args)) return Unknown(expr, false);
  for (const Typed& arg : args) {
    sensitive = sensitive || arg.type.sensitive;
    unknown = unknown || arg.type.kind == TypeKind::kUnknown;
    fallible = fallible || arg.fallible;
  }
  if (def.ends_sensitivity) sensitive = false;
  if (unknown) {
    if (!failed()) CountSkipped();
    if (def.checks_literals) {
      functions::Binding literals = def.bind(AsArguments(args));
      if (literals.mistake) Report(*literals.mistake, expr.origin, args);
    }
    return Unknown(expr, sensitive);
  }
  functions::Binding binding = def.bind(AsArguments(args));
  if (binding.mistake) {
    Report(*binding.mistake, expr.origin, args);
    return Unknown(expr, sensitive);
  }
  bool converted = false;
  size_t problems = problems_.size();
  for (size_t i = 0; i < args.size() && i < binding.wanted.size(); ++i) {
    const Type& wanted = binding.wanted[i];
    if (wanted.kind == TypeKind::kUnknown || functions::SameRepresentation(args[i].type, wanted)) continue;
    args[i] = Convert(std::move(args[i]), wanted, false);
    fallible = fallible || args[i].fallible;
    converted = true;
  }
  if (problems_.size() != problems) return Unknown(expr, sensitive);
  Type result = binding.result;
  if (converted) {
    binding = def.bind(AsArguments(args));
    CHECK(!binding.mistake.has_value());
  }
  Typed typed;
  typed.kind = ExprKind::kCall;
  typed.origin = expr.origin;
  typed.function = &def;
  typed.type = std::move(result);
  typed.type.sensitive = sensitive;
  typed.fallible = fallible || binding.fallible;
  if (binding.code != nullptr) {
    functions::Call call;
    call.code = binding.code;
    call.strict = binding.strict;
    call.fallible = binding.fallible;
    call.reads = binding.reads;
    call.site.result = typed.type;
    call.site.state = std::move(binding.state);
    for (const Typed& arg : args) call.site.args.push_back(arg.type);
    typed.call = std::make_shared<const functions::Call>(std::move(call));
  }
  typed.args = std::move(args);
  FoldNode(&typed);
  return typed;
}

// changed(a, b): not (old.a <=> new.a) or not (old.b <=> new.b)
Typed Resolver::Changed(const Expr& expr) {
  if (expr.args.empty()) {
    Report(105, expr.origin, "`changed` needs the columns to compare: `changed(status)`");
    return Unknown(expr, false);
  }
  Expr condition;
  for (const Expr& arg : expr.args) {
    bool column = arg.kind == ExprKind::kColumn && arg.image == Image::kCurrent;
    if (!column) {
      Report(105, arg.origin, "`changed` takes bare column names");
      return Unknown(expr, false);
    }
    Expr before = arg, after = arg, same, different;
    before.image = Image::kOld;
    after.image = Image::kNew;
    same.kind = different.kind = ExprKind::kCall;
    same.origin = different.origin = arg.origin;
    same.name = "<=>";
    same.args = {before, after};
    different.name = "not";
    different.args = {same};
    if (&arg == &expr.args[0]) {
      condition = std::move(different);
      continue;
    }
    Expr either;
    either.kind = ExprKind::kCall;
    either.origin = expr.origin;
    either.name = "or";
    either.args = {std::move(condition), std::move(different)};
    condition = std::move(either);
  }
  return Node(condition);
}

}  // namespace cdc::expr
