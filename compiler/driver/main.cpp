#include <time.h>
#include <unistd.h>

#include <iostream>

#include "compiler/driver/driver.h"
#include "stdlib/core/crash_report.h"

namespace {

// Today in UTC, as 2026-11-21. The only look at a clock: all else takes the day as a value.
std::string Today() {
  time_t now = time(nullptr);
  tm day = {};
  char text[16];
  if (gmtime_r(&now, &day) == nullptr || strftime(text, sizeof text, "%Y-%m-%d", &day) == 0) return "";
  return text;
}

}  // namespace

int main(int argc, char** argv) {
  cdc::SetUpCrashReports("pipec", PIPEWRIGHT_VERSION);
  std::ios::sync_with_stdio(false);
  cdc::driver::Terminal terminal{std::cout, std::cerr, isatty(STDOUT_FILENO) != 0, isatty(STDERR_FILENO) != 0, Today()};
  int code = cdc::driver::RunPipec({argv + 1, argv + argc}, terminal);
  std::cout.flush();
  return std::cout.good() ? code : 2;
}
