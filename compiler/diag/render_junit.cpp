#include <map>

#include "compiler/diag/render.h"

namespace cdc::diag {
namespace {

class JunitWriter {
 public:
  JunitWriter(const Report& report, Severity fail_level) : report_(report), fail_level_(fail_level) {}

  std::string Document() {
    std::map<std::string, std::vector<const Diagnostic*>> suites;
    for (uint32_t i = 0; i < report_.files.size(); ++i) suites[report_.paths[i]];
    for (const Diagnostic& diagnostic : report_.diagnostics.all()) {
      suites[diagnostic.has_span ? report_.paths[diagnostic.span.file] : "pipec"].push_back(&diagnostic);
    }
    std::string body;
    for (const auto& [path, findings] : suites) body += Suite(path, findings);
    if (!report_.usage_errors.empty()) body += Refusals();
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"pipec\"" +
           Counts(tests_, failures_, errors_) + ">\n" + body + "</testsuites>\n";
  }

 private:
  std::string Counts(size_t tests, size_t failures, size_t errors = 0) const {
    return " tests=\"" + std::to_string(tests) + "\" failures=\"" + std::to_string(failures) + "\" errors=\"" +
           std::to_string(errors) + "\"";
  }

  std::string Suite(const std::string& path, const std::vector<const Diagnostic*>& findings) {
    std::string cases;
    size_t failures = 0;
    for (const Diagnostic* diagnostic : findings) {
      bool failed = diagnostic->severity <= fail_level_;
      failures += failed ? 1 : 0;
      cases += Case(path, *diagnostic, failed);
    }
    if (findings.empty()) cases = "    <testcase name=\"no findings\" classname=\"" + XmlText(path) + "\"/>\n";
    size_t tests = findings.empty() ? 1 : findings.size();
    tests_ += tests;
    failures_ += failures;
    return "  <testsuite name=\"" + XmlText(path) + "\"" + Counts(tests, failures) + ">\n" + cases + "  </testsuite>\n";
  }

  std::string Case(const std::string& path, const Diagnostic& diagnostic, bool failed) const {
    std::string place;
    if (diagnostic.has_span) {
      source::Place at = report_.files.Get(diagnostic.span.file).At(diagnostic.span.begin);
      place = " at " + std::to_string(at.line) + ":" + std::to_string(at.column);
    }
    std::string name = KindId(diagnostic.kind) + " " + std::string(KindName(diagnostic.kind)) + place;
    std::string text = XmlText(RenderText(diagnostic, report_.files));
    std::string said = failed ? "<failure type=\"" + std::string(SeverityName(diagnostic.severity)) + "\" message=\"" +
                                    XmlText(diagnostic.message) + "\">" + text + "</failure>"
                              : "<system-out>" + text + "</system-out>";
    return "    <testcase name=\"" + XmlText(name) + "\" classname=\"" + XmlText(path) + "\">" + said + "</testcase>\n";
  }

  std::string Refusals() {
    std::string cases;
    for (const std::string& error : report_.usage_errors) {
      cases +=
          "    <testcase name=\"usage\" classname=\"pipec\"><error message=\"" + XmlText(error) + "\"/></testcase>\n";
    }
    size_t count = report_.usage_errors.size();
    tests_ += count;
    errors_ = count;
    return "  <testsuite name=\"usage\"" + Counts(count, 0, count) + ">\n" + cases + "  </testsuite>\n";
  }

  const Report& report_;
  Severity fail_level_;
  size_t tests_ = 0;
  size_t failures_ = 0;
  size_t errors_ = 0;
};

}  // namespace

std::string RenderJunit(const Report& report, Severity fail_level) {
  return JunitWriter(report, fail_level).Document();
}

}  // namespace cdc::diag
