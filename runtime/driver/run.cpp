#include <signal.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "compiler/compile/compile.h"
#include "compiler/diag/render.h"
#include "runtime/driver/arguments.h"
#include "runtime/driver/assembly.h"
#include "runtime/driver/log.h"
#include "runtime/driver/progress.h"
#include "runtime/driver/subcommand.h"
#include "runtime/operators/merged_tables.h"

namespace cdc::driver {
namespace {

constexpr int64_t kCleanStopMs = 8'000;   // then what is not committed stays uncommitted
constexpr int64_t kForcedStopMs = 9'500;  // then a thread hangs in a call that nothing interrupts
constexpr int64_t kProgressEveryMs = 1'000;
constexpr int64_t kLoggedProgressEveryMs = 30'000;

void ReportDiagnostics(const compile::Compiled& compiled, const RunArguments& arguments) {
  if (!arguments.json_log) {
    if (compiled.diagnostics.empty()) return;
    std::fputs(diag::RenderText(compiled.diagnostics, *compiled.files, {WantsColor(arguments)}).c_str(), stderr);
    return;
  }
  for (const diag::Diagnostic& found : compiled.diagnostics.all()) {
    std::vector<LogField> fields = {{"id", diag::KindId(found.kind)},
                                    {"kind", std::string(diag::KindName(found.kind))}};
    std::string where;
    if (found.has_span) {
      const source::SourceText& file = compiled.files->Get(found.span.file);
      const source::Place place = file.At(found.span.begin);
      where = compiled.files->Where(found.span) + ": ";
      fields.insert(fields.end(),
                    {{"file", file.path()}, {"line", int64_t{place.line}}, {"column", int64_t{place.column}}});
    }
    const bool error = found.severity == diag::Severity::kError;
    Log(error ? LogLevel::kError : LogLevel::kWarning, where + found.message, fields);
  }
}

// What keeps a program from starting, in the form of the log.
void ReportRefusal(const std::string& text, const RunArguments& arguments) {
  if (arguments.json_log) {
    Log(LogLevel::kError, text);
  } else {
    std::fprintf(stderr, "error: %s\n", text.c_str());
  }
}

bool ShowsProgressLine(const RunArguments& arguments) {
  return isatty(STDERR_FILENO) != 0 && !arguments.quiet && !arguments.json_log;
}

// A JSON plan begins with a brace, a .pipe program never does.
Result<plan::Plan> LoadPlan(const std::string& text, const RunArguments& arguments) {
  if (!arguments.compile_option.empty()) {
    return Error(ErrorCode::kUsage, "`" + arguments.compile_option +
                                        "` is for a .pipe program: this is a plan, which was made with its own");
  }
  ASSIGN_OR_RETURN(plan::Plan plan, plan::FromJson(text));
  if (plan.root.empty()) plan.root = std::filesystem::absolute(arguments.file).parent_path().string();
  if (!arguments.schema_directory.empty()) {
    if (!std::filesystem::is_directory(arguments.schema_directory)) {
      return Error(ErrorCode::kUsage, "`" + arguments.schema_directory + "` is not a directory");
    }
    plan.schema_directory = arguments.schema_directory;
  }
  return plan;
}

// Returns nothing after it printed why, with `*exit_code` set.
std::optional<plan::Plan> CompileProgram(const RunArguments& arguments, int* exit_code) {
  compile::CompileOptions options;
  options.params = arguments.params;
  options.schema_dir = arguments.schema_directory;
  options.require_schema = arguments.require_schema;
  options.demand_params = true;
  compile::Compiled compiled = compile::Compile(arguments.file, options);
  ReportDiagnostics(compiled, arguments);
  if (!compiled.usage_error.empty()) ReportRefusal(compiled.usage_error, arguments);
  *exit_code = compiled.ExitCode();
  return *exit_code != 0 ? std::nullopt : std::move(compiled.plan);
}

std::optional<plan::Plan> LoadProgram(const RunArguments& arguments, int* exit_code) {
  std::error_code error;
  // What is none is refused by the compiler, with its reason.
  const bool is_file = std::filesystem::is_regular_file(arguments.file, error);
  std::ifstream in(is_file ? arguments.file : "", std::ios::binary);
  if (in && (in >> std::ws).peek() == '{') {
    const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    auto plan = LoadPlan(text, arguments);
    if (plan.ok()) return std::move(plan).value();
    ReportRefusal(arguments.file + ": " + plan.error().message(), arguments);
    *exit_code = 2;
    return std::nullopt;
  }
  return CompileProgram(arguments, exit_code);
}

void ReportFailure(const std::string& name, std::vector<LogField> fields, const Error& error) {
  fields.insert(fields.end(), {{"state", "failed"}, {"exit_code", int64_t{engine::ExitCode(error.code())}}});
  Log(LogLevel::kError, "pipe " + name + ": " + error.message(), fields);
}

// A pipe's changes of state; its failure is told where it ends.
engine::PipeRunner::Report ReportStates(const std::string& name, const std::vector<LogField>& place) {
  return [name, place](engine::PipeState state, const std::string& reason) {
    if (state == engine::PipeState::kFailed) return;
    const std::string text = engine::ToText(state);
    const bool needs_a_look = state == engine::PipeState::kRetrying || state == engine::PipeState::kPaused;
    std::vector<LogField> fields = place;
    fields.emplace_back("state", text);
    Log(needs_a_look ? LogLevel::kWarning : LogLevel::kInfo,
        "pipe " + name + ": " + text + (reason.empty() ? "" : ": " + reason), fields);
  };
}

// A position is one server's.
Status CheckStart(const plan::Plan& program, const RunArguments& arguments) {
  if (!arguments.start.starts_with("file:") && !arguments.start.starts_with("gtid:")) return OkStatus();
  for (const plan::Pipe& pipe : program.pipes) {
    if (pipe.sources.size() < 2) continue;
    return Error(ErrorCode::kUsage, "--start " + arguments.start + " is a place of one server, and pipe `" + pipe.name +
                                        "` reads " + std::to_string(pipe.sources.size()) +
                                        "; write `start file { … }` or `start gtid { … }` in each source, or give now, "
                                        "earliest or time:RFC3339");
  }
  return OkStatus();
}

// Every pipe with every source of its own. Reports why not; nothing then.
std::vector<std::unique_ptr<PipeAssembly>> AssembleAll(const plan::Plan& program, const RunArguments& arguments,
                                                       const engine::Clock* clock, const bind::SecretValues& secrets,
                                                       int* exit_code) {
  std::vector<std::unique_ptr<PipeAssembly>> all;
  for (const plan::Pipe& pipe : program.pipes) {
    const auto merged = std::make_shared<operators::MergedTables>();
    for (size_t i = 0; i < pipe.sources.size(); ++i) {
      const std::string name = NameOfRun(pipe, i);
      const std::vector<LogField> place = PlaceFields(pipe, pipe.sources.size() > 1 ? pipe.sources[i] : "");
      auto assembly = Assemble(program, pipe, i, arguments, clock, ReportStates(name, place), secrets, merged);
      if (!assembly.ok()) {
        ReportFailure(name, place, assembly.error());
        *exit_code = engine::ExitCode(assembly.error().code());
        return {};
      }
      all.push_back(std::move(assembly).value());
    }
  }
  return all;
}

// Runs the pipes, each source of each in a thread of its own, and watches over them from this one.
class Operation {
 public:
  Operation(const RunArguments& arguments, std::vector<std::unique_ptr<PipeAssembly>> pipes, const engine::Clock* clock)
      : arguments_(arguments), pipes_(std::move(pipes)), clock_(clock), progress_(&pipes_) {}

