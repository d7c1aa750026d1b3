// The test blocks of a program, each compiled with the parameters that it sets.

#include "compiler/compile/tests.h"

#include "compiler/lower/lower.h"
#include "compiler/sema/test_check.h"

namespace cdc::compile {
namespace {

std::string NoValue(const ast::TestDecl& test, const std::string& param) {
  return "test '" + test.title.text + "': parameter `" + param + "` has no value: write `param " + param +
         " = …;` in the test, or pass --param " + param + "=…";
}

}  // namespace

void CompileTests(const sema::Input& input, const std::map<std::string, std::string>& params,
                  const std::function<void(plan::Plan*)>& complete, Compiled* compiled) {
  for (const ast::Declaration& declaration : input.files[0].ast->declarations) {
    const auto* test = std::get_if<ast::TestDecl>(&declaration.node);
    if (test == nullptr) continue;
    diag::Diagnostics found;
    std::map<std::string, std::string> given = params;
    for (auto& [name, value] : sema::TestParams(*test, input)) given[name] = value;
    const sema::ParamChoices choices = sema::ChooseParams(input, given, &found);
    if (!choices.without_value.empty()) {
      compiled->usage_error = NoValue(*test, choices.without_value[0]);
      return;
    }
    const sema::Checked checked = sema::Check(input, choices.combinations[0], &found);
    if (found.has_errors()) {
      for (const diag::Diagnostic& diagnostic : found.all()) compiled->diagnostics.Add(diagnostic);
      continue;
    }
    for (const sema::Test& each : checked.cases) {
      if (each.ast != test) continue;
      auto plan = std::make_shared<plan::Plan>(lower::Lower(checked, *compiled->files));
      // Also those that only the test reads: `expect { insert in 'users' { mail: hmac_sha256('a', secret.salt) }; }`.
      plan->secrets = checked.secrets;
      complete(plan.get());
      compiled->tests.push_back({std::move(plan), lower::LowerTest(each)});
    }
  }
}

}  // namespace cdc::compile
