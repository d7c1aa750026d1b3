#include "compiler/command/findings.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <ostream>

#include "compiler/diag/render.h"

namespace cdc::command {
namespace {

using diag::Diagnostic;
using diag::Severity;

std::string Summary(const Findings& findings) {
  auto count = [&](Severity severity) { return static_cast<size_t>(findings.diagnostics.Count(severity)); };
  std::string text = Counted(findings.programs, "file") + ": ";
  text += count(Severity::kError) == 0 ? "no errors" : Counted(count(Severity::kError), "error");
  if (count(Severity::kWarning) > 0) text += ", " + Counted(count(Severity::kWarning), "warning");
  if (count(Severity::kStyle) > 0) text += ", " + std::to_string(count(Severity::kStyle)) + " of style";
  if (findings.tests > 0) text += "; " + Counted(findings.tests, "test") + " for `piperun test`";
  for (const std::string& note : findings.notes) text += "; " + note;
  size_t checks = 0;
  std::string sources;
  for (const diag::Skipped& skipped : findings.skipped) {
    checks += static_cast<size_t>(skipped.checks);
    std::string name = "`" + skipped.source + "`";
    if (sources.find(name) == std::string::npos) sources += (sources.empty() ? "" : ", ") + name;
  }
  text += "; " + Counted(checks, "check") + " skipped";
  if (checks > 0) text += " (no schema snapshot of " + sources + ")";
  return text + "\n";
}

// Whether the form is one document, which must be whole whatever happens.
bool IsDocument(Form form) {
  return form == Form::kJson || form == Form::kSarif || form == Form::kGitlab || form == Form::kJunit;
}

std::string Rendered(const Findings& findings, const Options& options, bool terminal) {
  diag::Report report{findings.diagnostics, findings.files, findings.paths, findings.usage_errors};
  switch (options.form) {
    case Form::kJson:
      return diag::RenderJson(findings.diagnostics, findings.files, findings.skipped, findings.usage_errors);
    case Form::kSarif:
      return diag::RenderSarif(report);
    case Form::kGitlab:
      return diag::RenderGitlab(report);
    case Form::kJunit:
      return diag::RenderJunit(report, options.fail_level);
    case Form::kCompact:
      return diag::RenderCompact(findings.diagnostics, findings.files);
    case Form::kGithub: {
      std::string commands = diag::RenderGithub(report);
      return commands + (commands.empty() ? "" : "\n") + diag::RenderText(findings.diagnostics, findings.files);
    }
    case Form::kHuman:
      break;
  }
  return diag::RenderText(findings.diagnostics, findings.files, {.color = WantsColor(options.color, terminal)});
}

// Adds the findings to the page of a GitHub job, if this is one.
void AppendJobSummary(const Findings& findings) {
  const char* path = std::getenv("GITHUB_STEP_SUMMARY");
  if (path == nullptr || *path == '\0') return;
  std::ofstream out(path, std::ios::binary | std::ios::app);
  out << diag::RenderGithubSummary({findings.diagnostics, findings.files, findings.paths, findings.usage_errors});
}

std::string Key(const Diagnostic& diagnostic, const source::SourceFiles& files) {
  std::string place =
      diagnostic.has_span ? files.Where(diagnostic.span) + "-" + std::to_string(diagnostic.span.end) : "";
  return place + " " + diag::KindId(diagnostic.kind) + " " + diagnostic.message;
}

std::string RelativeToRoot(const std::string& path, const std::string& root) {
  std::error_code error;
  std::filesystem::path absolute = std::filesystem::weakly_canonical(std::filesystem::absolute(path, error), error);
  std::filesystem::path relative = absolute.lexically_relative(root);
  return error || relative.empty() || *relative.begin() == ".." ? path : relative.generic_string();
}

void WriteUsage(const std::vector<std::string>& errors, std::ostream& err) {
  for (const std::string& error : errors) err << "pipec: " << error << "\n";
}

}  // namespace

bool WantsColor(Color color, bool terminal) {
  if (color != Color::kAuto) return color == Color::kAlways;
  const char* no_color = std::getenv("NO_COLOR");
  return terminal && (no_color == nullptr || *no_color == '\0');
}

std::string Counted(size_t count, const char* what) {
  return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

void Findings::Add(const compile::Compiled& compiled) {
  ++programs;
  tests += compiled.test_count;
  uint32_t base = files.size();
  for (uint32_t i = 0; i < compiled.files->size(); ++i) {
    const source::SourceText& file = compiled.files->Get(i);
    files.Add(file.path(), file.text());
    paths.push_back(RelativeToRoot(file.path(), compiled.root));
  }
  for (Diagnostic diagnostic : compiled.diagnostics.all()) {
    diagnostic.span.file += base;
    for (diag::Label& label : diagnostic.labels) label.span.file += base;
    for (diag::Fix& fix : diagnostic.fixes) {
      for (diag::Edit& edit : fix.edits) edit.span.file += base;
    }
    if (known_.insert(Key(diagnostic, files)).second) diagnostics.Add(std::move(diagnostic));
  }
  skipped.insert(skipped.end(), compiled.skipped.begin(), compiled.skipped.end());
  for (const std::string& note : compiled.notes) {
    if (std::find(notes.begin(), notes.end(), note) == notes.end()) notes.push_back(note);
  }
  if (!compiled.usage_error.empty()) usage_errors.push_back(compiled.usage_error);
}

int Findings::ExitCode(Severity fail_level) const {
  if (!usage_errors.empty()) return 2;
  return std::any_of(diagnostics.all().begin(), diagnostics.all().end(),
                     [&](const Diagnostic& diagnostic) { return diagnostic.severity <= fail_level; })
             ? 1
             : 0;
}

void Write(const Findings& findings, const Options& options, const Terminal& terminal, bool to_err) {
  std::ostream& out = to_err ? terminal.err : terminal.out;
  const bool document = IsDocument(options.form);
  const bool write = !to_err || document || !findings.diagnostics.empty();
  if (write) out << Rendered(findings, options, to_err ? terminal.err_is_terminal : terminal.out_is_terminal);
  if (options.form == Form::kGithub) AppendJobSummary(findings);
  if (!to_err || !document) WriteUsage(findings.usage_errors, terminal.err);
  const bool for_people = options.form == Form::kHuman || options.form == Form::kGithub;
  if (write && for_people && !options.quiet && findings.usage_errors.empty()) {
    out << (findings.diagnostics.empty() ? "" : "\n") << Summary(findings);
  }
}

int RefuseWords(const std::string& why, Form form, bool to_err, const Terminal& terminal) {
  Findings findings;
  findings.usage_errors.push_back(why);
  Options options;
  options.form = form;
  Write(findings, options, terminal, to_err);
  if (!to_err || !IsDocument(form)) terminal.err << "try: pipec --help\n";
  return 2;
}

}  // namespace cdc::command
