#include "runtime/driver/run.h"

#include <signal.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <cstdio>
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
#include "runtime/driver/assembly.h"
#include "runtime/driver/log.h"
#include "runtime/driver/progress.h"

namespace cdc::driver {
namespace {

constexpr int64_t kCleanStopMs = 8'000;      // then what is not committed stays uncommitted
constexpr int64_t kProgressEveryMs = 1'000;
constexpr int64_t kLoggedProgressEveryMs = 30'000;

struct Program {
  plan::Plan plan;
  ProgramPlace place;
};

bool WantsColor(const RunArguments& arguments) {
  if (arguments.color == RunArguments::Color::kAuto) return isatty(STDERR_FILENO) != 0;
  return arguments.color == RunArguments::Color::kAlways;
}

// A JSON plan begins with a brace, a .pipe program never does.
Result<Program> LoadPlan(const std::string& text, const std::string& path) {
  ASSIGN_OR_RETURN(plan::Plan plan, plan::FromJson(text));
  const auto directory = std::filesystem::absolute(path).parent_path();
  return Program{std::move(plan), {directory.string(), ""}};
}

// Returns nothing after it printed why, with `*exit_code` set.
std::optional<Program> CompileProgram(const RunArguments& arguments, int* exit_code) {
  compile::CompileOptions options;
  options.params = arguments.params;
  options.schema_dir = arguments.schema_directory;
  options.require_schema = arguments.require_schema;
  options.demand_params = true;
  compile::Compiled compiled = compile::Compile(arguments.file, options);
  if (!compiled.diagnostics.empty()) {
    std::fputs(diag::RenderText(compiled.diagnostics, *compiled.files, {WantsColor(arguments)}).c_str(), stderr);
  }
  if (!compiled.usage_error.empty()) std::fprintf(stderr, "error: %s\n", compiled.usage_error.c_str());
  *exit_code = compiled.ExitCode();
  if (*exit_code != 0 || !compiled.plan.has_value()) return std::nullopt;
  std::string schema = arguments.schema_directory.empty() ? compiled.schema_directory : arguments.schema_directory;
  return Program{std::move(*compiled.plan), {compiled.project_root, std::move(schema)}};
}

std::optional<Program> LoadProgram(const RunArguments& arguments, int* exit_code) {
  std::ifstream in(arguments.file, std::ios::binary);
  if (in && (in >> std::ws).peek() == '{') {
    const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    auto program = LoadPlan(text, arguments.file);
    if (program.ok()) return std::move(program).value();
    std::fprintf(stderr, "error: %s: %s\n", arguments.file.c_str(), program.error().message().c_str());
    *exit_code = 2;
    return std::nullopt;
  }
  return CompileProgram(arguments, exit_code);
}

// Runs the pipes, each in a thread of its own, and watches over them from this one.
class Operation {
 public:
  Operation(const RunArguments& arguments, std::vector<std::unique_ptr<PipeAssembly>> pipes, const engine::Clock* clock)
      : arguments_(arguments), pipes_(std::move(pipes)), clock_(clock), progress_(&pipes_) {}

  int Run(const sigset_t& signals) {
    std::vector<std::thread> threads;
    for (auto& pipe : pipes_) {
      threads.emplace_back([this, &pipe] { RunPipe(pipe.get()); });
    }
    const bool terminal = isatty(STDERR_FILENO) != 0 && !arguments_.quiet && !arguments_.json_log;
    int64_t next_progress_ms = clock_->NowMs() + kProgressEveryMs;
    while (Running()) {
      const timespec wait{0, 100'000'000};
      if (sigtimedwait(&signals, nullptr, &wait) > 0) BeginStop("asked to stop: committing what was read");
      const int64_t now_ms = clock_->NowMs();
      if (stop_deadline_ms_ != 0 && now_ms >= stop_deadline_ms_) {
        for (auto& pipe : pipes_) pipe->runner->Abandon();
      }
      if (now_ms < next_progress_ms) continue;
      next_progress_ms = now_ms + (terminal ? kProgressEveryMs : kLoggedProgressEveryMs);
      ShowProgress(terminal, now_ms);
    }
    if (terminal) std::fputs("\r\x1b[K", stderr);
    for (auto& thread : threads) thread.join();
    spdlog::info(progress_.Next(clock_->NowMs()));
    return exit_code_;
  }

 private:
  void RunPipe(PipeAssembly* pipe) {
    Status ended = pipe->runner->Run();
    std::lock_guard lock(mutex_);
    ++ended_;
    if (ended.ok()) return;
    spdlog::error("pipe {}: {}", pipe->name, ended.error().message());
    if (exit_code_ == 0) exit_code_ = engine::ExitCode(ended.error().code());
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

  void BeginStop(const char* why) {
    if (stop_deadline_ms_ != 0) return;
    spdlog::info(why);
    stop_deadline_ms_ = clock_->NowMs() + kCleanStopMs;
    for (auto& pipe : pipes_) pipe->runner->Stop();
  }

  void ShowProgress(bool terminal, int64_t now_ms) {
    const std::string line = progress_.Next(now_ms);
    if (terminal) {
      std::fprintf(stderr, "\r\x1b[K%s", line.c_str());
    } else {
      spdlog::info(line);
    }
  }

  const RunArguments& arguments_;
  std::vector<std::unique_ptr<PipeAssembly>> pipes_;
  const engine::Clock* clock_;
  ProgressLine progress_;
  std::mutex mutex_;
  size_t ended_ = 0;
  bool failed_ = false;
  int exit_code_ = 0;
  int64_t stop_deadline_ms_ = 0;
};

}  // namespace

int Run(const RunArguments& arguments) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  signal(SIGPIPE, SIG_IGN);
  SetUpLog(arguments.json_log, arguments.quiet);

  int exit_code = 0;
  std::optional<Program> program = LoadProgram(arguments, &exit_code);
  if (!program.has_value()) return exit_code;
  if (program->plan.pipes.empty()) {
    std::fprintf(stderr, "error: %s has no pipe to run\n", arguments.file.c_str());
    return 2;
  }
  const auto clock = engine::MakeSystemClock();
  std::vector<std::unique_ptr<PipeAssembly>> pipes;
  for (const plan::Pipe& pipe : program->plan.pipes) {
    auto report = [name = pipe.name](const std::string& line) { spdlog::info("pipe {}: {}", name, line); };
    auto assembly = Assemble(program->plan, pipe, program->place, arguments, clock.get(), report);
    if (!assembly.ok()) {
      spdlog::error("pipe {}: {}", pipe.name, assembly.error().message());
      return engine::ExitCode(assembly.error().code());
    }
    pipes.push_back(std::move(assembly).value());
  }
  return Operation(arguments, std::move(pipes), clock.get()).Run(signals);
}

}  // namespace cdc::driver
