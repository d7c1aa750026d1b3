#include "compiler/driver/driver.h"

#include <cstdlib>
#include <ostream>

#include "compiler/diag/render.h"
#include "compiler/driver/arguments.h"
#include "compiler/driver/fmt.h"

namespace cdc::driver {
namespace {

using compile::Compiled;
using diag::Diagnostic;
using diag::Diagnostics;
using diag::Severity;

// What several programs reported, as one list over one set of files.
struct Findings {
  source::SourceFiles files;
  Diagnostics diagnostics;
  std::vector<diag::Skipped> skipped;
  std::vector<std::string> notes;
  std::vector<std::string> usage_errors;
  size_t programs = 0;

  void Add(const Compiled& compiled) {
    ++programs;
    uint32_t base = files.size();
    for (uint32_t i = 0; i < compiled.files->size(); ++i) {
      files.Add(compiled.files->Get(i).path(), compiled.files->Get(i).text());
    }
    for (Diagnostic diagnostic : compiled.diagnostics.all()) {
      diagnostic.span.file += base;
      for (diag::Label& label : diagnostic.labels) label.span.file += base;
      for (diag::Fix& fix : diagnostic.fixes) {
        for (diag::Edit& edit : fix.edits) edit.span.file += base;
      }
      diagnostics.Add(std::move(diagnostic));
    }
    skipped.insert(skipped.end(), compiled.skipped.begin(), compiled.skipped.end());
    notes.insert(notes.end(), compiled.notes.begin(), compiled.notes.end());
    if (!compiled.usage_error.empty()) usage_errors.push_back(compiled.usage_error);
  }

  int ExitCode() const { return !usage_errors.empty() ? 2 : diagnostics.has_errors() ? 1 : 0; }
};

std::string Counted(size_t count, const char* what) {
  return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

std::string Summary(const Findings& findings) {
  size_t errors = static_cast<size_t>(findings.diagnostics.Count(Severity::kError));
  size_t warnings = static_cast<size_t>(findings.diagnostics.Count(Severity::kWarning));
  std::string text = Counted(findings.programs, "file") + ": ";
  text += errors == 0 ? "no errors" : Counted(errors, "error");
  if (warnings > 0) text += ", " + Counted(warnings, "warning");
  for (const std::string& note : findings.notes) text += "; " + note;
  size_t checks = 0;
  std::string sources;
  for (const diag::Skipped& skipped : findings.skipped) {
    checks += static_cast<size_t>(skipped.checks);
    sources += (sources.empty() ? "`" : ", `") + skipped.source + "`";
  }
  text += "; " + Counted(checks, "check") + " skipped";
  if (checks > 0) text += " (no schema snapshot of " + sources + ")";
  return text + "\n";
}

bool WantsColor(Color color, bool terminal) {
  if (color != Color::kAuto) return color == Color::kAlways;
  const char* no_color = std::getenv("NO_COLOR");
  return terminal && (no_color == nullptr || *no_color == '\0');
}

void Write(const Findings& findings, const Arguments& arguments, std::ostream& out, bool terminal) {
  switch (arguments.diagnostics) {
    case Form::kJson:
      out << diag::RenderJson(findings.diagnostics, findings.files, findings.skipped, findings.usage_errors);
      return;
    case Form::kCompact:
      out << diag::RenderCompact(findings.diagnostics, findings.files);
      return;
    case Form::kHuman:
      out << diag::RenderText(findings.diagnostics, findings.files, {.color = WantsColor(arguments.color, terminal)});
      return;
  }
}

void WriteUsage(const std::vector<std::string>& errors, std::ostream& err) {
  for (const std::string& error : errors) err << "pipec: " << error << "\n";
}

int Check(const Arguments& arguments, const Terminal& terminal) {
  Findings findings;
  for (const std::string& file : arguments.files) findings.Add(compile::Compile(file, arguments.options));
  Write(findings, arguments, terminal.out, terminal.out_is_terminal);
  WriteUsage(findings.usage_errors, terminal.err);
  bool summary = arguments.diagnostics == Form::kHuman && !arguments.quiet && findings.usage_errors.empty();
  if (summary) terminal.out << (findings.diagnostics.empty() ? "" : "\n") << Summary(findings);
  return findings.ExitCode();
}

int Plan(const Arguments& arguments, const Terminal& terminal) {
  Compiled compiled = compile::Compile(arguments.files[0], arguments.options);
  Findings findings;
  findings.Add(compiled);
  bool write = !findings.diagnostics.empty() || arguments.diagnostics == Form::kJson;
  if (write) Write(findings, arguments, terminal.err, terminal.err_is_terminal);
  // Standard error is one JSON document if it was asked to be.
  if (arguments.diagnostics != Form::kJson) WriteUsage(findings.usage_errors, terminal.err);
  if (compiled.plan) {
    terminal.out << (arguments.json_plan ? plan::ToJson(*compiled.plan)
                                         : plan::RenderText(*compiled.plan, compiled.tables));
  }
  bool summary = write && arguments.diagnostics == Form::kHuman && !arguments.quiet && findings.usage_errors.empty();
  if (summary) terminal.err << "\n" << Summary(findings);
  return findings.ExitCode();
}

// Wrong usage: in the form that the words ask for, as far as they can be read.
int RefuseWords(const std::vector<std::string>& words, const std::string& why, const Terminal& terminal) {
  const bool plan = !words.empty() && words[0] == "plan";
  Findings findings;
  findings.usage_errors.push_back(why);
  Arguments arguments;
  arguments.diagnostics = AsksForJson(words) ? Form::kJson : Form::kHuman;
  if (arguments.diagnostics == Form::kJson) Write(findings, arguments, plan ? terminal.err : terminal.out, false);
  if (arguments.diagnostics != Form::kJson || !plan) {
    WriteUsage(findings.usage_errors, terminal.err);
    terminal.err << "try: pipec --help\n";
  }
  return 2;
}

}  // namespace

int RunPipec(const std::vector<std::string>& words, const Terminal& terminal) {
  Result<Arguments> arguments = ParseArguments(words);
  if (!arguments.ok()) {
    return RefuseWords(words, arguments.error().message(), terminal);
  }
  switch (arguments->command) {
    case Command::kHelp:
      terminal.out << HelpText(arguments->help_of);
      return 0;
    case Command::kVersion:
      terminal.out << "pipec " << PIPEWRIGHT_VERSION << "\n";
      return 0;
    case Command::kCheck:
      return Check(*arguments, terminal);
    case Command::kFmt:
      return Fmt(*arguments, terminal);
    case Command::kPlan:
      return Plan(*arguments, terminal);
  }
  return 2;
}

}  // namespace cdc::driver
