#include "runtime/secrets/secret.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>

#include "runtime/secrets/command.h"

namespace cdc::secrets {
namespace {

using catalog::SettingKind;
using catalog::SettingValue;
using ::testing::HasSubstr;
using ::testing::Not;

SettingValue Secret(const std::string& provider, const std::vector<std::string>& words) {
  SettingValue value{.kind = SettingKind::kSecret, .text = words.at(0), .provider = provider};
  for (size_t i = 1; i < words.size(); ++i) value.list.push_back({.kind = SettingKind::kString, .text = words[i]});
  return value;
}

SettingValue Shell(const std::string& script) { return Secret("command", {"sh", "-c", script}); }

std::string ErrorOf(const SettingValue& value) {
  Result<std::string> text = Read(value, "/");
  EXPECT_FALSE(text.ok());
  if (text.ok()) return "";
  EXPECT_EQ(text.error().code(), ErrorCode::kConfig);
  return text.error().message();
}

TEST(Secrets, AVariable) {
  ::setenv("PIPEWRIGHT_TEST_SECRET", "from the environment", 1);
  EXPECT_EQ(Read(Secret("env", {"PIPEWRIGHT_TEST_SECRET"}), "/").value(), "from the environment");
  ::unsetenv("PIPEWRIGHT_TEST_SECRET");
  EXPECT_THAT(ErrorOf(Secret("env", {"PIPEWRIGHT_TEST_SECRET"})), HasSubstr("`PIPEWRIGHT_TEST_SECRET`"));
}

TEST(Secrets, AFileOfTheProject) {
  const std::filesystem::path folder = std::filesystem::temp_directory_path() / "pipewright-secret-test";
  std::filesystem::create_directories(folder / "folder");
  std::ofstream(folder / "one") << "two lines\nand an end\r\n";
  std::ofstream(folder / "large") << std::string(kSecretBytesMax + 1, 'x');
  EXPECT_EQ(Read(Secret("file", {"one"}), folder.string()).value(), "two lines\nand an end");
  EXPECT_THAT(ErrorOf(Secret("file", {(folder / "large").string()})), HasSubstr("more than 64 KiB"));
  EXPECT_THAT(ErrorOf(Secret("file", {(folder / "folder").string()})), HasSubstr("cannot be opened"));
  EXPECT_THAT(ErrorOf(Secret("file", {(folder / "none").string()})), HasSubstr("cannot be opened"));
  std::filesystem::remove_all(folder);
}

TEST(Secrets, ACommandGetsItsWordsAsTheyAre) {
  EXPECT_EQ(Read(Secret("command", {"printf", "%s|%s\\n", "a b", "$HOME;'"}), "/").value(), "a b|$HOME;'");
  EXPECT_EQ(Read(Shell("pwd"), "/usr").value(), "/usr");
  EXPECT_EQ(Read(Shell("cat; echo 'read to its end'"), "/").value(), "read to its end");
}

TEST(Secrets, ACommandThatFailsIsNamedAndNothingOfItIsShown) {
  const std::string text = ErrorOf(Shell("echo hunter2; echo hunter2 >&2; exit 3"));
  EXPECT_THAT(text, HasSubstr("the program `sh`, which a secret is read from, ended with exit code 3"));
  EXPECT_THAT(text, Not(HasSubstr("hunter2")));
  EXPECT_THAT(ErrorOf(Shell("kill -9 $$")), HasSubstr("ended by signal 9"));
  EXPECT_THAT(ErrorOf(Shell("true")), HasSubstr("writes nothing"));
  EXPECT_THAT(ErrorOf(Secret("command", {"/no/such/program"})), HasSubstr("cannot be started: No such file"));
}

TEST(Secrets, ACommandIsBounded) { EXPECT_THAT(ErrorOf(Shell("yes")), HasSubstr("more than 64 KiB")); }

bool IsDead(pid_t process) {
  std::ifstream stat("/proc/" + std::to_string(process) + "/stat");
  std::string number, name, state;
  return !(stat >> number >> name >> state) || state == "Z";
}

TEST(Secrets, ACommandThatHangsIsKilledWithItsChildren) {
  const std::string mark = (std::filesystem::temp_directory_path() / "pipewright-secret-pid").string();
  const Result<std::string> text =
      RunCommand({"sh", "-c", "sleep 600 & echo $! > " + mark + "; wait"}, "/", std::chrono::milliseconds(500));
  ASSERT_FALSE(text.ok());
  EXPECT_THAT(text.error().message(), HasSubstr("had not ended after 500 ms and was killed"));
  pid_t child = 0;
  std::ifstream(mark) >> child;
  ASSERT_GT(child, 0);
  std::filesystem::remove(mark);
  // A signal takes its time: in the end it is dead, or a zombie that its new parent has not asked for yet.
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (!IsDead(child) && std::chrono::steady_clock::now() < deadline) std::this_thread::yield();
  EXPECT_TRUE(IsDead(child));
}

TEST(Secrets, VaultIsRefusedByName) {
  EXPECT_THAT(ErrorOf(Secret("vault", {"kv/shop#password"})), HasSubstr("`vault('kv/shop#password')`"));
}

}  // namespace
}  // namespace cdc::secrets
