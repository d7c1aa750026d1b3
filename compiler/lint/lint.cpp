#include "compiler/lint/lint.h"

namespace cdc::lint {

const std::vector<RuleInfo>& Rules() {
  static const std::vector<RuleInfo>* const rules = new std::vector<RuleInfo>{
#define PIPEWRIGHT_LINT_RULE(id, name) {id, name},
#include "compiler/lint/rules.def"
#undef PIPEWRIGHT_LINT_RULE
  };
  return *rules;
}

}  // namespace cdc::lint
