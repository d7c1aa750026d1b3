#pragma once

// One function per kind of page: the page of what is called `word` (lower case), or nothing; and the names there are.

#include <string>
#include <string_view>
#include <vector>

namespace cdc::explain {

std::string RulePageOf(std::string_view word);
std::vector<std::string> RuleNames();

// What `pipec diff` reports: `diff201`, `filter-widened`.
std::string DifferencePageOf(std::string_view word);
std::vector<std::string> DifferenceNames();

std::string FunctionPageOf(std::string_view word);
std::vector<std::string> FunctionNames();  // aliases too

// A format, source, sink, store, registry, notifier, or the project; several if kinds share a name.
std::string KindPagesOf(std::string_view word);
std::string SettingPagesOf(std::string_view word);
std::vector<std::string> SettingPaths();  // `snapshot.parallel`; each once

// `first`, an empty line, `second`; either may be empty.
std::string Joined(std::string first, const std::string& second);

}  // namespace cdc::explain
