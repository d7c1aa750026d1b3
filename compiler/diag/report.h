#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/diag/diagnostic.h"
#include "compiler/source/source_text.h"

namespace cdc::diag {

// All that a document for other programs is made of.
// Lifetime: everything it points to outlives it.
struct Report {
  const Diagnostics& diagnostics;
  const source::SourceFiles& files;
  const std::vector<std::string>& paths;         // parallel to `files`: relative to the project's root
  const std::vector<std::string>& usage_errors;  // why there was nothing to check (exit 2)
};

// The diagnostics, errors before warnings before style, each in the order of the report.
std::vector<const Diagnostic*> BySeverity(const Diagnostics& diagnostics);

// What stays the same when lines above or below a finding change: a hash of the rule, the path and the line's
// text without its white space, and the how-manieth of those that are equal. "8f3c0d52a1b7e964:1".
// Shape: parallel to `diagnostics`.
std::vector<std::string> Fingerprints(const Diagnostics& diagnostics, const source::SourceFiles& files,
                                      const std::vector<std::string>& paths);

// Where the page of a rule is, as a URI: a name, as long as the pages have no address that lasts.
std::string RulePageUri(Kind kind);

// The text with every byte that is not UTF-8, and every control character but tab and line feed, as U+FFFD.
std::string PrintableUtf8(std::string_view text);
// The same, safe inside an element or an attribute of XML.
std::string XmlText(std::string_view text);

}  // namespace cdc::diag
