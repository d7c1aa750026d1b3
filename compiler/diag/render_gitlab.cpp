#include <nlohmann/json.hpp>

#include "compiler/diag/render.h"

namespace cdc::diag {
namespace {

using Json = nlohmann::ordered_json;

const char* Importance(Severity severity) {
  return severity == Severity::kError ? "major" : severity == Severity::kWarning ? "minor" : "info";
}

}  // namespace

std::string RenderGitlab(const Report& report) {
  std::vector<std::string> prints = Fingerprints(report.diagnostics, report.files, report.paths);
  Json all = Json::array();
  for (const Diagnostic* diagnostic : BySeverity(report.diagnostics)) {
    size_t number = static_cast<size_t>(diagnostic - report.diagnostics.all().data());
    std::string path = report.files.size() > 0 ? report.files.Get(0).path() : ".";
    Json lines = {{"begin", 1}};
    if (diagnostic->has_span) {
      const source::SourceText& file = report.files.Get(diagnostic->span.file);
      path = file.path();
      lines = {{"begin", file.At(diagnostic->span.begin).line}, {"end", file.At(diagnostic->span.end).line}};
    }
    all.push_back({{"description", diagnostic->message + (diagnostic->label.empty() ? "" : ": " + diagnostic->label)},
                   {"check_name", KindId(diagnostic->kind) + " " + std::string(KindName(diagnostic->kind))},
                   {"fingerprint", prints[number]},
                   {"severity", Importance(diagnostic->severity)},
                   {"location", {{"path", path}, {"lines", std::move(lines)}}}});
  }
  return all.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace cdc::diag
