#pragma once

#include <string_view>
#include <vector>

namespace cdc::explain {

// docs/language/rules/PIPE<number>.md as it is written: Markdown, at most 100 characters a line.
struct RulePage {
  int number = 0;
  std::string_view text;
};

// Every page, by number. Made by embed_pages.cmake.
const std::vector<RulePage>& RulePages();
// docs/language/differences.md as it is written: a section `## DIFF201 filter-widened` for each.
std::string_view DifferencesPage();

}  // namespace cdc::explain
