#include "compiler/lint/edits.h"
#include "compiler/lint/rule.h"

namespace cdc::lint {
namespace {

// For each `(` the position of its `)`; 0 for every other token.
std::vector<size_t> Partners(const std::vector<parse::Token>& tokens) {
  std::vector<size_t> partners(tokens.size(), 0);
  std::vector<size_t> open;
  for (size_t i = 0; i < tokens.size(); ++i) {
    if (parse::IsPunctuation(tokens[i], "(")) open.push_back(i);
    if (parse::IsPunctuation(tokens[i], ")") && !open.empty()) {
      partners[open.back()] = i;
      open.pop_back();
    }
  }
  return partners;
}

void RunNeedlessParentheses(const FileView& file, Diagnostics* diagnostics) {
  const std::vector<parse::Token>& tokens = file.tokens;
  std::vector<size_t> partners = Partners(tokens);
  for (size_t i = 1; i < tokens.size(); ++i) {
    if (partners[i] == 0) continue;
    bool in_others = partners[i - 1] == partners[i] + 1;
    bool whole_where = parse::IsWord(tokens[i - 1], "where") && parse::IsPunctuation(tokens[partners[i] + 1], ";");
    if (!in_others && !whole_where) continue;
    Span open = file.SpanOf(tokens[i]);
    Span close = file.SpanOf(tokens[partners[i]]);
    diag::Diagnostic& made =
        diagnostics->Report(Kind::kNeedlessParentheses, source::Cover(open, close), "these parentheses change nothing",
                            in_others ? "there are others around them" : "`where` ends at the `;`");
    made.fixes.push_back({"remove them", diag::Applicability::kMachine, {{open, ""}, {close, ""}}});
  }
}

}  // namespace

Rule NeedlessParentheses() { return {.kind = Kind::kNeedlessParentheses, .of_file = RunNeedlessParentheses}; }

}  // namespace cdc::lint
