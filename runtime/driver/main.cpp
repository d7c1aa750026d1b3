#include <malloc.h>

#include <cstdio>
#include <string>
#include <vector>

#include "runtime/driver/arguments.h"
#include "runtime/driver/run.h"
#include "stdlib/core/crash_report.h"

namespace {

// Blocks of about 1 MiB come and go with every batch and every request to a broker: they stay in the heap instead of
// going back to the kernel, which would clear their pages again and again (a tenth of the CPU time of a stream).
void KeepFreedBlocks() {
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 64 << 20);
}

}  // namespace

int main(int argc, char** argv) {
  using namespace cdc::driver;
  cdc::SetUpCrashReports("piperun", PIPEWRIGHT_VERSION);
  KeepFreedBlocks();
  const std::vector<std::string> words(argv + 1, argv + argc);
  const auto wants = [&](size_t at, const char* a, const char* b) {
    return words.size() > at && (words[at] == a || words[at] == b);
  };
  if (words.empty() || wants(0, "--help", "-h")) {
    std::fputs(kHelp, words.empty() ? stderr : stdout);
    return words.empty() ? 2 : 0;
  }
  if (wants(0, "--version", "-V")) {
    std::puts("piperun " PIPEWRIGHT_VERSION);
    return 0;
  }
  if (words[0] != "run") {
    std::fprintf(stderr, "error: `%s` is not a command of this release; see piperun --help\n", words[0].c_str());
    return 2;
  }
  if (wants(1, "--help", "-h")) {
    std::fputs(kRunHelp, stdout);
    return 0;
  }
  auto arguments = ParseRunArguments({words.begin() + 1, words.end()});
  if (!arguments.ok()) {
    std::fprintf(stderr, "error: %s\n", arguments.error().message().c_str());
    return 2;
  }
  return Run(*arguments);
}
