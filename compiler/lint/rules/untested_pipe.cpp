#include <set>

#include "compiler/lint/rule.h"

namespace cdc::lint {
namespace {

void RunUntestedPipe(const FileView& file, Diagnostics* diagnostics) {
  std::set<std::string> tested;
  for (const ast::Declaration& declaration : file.ast.declarations) {
    if (const auto* test = std::get_if<ast::TestDecl>(&declaration.node)) tested.insert(test->pipe.text);
  }
  for (const ast::Declaration& declaration : file.ast.declarations) {
    const auto* pipe = std::get_if<ast::PipeDecl>(&declaration.node);
    if (pipe == nullptr || tested.count(pipe->name.text) != 0) continue;
    diagnostics->Report(Kind::kUntestedPipe, pipe->name.span, "pipe `" + pipe->name.text + "` has no test",
                        "write `test '…' for " + pipe->name.text + " { given { … } expect { … } }`");
  }
}

}  // namespace

Rule UntestedPipe() { return {.kind = Kind::kUntestedPipe, .on = false, .of_file = RunUntestedPipe}; }

}  // namespace cdc::lint
