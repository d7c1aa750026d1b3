#include "compiler/lint/edits.h"
#include "compiler/lint/rule.h"

namespace cdc::lint {
namespace {

bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}
bool IsQuantifier(char c) { return c == '*' || c == '+' || c == '?' || c == '{'; }

// Places of periods that stand for themselves by the look of it: a letter in front, behind it neither a quantifier nor
// the end.
std::vector<uint32_t> Periods(std::string_view regex) {
  std::vector<uint32_t> found;
  bool in_class = false;
  for (size_t i = 0; i < regex.size(); ++i) {
    char c = regex[i];
    if (c == '\\') {
      ++i;
    } else if (c == '[') {
      in_class = true;
    } else if (c == ']') {
      in_class = false;
    } else if (c == '.' && !in_class && i > 0 && i + 1 < regex.size()) {
      char next = regex[i + 1];
      if (IsLetter(regex[i - 1]) && (IsLetter(next) || next == '\\' || next == '(' || next == '[')) {
        found.push_back(static_cast<uint32_t>(i));
      }
      if (IsQuantifier(next)) ++i;
    }
  }
  return found;
}

void CheckPeriods(const FileView& file, const ast::NamePart& part, Diagnostics* diagnostics) {
  if (part.kind != ast::NamePart::Kind::kRegex) return;
  std::string_view text = file.text.Slice(part.span);
  size_t open = text.find('\'');
  if (open == std::string_view::npos || text.size() < open + 2) return;
  for (uint32_t at : Periods(text.substr(open + 1, text.size() - open - 2))) {
    uint32_t begin = part.span.begin + static_cast<uint32_t>(open) + 1 + at;
    Span span = {part.span.file, begin, begin + 1};
    diagnostics
        ->Report(Kind::kUnescapedDot, span, "a period in a regular expression is any character",
                 "for a period write `\\.`")
        .fixes.push_back(Replace("escape it", span, "\\.", diag::Applicability::kMaybe));
  }
}

void RunUnescapedDot(const FileView& file, Diagnostics* diagnostics) {
  for (const ast::TableRule* rule : TableRulesOf(file.ast)) {
    CheckPeriods(file, rule->pattern.database, diagnostics);
    CheckPeriods(file, rule->pattern.table, diagnostics);
  }
}

}  // namespace

Rule UnescapedDot() { return {.kind = Kind::kUnescapedDot, .of_file = RunUnescapedDot}; }

}  // namespace cdc::lint
