#include "compiler/diag/render.h"

namespace cdc::diag {
namespace {

constexpr size_t kRowsMax = 200;

// A text of a workflow command; in its properties `:` and `,` have a meaning too.
std::string Escaped(std::string_view text, bool property) {
  std::string escaped;
  for (char c : text) {
    if (c == '%') {
      escaped += "%25";
    } else if (c == '\r') {
      escaped += "%0D";
    } else if (c == '\n') {
      escaped += "%0A";
    } else if (property && c == ':') {
      escaped += "%3A";
    } else if (property && c == ',') {
      escaped += "%2C";
    } else {
      escaped += c;
    }
  }
  return escaped;
}

// A cell of a Markdown table.
std::string Cell(const std::string& text) {
  std::string cell;
  for (char c : PrintableUtf8(text)) {
    if (c == '|') cell += '\\';
    if (c == '<') {
      cell += "&lt;";
    } else {
      cell += c == '\n' ? ' ' : c;
    }
  }
  return cell;
}

std::string Title(Kind kind) { return KindId(kind) + " " + std::string(KindName(kind)); }

std::string Said(const Diagnostic& diagnostic) {
  return diagnostic.message + (diagnostic.label.empty() ? "" : ": " + diagnostic.label);
}

}  // namespace

std::string RenderGithub(const Report& report) {
  std::string out;
  for (const std::string& error : report.usage_errors) out += "::error title=pipec::" + Escaped(error, false) + "\n";
  for (const Diagnostic* diagnostic : BySeverity(report.diagnostics)) {
    out += diagnostic->severity == Severity::kError     ? "::error "
           : diagnostic->severity == Severity::kWarning ? "::warning "
                                                        : "::notice ";
    if (diagnostic->has_span) {
      const source::SourceText& file = report.files.Get(diagnostic->span.file);
      source::Place begin = file.At(diagnostic->span.begin);
      source::Place end = file.At(diagnostic->span.end);
      out += "file=" + Escaped(file.path(), true) + ",line=" + std::to_string(begin.line) +
             ",endLine=" + std::to_string(end.line) + ",col=" + std::to_string(begin.column) +
             ",endColumn=" + std::to_string(end.column) + ",";
    }
    out += "title=" + Escaped(Title(diagnostic->kind), true) + "::" + Escaped(Said(*diagnostic), false) + "\n";
  }
  return out;
}

std::string RenderGithubSummary(const Report& report) {
  std::string out = "### pipec\n\n";
  for (const std::string& error : report.usage_errors) out += Cell(error) + "\n\n";
  if (report.diagnostics.empty()) return out + (report.usage_errors.empty() ? "Nothing found.\n" : "");
  out += "| Severity | Place | Finding | Rule |\n| --- | --- | --- | --- |\n";
  size_t rows = 0;
  for (const Diagnostic* diagnostic : BySeverity(report.diagnostics)) {
    if (++rows > kRowsMax) break;
    std::string place = diagnostic->has_span ? report.files.Where(diagnostic->span) : "";
    out += "| " + std::string(SeverityName(diagnostic->severity)) + " | " + Cell(place) + " | " +
           Cell(Said(*diagnostic)) + " | " + Title(diagnostic->kind) + " |\n";
  }
  size_t all = report.diagnostics.all().size();
  if (all > kRowsMax) out += "\n" + std::to_string(all - kRowsMax) + " more are in the log.\n";
  return out;
}

}  // namespace cdc::diag
