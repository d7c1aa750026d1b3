#include <algorithm>
#include <array>

#include "compiler/lint/edits.h"
#include "compiler/lint/rule.h"
#include "compiler/parse/lex.h"
#include "stdlib/core/names.h"

namespace cdc::lint {
namespace {

// Prefixes and names with a meaning of their own: in backticks they may be a column.
constexpr std::array<std::string_view, 9> kMeant = {"old",    "new",    "meta",    "match", "param",
                                                    "secret", "absent", "changed", "std"};

// Whether the text alone is a name and nothing else.
bool IsPlainName(std::string_view text) {
  if (std::find(kMeant.begin(), kMeant.end(), LowerAscii(text)) != kMeant.end()) return false;
  diag::Diagnostics mistakes;
  std::vector<parse::Token> tokens = parse::Lex(source::SourceText("", std::string(text)), 0, &mistakes).tokens;
  return mistakes.empty() && tokens.size() == 2 && tokens[0].kind == parse::TokenKind::kName && tokens[0].begin == 0 &&
         tokens[0].end == text.size();
}

void RunNeedlessBackticks(const FileView& file, Diagnostics* diagnostics) {
  for (const parse::Token& token : file.tokens) {
    if (token.kind != parse::TokenKind::kQuoted) continue;
    std::string_view text = file.TextOf(token);
    if (text.size() < 3 || !IsPlainName(text.substr(1, text.size() - 2))) continue;
    std::string plain(text.substr(1, text.size() - 2));
    diagnostics
        ->Report(Kind::kNeedlessBackticks, file.SpanOf(token), "`" + plain + "` needs no backticks",
                 "no word of the language is called so")
        .fixes.push_back(Replace("remove them", file.SpanOf(token), plain));
  }
}

}  // namespace

Rule NeedlessBackticks() { return {.kind = Kind::kNeedlessBackticks, .of_file = RunNeedlessBackticks}; }

}  // namespace cdc::lint
