#include "compiler/lint/rule.h"
#include "stdlib/functions/registry.h"

namespace cdc::lint {
namespace {

// Calls of the language's functions whose result is not of their arguments alone. Read off the tokens, so that it does
// not matter in which clause they stand.
void RunNonDeterministic(const FileView& file, Diagnostics* diagnostics) {
  const std::vector<parse::Token>& tokens = file.tokens;
  for (size_t i = 0; i + 2 < tokens.size(); ++i) {
    if (tokens[i].kind != parse::TokenKind::kName || !parse::IsPunctuation(tokens[i + 1], "(")) continue;
    const bool other = i > 0 && (parse::IsPunctuation(tokens[i - 1], ".") || parse::IsWord(tokens[i - 1], "function"));
    const std::string name(file.TextOf(tokens[i]));
    const functions::FunctionDef* def = other ? nullptr : functions::FindFunction(name);
    if (def == nullptr || def->pure) continue;
    diagnostics->Report(Kind::kNonDeterministic, {file.ast.file, tokens[i].begin, tokens[i + 2].end},
                        "`" + name + "()` has another value when the log is read again",
                        "`meta.committed_at` is the time of the change, and the same each time");
  }
}

}  // namespace

Rule NonDeterministic() { return {.kind = Kind::kNonDeterministic, .of_file = RunNonDeterministic}; }

}  // namespace cdc::lint
