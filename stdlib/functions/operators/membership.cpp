#include "stdlib/functions/operators/membership.h"

#include <algorithm>

#include "stdlib/functions/typing.h"

namespace cdc::functions {
namespace {

bool IsNumberClass(CompareClass how) { return how <= CompareClass::kReal; }

}  // namespace

SharedComparison PlanShared(const std::vector<Argument>& args, bool ordered) {
  SharedComparison shared;
  shared.wanted.resize(args.size());
  bool first = true;
  for (size_t i = 1; i < args.size(); ++i) {
    if (args[i].type.kind == TypeKind::kNull) continue;
    ComparisonPlan plan = PlanComparison(args[0], args[i], ordered);
    if (plan.mistake) {
      shared.mistake = std::move(plan.mistake);
      if (shared.mistake->argument == 1) shared.mistake->argument = i;
      if (shared.mistake->argument == Mistake::kWholeCall) shared.mistake->argument = i;
      return shared;
    }
    if (!first && plan.how != shared.how && !(IsNumberClass(plan.how) && IsNumberClass(shared.how))) {
      shared.mistake =
          Mistake{106, i, "this " + Quoted(args[i].type) + " cannot stand beside the values before it", "", {}};
      return shared;
    }
    // Numbers of all kinds compare as they are; converting them would have to agree on one type.
    bool numbers = plan.how == CompareClass::kDecimal || plan.how == CompareClass::kReal;
    shared.how = first ? plan.how : std::max(plan.how, shared.how);
    first = false;
    if (numbers) continue;
    if (plan.wanted_a.kind != TypeKind::kUnknown) shared.wanted[0] = plan.wanted_a;
    shared.wanted[i] = plan.wanted_b;
  }
  return shared;
}

}  // namespace cdc::functions
