#include <algorithm>

#include "compiler/lint/edits.h"
#include "compiler/lint/rule.h"

namespace cdc::lint {
namespace {

bool IsNameLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

void CheckRegex(const ast::NamePart& part, Diagnostics* diagnostics) {
  if (part.kind != ast::NamePart::Kind::kRegex) return;
  std::string plain;
  if (part.text == ".*") {
    plain = "*";
  } else if (!part.text.empty() && std::all_of(part.text.begin(), part.text.end(), IsNameLetter)) {
    plain = part.text[0] >= '0' && part.text[0] <= '9' ? "`" + part.text + "`" : part.text;
  }
  if (plain.empty()) return;
  std::string advice = "write " + (plain[0] == '`' ? plain : "`" + plain + "`");
  diagnostics
      ->Report(Kind::kNeedlessRegex, part.span,
               plain == "*" ? "this regular expression matches every name" : "this regular expression matches one name",
               advice)
      .fixes.push_back(Replace(advice, part.span, plain));
}

void RunNeedlessRegex(const FileView& file, Diagnostics* diagnostics) {
  for (const ast::TableRule* rule : TableRulesOf(file.ast)) {
    CheckRegex(rule->pattern.database, diagnostics);
    CheckRegex(rule->pattern.table, diagnostics);
  }
}

}  // namespace

Rule NeedlessRegex() { return {.kind = Kind::kNeedlessRegex, .of_file = RunNeedlessRegex}; }

}  // namespace cdc::lint
