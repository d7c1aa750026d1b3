#include "compiler/explain/pages.h"
#include "compiler/explain/rule_pages.h"
#include "stdlib/core/names.h"

namespace cdc::explain {
namespace {

constexpr std::string_view kHeading = "\n## ";

// Calls `visit(title, section)` for each: "DIFF201 filter-widened", and all of it from its title on.
template <class Visit>
void ForEachSection(const Visit& visit) {
  const std::string_view page = DifferencesPage();
  for (size_t at = page.find(kHeading); at != page.npos;) {
    const size_t begin = at + kHeading.size();
    at = page.find(kHeading, begin);
    const std::string_view section = page.substr(begin, at == page.npos ? page.npos : at - begin);
    visit(section.substr(0, section.find('\n')), section);
  }
}

}  // namespace

std::string DifferencePageOf(std::string_view word) {
  std::string text;
  ForEachSection([&](std::string_view title, std::string_view section) {
    const size_t space = title.find(' ');
    if (FoldName(title.substr(0, space)) == word || title.substr(space + 1) == word) text = "# " + std::string(section);
  });
  if (!text.empty() && text.back() != '\n') text += '\n';
  return text;
}

std::vector<std::string> DifferenceNames() {
  std::vector<std::string> names;
  ForEachSection(
      [&](std::string_view title, std::string_view) { names.emplace_back(title.substr(title.find(' ') + 1)); });
  return names;
}

}  // namespace cdc::explain
