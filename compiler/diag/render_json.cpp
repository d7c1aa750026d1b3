#include <nlohmann/json.hpp>

#include "compiler/diag/render.h"

namespace cdc::diag {
namespace {

using Json = nlohmann::ordered_json;
using source::SourceFiles;

Json PlaceJson(const source::SourceText& file, uint32_t offset) {
  source::Place place = file.At(offset);
  return {{"line", place.line}, {"column", place.column}, {"offset", offset}};
}

Json RangeJson(const SourceFiles& files, Span span) {
  const source::SourceText& file = files.Get(span.file);
  return {{"start", PlaceJson(file, span.begin)}, {"end", PlaceJson(file, span.end)}};
}

Json FixJson(const SourceFiles& files, const Fix& fix) {
  Json edits = Json::array();
  for (const Edit& edit : fix.edits) {
    edits.push_back({{"file", files.Get(edit.span.file).path()},
                     {"range", RangeJson(files, edit.span)},
                     {"replacement", edit.replacement}});
  }
  return {{"title", fix.title},
          {"applicability", fix.applicability == Applicability::kMachine ? "machine" : "maybe"},
          {"edits", edits}};
}

Json DiagnosticJson(const SourceFiles& files, const Diagnostic& diagnostic) {
  Json made = {{"id", KindId(diagnostic.kind)},
               {"name", KindName(diagnostic.kind)},
               {"severity", SeverityName(diagnostic.severity)},
               {"message", diagnostic.message}};
  if (diagnostic.has_span) {
    made["file"] = files.Get(diagnostic.span.file).path();
    made["range"] = RangeJson(files, diagnostic.span);
  }
  Json labels = Json::array();
  if (!diagnostic.label.empty()) {
    labels.push_back({{"file", files.Get(diagnostic.span.file).path()},
                      {"range", RangeJson(files, diagnostic.span)},
                      {"text", diagnostic.label}});
  }
  for (const Label& label : diagnostic.labels) {
    labels.push_back(
        {{"file", files.Get(label.span.file).path()}, {"range", RangeJson(files, label.span)}, {"text", label.text}});
  }
  made["labels"] = std::move(labels);
  made["notes"] = diagnostic.notes;
  Json fixes = Json::array();
  for (const Fix& fix : diagnostic.fixes) fixes.push_back(FixJson(files, fix));
  made["fixes"] = std::move(fixes);
  return made;
}

}  // namespace

std::string RenderJson(const Diagnostics& diagnostics, const SourceFiles& files, const std::vector<Skipped>& skipped,
                       const std::vector<std::string>& usage_errors) {
  Json all = Json::array();
  for (const Diagnostic& diagnostic : diagnostics.all()) all.push_back(DiagnosticJson(files, diagnostic));
  Json left_out = Json::array();
  for (const Skipped& skip : skipped) {
    left_out.push_back({{"reason", skip.reason}, {"source", skip.source}, {"checks", skip.checks}});
  }
  Json document = {{"version", 1},
                   {"tool", {{"name", "pipec"}, {"version", PIPEWRIGHT_VERSION}}},
                   {"diagnostics", std::move(all)},
                   {"summary",
                    {{"errors", diagnostics.Count(Severity::kError)},
                     {"warnings", diagnostics.Count(Severity::kWarning)},
                     {"style", diagnostics.Count(Severity::kStyle)},
                     {"skipped", std::move(left_out)}}}};
  if (!usage_errors.empty()) document["usage_errors"] = usage_errors;
  return document.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace cdc::diag
