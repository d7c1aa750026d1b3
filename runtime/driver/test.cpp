#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <iostream>
#include <utility>

#include "compiler/command/findings.h"
#include "compiler/command/options.h"
#include "runtime/driver/log.h"
#include "runtime/driver/subcommand.h"
#include "runtime/driver/test_report.h"

namespace cdc::driver {

using namespace command;
namespace {

constexpr const char* kTestLines =
    R"(  piperun test FILE…      runs the test blocks of programs, in process: no server, no broker
)";

constexpr const char* kTestHelp = R"(piperun test FILE… [options]

Runs the `test` blocks of each program: its statements on tables in memory, built from the schema snapshot, through the
operators and encoders of `run`. Nothing is connected to, no secret is read. What was expected and what came stand side by
side where a test fails.

  --filter TEXT           only tests whose title contains TEXT
  --format FORMAT         human (default), json, junit; on standard output
  --param NAME=VALUE, --params FILE
                          parameters, for tests that do not set them
  --schema DIR            schema snapshots, instead of the project's `schema/`
  --require-schema        refuses a source that has no snapshot
  --color WHEN            auto, always, never
  --quiet, -q             failed tests only

Exit codes: 0 every test passed · 1 a test failed, or a program has errors · 2 wrong usage, also a filter that no title meets.

  $ piperun test orders.pipe
  passed a draft that is paid enters the topic, without the card number
  1 test in 1 file: 1 passed, 0 failed
)";

enum class TestForm { kHuman, kJson, kJunit };

struct TestOptions {
  Options common;
  TestForm form = TestForm::kHuman;
  std::string filter;
};

Status ReadTestForm(const std::string& value, TestForm* form) {
  if (value != "human" && value != "json" && value != "junit") {
    return Usage("`--format` of test is human, json or junit, not `" + value + "`");
  }
  *form = value == "json" ? TestForm::kJson : value == "junit" ? TestForm::kJunit : TestForm::kHuman;
  return OkStatus();
}

Result<TestOptions> ReadTestOptions(const std::vector<std::string>& words) {
  TestOptions options;
  ASSIGN_OR_RETURN(options.common,
                   ReadOptions(words, {{"--format", true,
                                        [&](const std::string& value) { return ReadTestForm(value, &options.form); }},
                                       {"--filter", true, [&](const std::string& value) {
                                          options.filter = value;
                                          return OkStatus();
                                        }}}));
  if (options.common.files.empty()) return Usage("no FILE to test");
  options.common.compile.tests = true;
  return options;
}

TestedFile TestProgram(const std::string& path, const compile::Compiled& compiled, const std::string& filter,
                       testing::BlockRunner* runner) {
  TestedFile file;
  file.path = path;
  if (compiled.ExitCode() != 0) {
    file.errors = compiled.usage_error.empty() ? diag::RenderText(compiled.diagnostics, *compiled.files)
                                               : compiled.usage_error + "\n";
    return file;
  }
  const std::string folder = std::filesystem::absolute(path).parent_path().string();
  for (const compile::CompiledTest& each : compiled.tests) {
    if (each.test.title.find(filter) == std::string::npos) continue;
    const std::string where = plan::Where(*each.plan, each.test.origin);
    file.results.push_back({each.test.title, where, runner->Run(*each.plan, each.test, folder)});
  }
  return file;
}

int TestFiles(const TestOptions& options) {
  const Terminal terminal{std::cout, std::cerr, isatty(STDOUT_FILENO) != 0, isatty(STDERR_FILENO) != 0, ""};
  testing::BlockRunner runner;
  TestReport report;
  Findings findings;
  for (const std::string& path : options.common.files) {
    const compile::Compiled compiled = compile::Compile(path, options.common.compile);
    findings.Add(compiled);
    report.files.push_back(TestProgram(path, compiled, options.filter, &runner));
  }
  switch (options.form) {
    case TestForm::kJson:
      terminal.out << RenderAsJson(report);
      break;
    case TestForm::kJunit:
      terminal.out << RenderAsJunit(report);
      break;
    case TestForm::kHuman:
      if (findings.ExitCode() != 0) {
        terminal.err << diag::RenderText(findings.diagnostics, findings.files,
                                         {.color = WantsColor(options.common.color, terminal.err_is_terminal)});
        for (const std::string& error : findings.usage_errors) terminal.err << "error: " << error << "\n";
      }
      terminal.out << RenderForPeople(report, options.common.quiet,
                                      WantsColor(options.common.color, terminal.out_is_terminal));
      break;
  }
  terminal.out.flush();
  if (!findings.usage_errors.empty()) return 2;
  if (report.Count(false) > 0 || report.broken_files() > 0) return 1;
  if (!options.filter.empty() && report.Count(true) == 0) {
    terminal.err << "error: no test's title contains `" << options.filter << "`\n";
    return 2;
  }
  return 0;
}

int TestWords(const std::vector<std::string>& words) {
  SetUpLog(LogForm::kText, true);
  const auto options = ReadTestOptions(words);
  if (options.ok()) return TestFiles(*options);
  std::fprintf(stderr, "error: %s; see piperun test --help\n", options.error().message().c_str());
  return 2;
}

}  // namespace

Subcommand TestSubcommand() { return {.name = "test", .lines = kTestLines, .help = kTestHelp, .run = TestWords}; }

}  // namespace cdc::driver
