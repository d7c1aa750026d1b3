#include "stdlib/core/crash_report.h"

#include <execinfo.h>
#include <fcntl.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <new>
#include <stdexcept>

#include "stdlib/core/check.h"

// Of the program, if that is a fuzz target.
extern "C" __attribute__((weak)) int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace cdc {
namespace {

constexpr int kExitCode = 70;
constexpr int kFramesMax = 64;

const char* program_name = "pipewright";
const char* program_version = "";

// Writes the report without allocating: memory may be what ran out. False: there is none.
bool WriteReport(const char* path, const char* what) {
  const int file = ::open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) return false;
  ::dprintf(file, "%s %s ended by an internal error: %s\n\nstack:\n", program_name, program_version, what);
  void* frames[kFramesMax];
  ::backtrace_symbols_fd(frames, ::backtrace(frames, kFramesMax), file);
  ::close(file);
  return true;
}

[[noreturn]] void End(const char* what) {
  const char* folder = std::getenv("TMPDIR");
  if (folder == nullptr || *folder == '\0') folder = "/tmp";
  char path[4096];
  std::snprintf(path, sizeof path, "%s/%s-%d.report", folder, program_name, static_cast<int>(::getpid()));
  const bool written = WriteReport(path, what);
  std::fprintf(stderr, "%s: internal error: %s\n", program_name, what);
  if (written) std::fprintf(stderr, "  report: %s\n", path);
  std::fputs(
      "This is a bug of ours; please report it with this text. Starting again is safe: what was committed stays.\n",
      stderr);
  std::fflush(stderr);
  // libFuzzer saves the input on a signal only.
  if (LLVMFuzzerTestOneInput != nullptr) std::abort();
  std::_Exit(kExitCode);
}

[[noreturn]] void OnTerminate() {
  const std::exception_ptr exception = std::current_exception();
  if (exception == nullptr) End("ended without an exception");
  try {
    std::rethrow_exception(exception);
  } catch (const std::bad_alloc&) {
    End("memory ran out");
  } catch (const std::exception& error) {
    End(error.what());
  } catch (...) {
    End("an exception of an unknown kind");
  }
}

}  // namespace

void CheckFailed(const char* condition, const char* file, int line) {
  char what[512];
  std::snprintf(what, sizeof what, "invariant broken: %s at %s:%d", condition, file, line);
  End(what);
}

void SetUpCrashReports(const char* program, const char* version) {
  program_name = program;
  program_version = version;
  // The first call loads a library: not when memory is gone.
  void* frame = nullptr;
  ::backtrace(&frame, 1);
  std::set_terminate(OnTerminate);
}

}  // namespace cdc
