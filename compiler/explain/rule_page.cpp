#include <algorithm>
#include <cctype>
#include <optional>

#include "compiler/diag/diagnostic.h"
#include "compiler/explain/pages.h"
#include "compiler/explain/rule_pages.h"

namespace cdc::explain {
namespace {

// The number in `pipe107`, `107` or `pipe007`.
std::optional<int> NumberIn(std::string_view word) {
  if (word.starts_with("pipe")) word.remove_prefix(4);
  bool digits = !word.empty() && word.size() <= 4 &&
                std::all_of(word.begin(), word.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
  if (!digits) return std::nullopt;
  return std::stoi(std::string(word));
}

std::string_view NameOf(const RulePage& page) {
  std::optional<diag::Kind> kind = diag::FindKind(page.number);
  return kind ? diag::KindName(*kind) : std::string_view();
}

}  // namespace

std::string RulePageOf(std::string_view word) {
  const std::optional<int> number = NumberIn(word);
  for (const RulePage& page : RulePages()) {
    if (number ? page.number == *number : NameOf(page) == word) return std::string(page.text);
  }
  return "";
}

std::vector<std::string> RuleNames() {
  std::vector<std::string> names;
  for (const RulePage& page : RulePages()) names.emplace_back(NameOf(page));
  return names;
}

}  // namespace cdc::explain
