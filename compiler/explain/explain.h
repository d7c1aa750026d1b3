#pragma once

// What `pipec explain` prints: pages of rules, functions, kinds (formats, sources, sinks, …) and settings, made from
// the same definitions that the compiler reads. Markdown, at most 100 characters a line where a person wrote it.

#include <string>
#include <string_view>

namespace cdc::explain {

// The pages of everything called `word`, an empty line between them; empty if nothing is. A rule is called by number
// (`PIPE107`, `107`) or name (`unknown-enum-label`), a setting by its name or dotted path (`parallel`,
// `snapshot.parallel`, `mysql.snapshot.parallel`). Any case.
std::string Explain(std::string_view word);

// "did you mean `mask`?", or nothing.
std::string Suggest(std::string_view word);

// Everything that has a page, by kind.
std::string Overview();

}  // namespace cdc::explain