  int Run(const sigset_t& signals) {
    std::vector<std::thread> threads;
    for (auto& pipe : pipes_) {
      threads.emplace_back([this, &pipe] { RunPipe(pipe.get()); });
    }
    const bool terminal = ShowsProgressLine(arguments_);
    int64_t next_progress_ms = clock_->NowMs() + kProgressEveryMs;
    while (Running()) {
      const timespec wait{0, 100'000'000};
      if (sigtimedwait(&signals, nullptr, &wait) > 0) BeginStop("asked to stop: committing what was read");
      TellWarnings();
      const int64_t now_ms = clock_->NowMs();
      if (stop_deadline_ms_ != 0 && now_ms >= stop_deadline_ms_) {
        for (auto& pipe : pipes_) pipe->runner->Abandon();
      }
      if (stop_deadline_ms_ != 0 && now_ms >= stop_deadline_ms_ + kForcedStopMs - kCleanStopMs) LeaveAsACrashWould();
      if (now_ms < next_progress_ms) continue;
      next_progress_ms = now_ms + (terminal ? kProgressEveryMs : kLoggedProgressEveryMs);
      ShowProgress(terminal, now_ms);
    }
    if (terminal) std::fputs("\r\x1b[K", stderr);
    for (auto& thread : threads) thread.join();
    TellWarnings();
    ShowProgress(false, clock_->NowMs());
    return exit_code_;
  }

