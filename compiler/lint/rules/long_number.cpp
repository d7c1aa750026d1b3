#include "compiler/lint/edits.h"
#include "compiler/lint/rule.h"

namespace cdc::lint {
namespace {

constexpr size_t kDigitsMin = 6;

std::string Grouped(std::string_view digits) {
  std::string text;
  for (size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) text += '_';
    text += digits[i];
  }
  return text;
}

void RunLongNumber(const FileView& file, Diagnostics* diagnostics) {
  for (const parse::Token& token : file.tokens) {
    if (token.kind != parse::TokenKind::kInteger || token.end - token.begin < kDigitsMin) continue;
    std::string_view digits = file.TextOf(token);
    if (digits.find('_') != std::string_view::npos) continue;
    std::string grouped = Grouped(digits);
    diagnostics
        ->Report(Kind::kLongNumber, file.SpanOf(token), "long numbers are read in groups of three",
                 "write `" + grouped + "`")
        .fixes.push_back(Replace("write `" + grouped + "`", file.SpanOf(token), grouped));
  }
}

}  // namespace

Rule LongNumber() { return {.kind = Kind::kLongNumber, .of_file = RunLongNumber}; }

}  // namespace cdc::lint
