#include "stdlib/expr/fold.h"
#include "stdlib/expr/literal.h"
#include "stdlib/expr/resolver.h"
#include "stdlib/functions/convert.h"
#include "stdlib/functions/registry.h"
#include "stdlib/functions/typing.h"

namespace cdc::expr {
namespace {

// `operand = when`, where the operand needs a conversion of its own for this comparison.
struct ConvertedEqual {
  functions::Call convert;
  functions::Call equal;
};

functions::Failure RunConvertedEqual(const functions::CallSite& site, const Value* args, size_t, Value* out,
                                     Arena* scratch) {
  const ConvertedEqual& both = site.State<ConvertedEqual>();
  Value operands[2];
  operands[1] = args[1];
  functions::Failure failure = both.convert.code(both.convert.site, args, 1, &operands[0], scratch);
  if (failure != nullptr) return failure;
  return both.equal.code(both.equal.site, operands, 2, out, scratch);
}

functions::Call CallOfBinding(const functions::Binding& binding, const Type& a, const Type& b) {
  functions::Call call;
  call.code = binding.code;
  call.strict = binding.strict;
  call.site.args = {a, b};
  call.site.result = binding.result;
  call.site.state = binding.state;
  return call;
}

size_t PairCount(const Expr& expr) {
  return (expr.args.size() - (expr.has_operand ? 1 : 0) - (expr.has_else ? 1 : 0)) / 2;
}

}  // namespace

Typed Resolver::Case(const Expr& expr) {
  Typed typed;
  typed.kind = ExprKind::kCase;
  typed.origin = expr.origin;
  typed.has_operand = expr.has_operand;
  typed.has_else = expr.has_else;
  bool sensitive = false, unknown = false, refused = false;
  for (const Expr& arg : expr.args) {
    typed.args.push_back(Node(arg));
    refused = RefuseSecret(typed.args.back()) || refused;
    sensitive = sensitive || typed.args.back().type.sensitive;
    unknown = unknown || typed.args.back().type.kind == TypeKind::kUnknown;
    typed.fallible = typed.fallible || typed.args.back().fallible;
  }
  if (unknown || refused) {
    if (!failed()) CountSkipped();
    return Unknown(expr, sensitive);
  }
  size_t problems = problems_.size();
  if (expr.has_operand) {
    OperandCase(expr, &typed);
  } else {
    for (size_t i = 0; i < PairCount(expr); ++i) {
      auto mistake = functions::NeedCondition("`when`", AsArguments(typed.args), 2 * i);
      if (mistake) Report(*mistake, expr.origin, typed.args);
    }
  }
  bool fits = ConvertResults(expr, &typed) && problems_.size() == problems;
  if (!fits) return Unknown(expr, sensitive);
  typed.type.sensitive = sensitive;
  FoldNode(&typed);
  return typed;
}

// Plans `operand = when` for each `when`, and converts the `when`s.
void Resolver::OperandCase(const Expr& expr, Typed* typed) {
  const functions::FunctionDef& equal = *functions::FindFunction("=");
  for (size_t i = 0; i < PairCount(expr); ++i) {
    size_t at = 1 + 2 * i;
    ReadBytesAsNumber(typed->args[0].type, &typed->args[at]);
    functions::Argument operand = AsArgument(typed->args[0]);
    functions::Binding binding = equal.bind({operand, AsArgument(typed->args[at])});
    if (binding.mistake) {
      if (binding.mistake->argument == 1 || binding.mistake->argument == functions::Mistake::kWholeCall) {
        binding.mistake->argument = at;
      }
      Report(*binding.mistake, expr.origin, typed->args);
      return;
    }
    auto needed = [](const Type& from, const Type& wanted) {
      return wanted.kind != TypeKind::kUnknown && !functions::SameRepresentation(from, wanted);
    };
    Type wanted_operand = binding.wanted[0];
    if (needed(typed->args[at].type, binding.wanted[1])) {
      typed->args[at] = Convert(std::move(typed->args[at]), binding.wanted[1], false);
    }
    functions::Argument compared = operand;
    std::optional<functions::Call> convert;
    if (needed(operand.type, wanted_operand)) {
      convert = functions::MakeConversion(operand.type, wanted_operand, false);
      compared = {wanted_operand, nullptr, false, false};
    }
    binding = equal.bind({compared, AsArgument(typed->args[at])});
    functions::Call call = CallOfBinding(binding, compared.type, typed->args[at].type);
    if (convert) {
      auto both = std::make_shared<ConvertedEqual>();
      both->convert = std::move(*convert);
      both->equal = std::move(call);
      call = functions::Call();
      call.code = &RunConvertedEqual;
      call.site.args = {operand.type, typed->args[at].type};
      call.site.result = functions::BoolType(true);
      call.site.state = std::move(both);
    }
    typed->when_equals.push_back(std::make_shared<const functions::Call>(std::move(call)));
  }
}

// Gives all results one type.
bool Resolver::ConvertResults(const Expr& expr, Typed* typed) {
  std::vector<size_t> places;
  size_t start = expr.has_operand ? 1 : 0;
  for (size_t i = 0; i < PairCount(expr); ++i) places.push_back(start + 2 * i + 1);
  if (expr.has_else) places.push_back(typed->args.size() - 1);
  std::vector<functions::Argument> results;
  bool nullable = !expr.has_else;
  for (size_t place : places) {
    results.push_back(AsArgument(typed->args[place]));
    nullable = nullable || typed->args[place].type.nullable;
  }
  std::optional<functions::Mistake> mistake;
  std::optional<Type> common = functions::CommonType("case", results, 0, 1, &mistake);
  if (!common) {
    mistake->argument = places[mistake->argument];
    Report(*mistake, expr.origin, typed->args);
    return false;
  }
  for (size_t i = 0; i < places.size(); ++i) {
    Type wanted = functions::WantedForCommon(results[i].type, *common);
    if (wanted.kind == TypeKind::kUnknown) continue;
    typed->args[places[i]] = Convert(std::move(typed->args[places[i]]), wanted, false);
  }
  typed->type = *common;
  typed->type.nullable = nullable;
  return true;
}

}  // namespace cdc::expr
