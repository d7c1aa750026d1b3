#include <unistd.h>

#include <iostream>

#include "compiler/driver/driver.h"
#include "stdlib/core/crash_report.h"

int main(int argc, char** argv) {
  cdc::SetUpCrashReports("pipec", PIPEWRIGHT_VERSION);
  std::ios::sync_with_stdio(false);
  cdc::driver::Terminal terminal{std::cout, std::cerr, isatty(STDOUT_FILENO) != 0, isatty(STDERR_FILENO) != 0};
  int code = cdc::driver::RunPipec({argv + 1, argv + argc}, terminal);
  std::cout.flush();
  return std::cout.good() ? code : 2;
}
