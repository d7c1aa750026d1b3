#include "stdlib/core/crash_report.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <new>
#include <stdexcept>
#include <thread>

#include "stdlib/core/check.h"

namespace cdc {
namespace {

TEST(CrashReportDeathTest, AnUncaughtExceptionIsExit70) {
  ::testing::GTEST_FLAG(death_test_style) = "threadsafe";
  const std::filesystem::path folder = "/tmp/pipewright-crash-report-test";
  std::filesystem::create_directories(folder);
  ::setenv("TMPDIR", folder.c_str(), 1);
  EXPECT_EXIT(
      {
        SetUpCrashReports("piperun", "1.2.3");
        std::thread([] { throw std::runtime_error("nobody expected this"); }).join();
      },
      ::testing::ExitedWithCode(70),
      "piperun: internal error: nobody expected this\n  report: .*/piperun-[0-9]+\\.report\nThis is a bug of ours");
  EXPECT_EXIT(
      {
        SetUpCrashReports("piperun", "1.2.3");
        std::thread([] { throw std::bad_alloc(); }).join();
      },
      ::testing::ExitedWithCode(70), "memory ran out");
  ::unsetenv("TMPDIR");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder), {}), 2);
  std::filesystem::remove_all(folder);
}

TEST(CrashReportDeathTest, ABrokenInvariantIsExit70) {
  EXPECT_EXIT(CHECK(1 + 1 == 3), ::testing::ExitedWithCode(70), "invariant broken: 1 \\+ 1 == 3");
}

}  // namespace
}  // namespace cdc
