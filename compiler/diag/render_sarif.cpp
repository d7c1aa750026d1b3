#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "compiler/diag/render.h"

namespace cdc::diag {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kSchema = "https://json.schemastore.org/sarif-2.1.0.json";

const char* Level(Severity severity) {
  return severity == Severity::kError ? "error" : severity == Severity::kWarning ? "warning" : "note";
}

// A relative reference: what may stand in a path stays, the rest is %XX.
std::string Uri(std::string_view path) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string uri;
  for (char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (letter || std::string_view("-._~/").find(c) != std::string_view::npos) {
      uri += c;
    } else {
      uri += {'%', kHex[byte >> 4], kHex[byte & 15]};
    }
  }
  return uri;
}

class SarifWriter {
 public:
  explicit SarifWriter(const Report& report) : report_(report) {}

  Json Document() {
    Json results = Json::array();
    std::map<const Diagnostic*, std::string> prints = Prints();
    for (const Diagnostic* diagnostic : BySeverity(report_.diagnostics)) {
      results.push_back(ResultJson(*diagnostic, prints.at(diagnostic)));
    }
    Json run = {{"tool", {{"driver", Driver()}}},
                {"invocations", Json::array({Invocation()})},
                {"columnKind", "unicodeCodePoints"},
                {"results", std::move(results)}};
    return {{"$schema", kSchema}, {"version", "2.1.0"}, {"runs", Json::array({std::move(run)})}};
  }

 private:
  std::map<const Diagnostic*, std::string> Prints() const {
    std::vector<std::string> prints = Fingerprints(report_.diagnostics, report_.files, report_.paths);
    std::map<const Diagnostic*, std::string> by_diagnostic;
    for (size_t i = 0; i < prints.size(); ++i) by_diagnostic[&report_.diagnostics.all()[i]] = prints[i];
    return by_diagnostic;
  }

  Json Driver() const {
    Json rules = Json::array();
    for (Kind kind : rules_) {
      rules.push_back({{"id", KindId(kind)},
                       {"name", KindName(kind)},
                       {"shortDescription", {{"text", KindName(kind)}}},
                       {"helpUri", RulePageUri(kind)},
                       {"help", {{"text", "pipec explain " + KindId(kind)}}},
                       {"defaultConfiguration", {{"level", Level(KindSeverity(kind))}}}});
    }
    return {{"name", "pipec"}, {"version", PIPEWRIGHT_VERSION}, {"rules", std::move(rules)}};
  }

  Json Invocation() const {
    Json invocation = {{"executionSuccessful", report_.usage_errors.empty()}};
    if (report_.usage_errors.empty()) return invocation;
    Json notifications = Json::array();
    for (const std::string& error : report_.usage_errors) {
      notifications.push_back({{"level", "error"}, {"message", {{"text", error}}}});
    }
    invocation["toolConfigurationNotifications"] = std::move(notifications);
    return invocation;
  }

  Json Region(Span span) const {
    const source::SourceText& file = report_.files.Get(span.file);
    source::Place begin = file.At(span.begin);
    source::Place end = file.At(span.end);
    return {{"startLine", begin.line}, {"startColumn", begin.column}, {"endLine", end.line}, {"endColumn", end.column}};
  }

  Json Artifact(Span span) const { return {{"uri", Uri(report_.paths[span.file])}, {"uriBaseId", "%SRCROOT%"}}; }

  Json Location(Span span, const std::string& text) const {
    Json location = {{"physicalLocation", {{"artifactLocation", Artifact(span)}, {"region", Region(span)}}}};
    if (!text.empty()) location["message"] = {{"text", text}};
    return location;
  }

  Json FixJson(const Fix& fix) const {
    Json replacements = Json::array();
    for (const Edit& edit : fix.edits) {
      replacements.push_back({{"deletedRegion", Region(edit.span)}, {"insertedContent", {{"text", edit.replacement}}}});
    }
    Json change = {{"artifactLocation", Artifact(fix.edits[0].span)}, {"replacements", std::move(replacements)}};
    return {{"description", {{"text", fix.title}}}, {"artifactChanges", Json::array({std::move(change)})}};
  }

  Json ResultJson(const Diagnostic& diagnostic, const std::string& print) {
    std::string text = diagnostic.message;
    if (!diagnostic.label.empty()) text += ": " + diagnostic.label;
    for (const std::string& note : diagnostic.notes) text += "\n" + note;
    rules_.insert(diagnostic.kind);
    Json result = {{"ruleId", KindId(diagnostic.kind)},
                   {"level", Level(diagnostic.severity)},
                   {"message", {{"text", text}}},
                   {"partialFingerprints", {{"primaryLocationLineHash", print}}}};
    if (!diagnostic.has_span) return result;
    result["locations"] = Json::array({Location(diagnostic.span, "")});
    Json related = Json::array();
    for (const Label& label : diagnostic.labels) related.push_back(Location(label.span, label.text));
    if (!related.empty()) result["relatedLocations"] = std::move(related);
    Json fixes = Json::array();
    for (const Fix& fix : diagnostic.fixes) {
      if (!fix.edits.empty()) fixes.push_back(FixJson(fix));
    }
    if (!fixes.empty()) result["fixes"] = std::move(fixes);
    return result;
  }

  const Report& report_;
  std::set<Kind> rules_;  // those that the results name
};

}  // namespace

std::string RenderSarif(const Report& report) {
  return SarifWriter(report).Document().dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace cdc::diag
