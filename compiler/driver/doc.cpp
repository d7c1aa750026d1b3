#include <fstream>
#include <map>
#include <ostream>

#include "compiler/command/findings.h"
#include "compiler/doc/page.h"
#include "compiler/driver/command.h"
#include "compiler/load/paths.h"
#include "compiler/load/snapshot.h"

namespace cdc::driver {
namespace {

constexpr const char* kDocLines =
    "  pipec doc PATH…         a page about pipes, topics and columns, as Markdown or HTML\n";

constexpr const char* kDocHelp = R"(pipec doc PATH… [options]

Writes what readers of the topics want to know: pipes, tables, topics, keys, partitions, filters, and each field with its type, the
columns it is made of, and its comment; `---` lines of the program and COMMENTs of the schema snapshot are part of it. A directory
stands for the `.pipe` files in it that have a pipe.

  --format markdown|html  Markdown (default), or one page of HTML that loads nothing
  --output FILE           writes the page to a file instead of standard output
  --diagnostics FORMAT    how errors are written: human (default), compact, json, sarif, github, gitlab, junit
  --param NAME=VALUE, --params FILE: for the programs that have the parameter
  --schema DIR, --require-schema, --color WHEN, --quiet: as in pipec --help

Exit codes: 0 written · 1 a program has errors, and nothing is written · 2 wrong usage.
)";

struct DocOptions {
  bool html = false;
  std::string output;
};

Status ReadForm(const std::string& value, DocOptions* options) {
  if (value != "markdown" && value != "html") {
    return Usage("`--format` of doc is markdown or html, not `" + value + "`");
  }
  options->html = value == "html";
  return OkStatus();
}

Status WriteTo(const std::string& path, const std::string& text) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << text;
  out.close();
  return out ? OkStatus() : Usage("cannot write `" + path + "`");
}

Result<int> Doc(const std::vector<std::string>& words, const Terminal& terminal) {
  DocOptions own;
  auto read_output = [&](const std::string& value) -> Status {
    own.output = value;
    return OkStatus();
  };
  ASSIGN_OR_RETURN(
      Options options,
      ReadOptions(words, {{"--format", true, [&](const std::string& value) { return ReadForm(value, &own); }},
                          {"--output", true, read_output}}));
  if (options.files.empty()) return Usage("`pipec doc` needs a file or a directory");
  options.compile.spare_params = true;
  options.compile.snapshots = std::make_shared<load::SnapshotCache>();
  const load::FoundFiles found = load::FindPrograms(options.files, {".pipe"});
  Findings findings;
  findings.usage_errors = found.errors;
  std::vector<doc::Page> pages;
  std::map<std::string, size_t> spared;  // given parameters, and how many programs do not have them
  for (const std::string& file : found.files) {
    const compile::Compiled compiled = compile::Compile(file, options.compile);
    findings.Add(compiled);
    for (const std::string& name : compiled.spared_params) ++spared[name];
    if (compiled.plan && !compiled.plan->pipes.empty()) pages.push_back(doc::MakePage(compiled));
  }
  for (const auto& [name, times] : spared) {
    if (times == found.files.size()) return Usage("no program has a parameter `" + name + "`");
  }
  const int code = findings.ExitCode();
  if (code == 0 && pages.empty()) return Usage("there is no pipe to tell about");
  if (code == 0) {
    const std::string text = own.html ? doc::RenderHtml(pages) : doc::RenderMarkdown(pages);
    if (own.output.empty()) {
      terminal.out << text;
    } else {
      RETURN_IF_ERROR(WriteTo(own.output, text));
    }
  }
  Write(findings, options, terminal, true);
  return code;
}

}  // namespace

Command DocCommand() {
  return {.name = "doc", .lines = kDocLines, .help = kDocHelp, .form_option = "--diagnostics", .run = Doc};
}

}  // namespace cdc::driver
