#include "compiler/lint/baseline.h"

#include <algorithm>

namespace cdc::lint {
namespace {

constexpr const char* kHead =
    "# Findings that `pipec lint --baseline` leaves out; written by `pipec lint --write-baseline`.\n";

// A finding raised to an error by the project is one that the program can live with; what was born an error is not.
bool MayBeKnown(const diag::Diagnostic& diagnostic) {
  return diag::KindSeverity(diagnostic.kind) != diag::Severity::kError;
}

// `PIPE208 8f3c0d52a1b7e964:1 orders.pipe`
std::vector<std::string> Lines(const diag::Report& report) {
  std::vector<std::string> lines = diag::Fingerprints(report.diagnostics, report.files, report.paths);
  for (size_t i = 0; i < lines.size(); ++i) {
    const diag::Diagnostic& diagnostic = report.diagnostics.all()[i];
    lines[i] = diag::KindId(diagnostic.kind) + " " + lines[i];
    if (diagnostic.has_span) lines[i] += " " + report.paths[diagnostic.span.file];
  }
  return lines;
}

}  // namespace

Result<Baseline> ReadBaseline(const std::string& text) {
  Baseline baseline;
  int number = 0;
  for (size_t at = 0; at < text.size();) {
    size_t end = std::min(text.find('\n', at), text.size());
    std::string line = text.substr(at, end - at);
    at = end + 1;
    ++number;
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.empty() || line[0] == '#') continue;
    if (line.rfind("PIPE", 0) != 0) {
      return Error(ErrorCode::kUsage, "line " + std::to_string(number) + " of the baseline is no finding");
    }
    baseline.insert(std::move(line));
  }
  return baseline;
}

std::string WriteBaseline(const diag::Report& report) {
  std::vector<std::string> lines = Lines(report);
  Baseline baseline;
  for (size_t i = 0; i < lines.size(); ++i) {
    if (MayBeKnown(report.diagnostics.all()[i])) baseline.insert(lines[i]);
  }
  std::string text = kHead;
  for (const std::string& line : baseline) text += line + "\n";
  return text;
}

std::vector<bool> KnownFindings(const diag::Report& report, const Baseline& baseline, size_t* gone) {
  std::vector<std::string> lines = Lines(report);
  std::vector<bool> known;
  Baseline left = baseline;
  for (size_t i = 0; i < lines.size(); ++i) {
    known.push_back(MayBeKnown(report.diagnostics.all()[i]) && baseline.count(lines[i]) != 0);
    left.erase(lines[i]);
  }
  *gone = left.size();
  return known;
}

}  // namespace cdc::lint
