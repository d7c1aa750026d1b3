#pragma once

// Findings that a team has decided to live with for now: a text file, one finding a line, sorted, so that a review
// shows what joins and what leaves. A finding is known again by its fingerprint (diag/report.h), wherever its line
// moves.

#include <set>
#include <string>
#include <vector>

#include "compiler/diag/report.h"
#include "stdlib/core/result.h"

namespace cdc::lint {

// Fingerprints, with the rule and the file.
using Baseline = std::set<std::string>;

// Errors: kUsage, a line that is no finding.
Result<Baseline> ReadBaseline(const std::string& text);

// Everything of the report that is no error, as ReadBaseline() reads it.
std::string WriteBaseline(const diag::Report& report);

// Which of the report's findings the baseline knows, parallel to them: never an error. `*gone`: how many of the
// baseline's are found no longer.
std::vector<bool> KnownFindings(const diag::Report& report, const Baseline& baseline, size_t* gone);

}  // namespace cdc::lint
