#include "compiler/lint/edits.h"
#include "compiler/lint/rule.h"

namespace cdc::lint {
namespace {

void RunTemplateWithoutPlaceholder(const FileView& file, Diagnostics* diagnostics) {
  for (size_t i = 0; i < file.tokens.size(); ++i) {
    const parse::Token& token = file.tokens[i];
    if (token.kind != parse::TokenKind::kTemplate) continue;
    std::string_view text = file.TextOf(token);
    // Behind `as` and the period of `as a.b` only a name or a template may stand.
    bool target = i > 0 && (parse::IsWord(file.tokens[i - 1], "as") || parse::IsPunctuation(file.tokens[i - 1], "."));
    if (target || text.size() < 2 || text.find_first_of("$'\\") != std::string_view::npos) continue;
    std::string plain = "'" + std::string(text.substr(1, text.size() - 2)) + "'";
    diagnostics
        ->Report(Kind::kTemplateWithoutPlaceholder, file.SpanOf(token), "this template has no placeholder",
                 "a string is enough")
        .fixes.push_back(Replace("write it in single quotes", file.SpanOf(token), plain));
  }
}

}  // namespace

Rule TemplateWithoutPlaceholder() {
  return {.kind = Kind::kTemplateWithoutPlaceholder, .of_file = RunTemplateWithoutPlaceholder};
}

}  // namespace cdc::lint
