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

class CrashReportDeathTest : public ::testing::Test {
 protected:
  CrashReportDeathTest() {
    ::testing::GTEST_FLAG(death_test_style) = "threadsafe";
    std::filesystem::create_directories(folder_);
    ::setenv("TMPDIR", folder_.c_str(), 1);
  }
  ~CrashReportDeathTest() override {
    ::unsetenv("TMPDIR");
    std::filesystem::remove_all(folder_);
  }

  std::ptrdiff_t Reports() const { return std::distance(std::filesystem::directory_iterator(folder_), {}); }

  const std::filesystem::path folder_ = "/tmp/pipewright-crash-report-test";
};

TEST_F(CrashReportDeathTest, AnUncaughtExceptionIsExit70) {
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
  EXPECT_EQ(Reports(), 2);
}

TEST_F(CrashReportDeathTest, ABrokenInvariantIsExit70) {
  EXPECT_EXIT(
      {
        SetUpCrashReports("pipec", "1.2.3");
        CHECK(1 + 1 == 3);
      },
      ::testing::ExitedWithCode(70),
      "pipec: internal error: invariant broken: 1 \\+ 1 == 3 at .*crash_report_test\\.cpp:[0-9]+\n"
      "  report: .*/pipec-[0-9]+\\.report\n");
  EXPECT_EQ(Reports(), 1);
}

}  // namespace
}  // namespace cdc
