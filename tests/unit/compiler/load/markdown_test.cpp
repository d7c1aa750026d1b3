#include "compiler/load/markdown.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cdc::load {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Without the space that keeps places as they are.
std::vector<std::string> Programs(const std::string& text) {
  std::vector<std::string> programs = ProgramsInMarkdown(text);
  for (std::string& program : programs) {
    EXPECT_EQ(program.size(), text.size());
    const size_t begin = program.find_first_not_of(" \r\n");
    program = begin == std::string::npos ? "" : program.substr(begin, program.find_last_not_of(" \r\n") + 1 - begin);
  }
  return programs;
}

TEST(Markdown, BlocksMarkedPipe) {
  EXPECT_THAT(Programs("# T\n```pipe\na\n```\ntext ```pipe``` `pipe`\n~~~~ pipe\nb\n~~~\n~~~~\n```sql\nc\n```\n"),
              ElementsAre("a", "b\n~~~"));
  EXPECT_THAT(Programs("1. Item\n\n   ```pipe\r\n   a\r\n   ```\r\n"), ElementsAre("a"));
  EXPECT_THAT(Programs("```pipe\na"), ElementsAre("a"));
  EXPECT_THAT(Programs("```pipe\n```\n"), ElementsAre(""));
}

TEST(Markdown, BlocksThatAreNoWholeProgram) {
  EXPECT_THAT(Programs("```pipe ignore\na\n```\n```pipe in-table\nb\n```\n```\nc\n```\n```pipes\nd\n```\n"), IsEmpty());
  EXPECT_THAT(Programs(""), IsEmpty());
  EXPECT_THAT(Programs("````md\n```pipe\na\n```\n````\n"), IsEmpty());
}

TEST(Markdown, PlacesStay) {
  const std::string text = "caf\xC3\xA9\n```pipe\nx\n```\n";
  EXPECT_EQ(ProgramsInMarkdown(text)[0].find('x'), text.find('x'));
  EXPECT_EQ(ProgramsInMarkdown(text)[0].find('\n'), text.find('\n'));
}

}  // namespace
}  // namespace cdc::load