 private:
  void RunPipe(PipeAssembly* pipe) {
    Status ended = pipe->runner->Run();
    std::lock_guard lock(mutex_);
    ++ended_;
    if (ended.ok()) return;
    const int exit_code = engine::ExitCode(ended.error().code());
    ReportFailure(pipe->name, PlaceFields(*pipe->pipe, pipe->source_name), ended.error());
    if (exit_code_ == 0) exit_code_ = exit_code;
    failed_ = true;
  }

  // One failed pipe ends the program: a supervisor sees it, and nothing is lost.
  bool Running() {
    bool failed = false;
    {
      std::lock_guard lock(mutex_);
      if (ended_ == pipes_.size()) return false;
      failed = failed_;
    }
    if (failed) BeginStop("a pipe failed: stopping the others");
    return true;
  }

  void TellWarnings() {
    for (auto& pipe : pipes_) {
      for (const std::string& warning : pipe->transform->TakeWarnings()) {
        Log(LogLevel::kWarning, "pipe " + pipe->name + ": " + warning, PlaceFields(*pipe->pipe, pipe->source_name));
      }
    }
  }

  void BeginStop(const char* why) {
    if (stop_deadline_ms_ != 0) return;
    Log(LogLevel::kInfo, why);
    stop_deadline_ms_ = clock_->NowMs() + kCleanStopMs;
    for (auto& pipe : pipes_) pipe->runner->Stop();
  }

  [[noreturn]] void LeaveAsACrashWould() {
    Log(LogLevel::kError, "still not stopped: leaving at once; what is not committed comes again with the next run");
    std::lock_guard lock(mutex_);
    std::_Exit(exit_code_ == 0 ? engine::ExitCode(ErrorCode::kResource) : exit_code_);
  }

  void ShowProgress(bool terminal, int64_t now_ms) {
    std::string line;
    for (const PipeProgress& pipe : progress_.Next(now_ms)) {
      if (!terminal) Log(LogLevel::kInfo, pipe.text, pipe.fields);
      line += (line.empty() ? "" : "   ") + pipe.text;
    }
    if (terminal) std::fprintf(stderr, "\r\x1b[K%s", line.c_str());
  }

  const RunArguments& arguments_;
  std::vector<std::unique_ptr<PipeAssembly>> pipes_;
  const engine::Clock* clock_;
  Progress progress_;
  std::mutex mutex_;
  size_t ended_ = 0;
  bool failed_ = false;
  int exit_code_ = 0;
  int64_t stop_deadline_ms_ = 0;
};

void WarnOfAlerts(const plan::Plan& program) {
  if (program.alerts.empty()) return;
  std::string names;
  for (const plan::Alert& alert : program.alerts) names += (names.empty() ? "`" : ", `") + alert.name + "`";
  Log(LogLevel::kWarning, "this release does not fire alerts: nobody is told of " + names);
}

// Compiles or loads the program, runs every pipe of it until it ends or a signal asks to stop. Blocks signals for
// every thread to come.
int Run(const RunArguments& arguments) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  signal(SIGPIPE, SIG_IGN);
  SetUpLog(arguments.json_log             ? LogForm::kJson
           : ShowsProgressLine(arguments) ? LogForm::kTextOverProgress
                                          : LogForm::kText,
           arguments.quiet);

  int exit_code = 0;
  std::optional<plan::Plan> program = LoadProgram(arguments, &exit_code);
  if (!program.has_value()) return exit_code;
  if (program->pipes.empty()) {
    ReportRefusal(arguments.file + " has no pipe to run", arguments);
    return 2;
  }
  for (const Status& checked : {CheckSources(*program), CheckStart(*program, arguments)}) {
    if (checked.ok()) continue;
    ReportRefusal(checked.error().message(), arguments);
    return 2;
  }
  WarnOfAlerts(*program);
  auto secrets = ReadExpressionSecrets(*program);
  if (!secrets.ok()) {
    ReportRefusal(secrets.error().message(), arguments);
    return engine::ExitCode(secrets.error().code());
  }
  const auto clock = engine::MakeSystemClock();
  std::vector<std::unique_ptr<PipeAssembly>> pipes =
      AssembleAll(*program, arguments, clock.get(), *secrets, &exit_code);
  if (pipes.empty()) return exit_code;
  return Operation(arguments, std::move(pipes), clock.get()).Run(signals);
}

int RunWords(const std::vector<std::string>& words) {
  auto arguments = ParseRunArguments(words);
  if (arguments.ok()) return Run(*arguments);
  std::fprintf(stderr, "error: %s\n", arguments.error().message().c_str());
  return 2;
}

}  // namespace

Subcommand RunSubcommand() { return {.name = "run", .lines = kRunLines, .help = kRunHelp, .run = RunWords}; }

}  // namespace cdc::driver
