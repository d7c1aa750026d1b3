#include "stdlib/core/file_names.h"

#include <gtest/gtest.h>

#include <set>

#include "stdlib/core/names.h"

namespace cdc {
namespace {

TEST(FileNames, OrdinaryNamesStand) {
  for (const char* name : {"orders", "Orders", "order_items", "a-b", "a b", "größe", "orders.2026", "_x"}) {
    EXPECT_EQ(FileNameOf(name), name);
  }
}

TEST(FileNames, EscapeWhatFileSystemsRefuse) {
  EXPECT_EQ(FileNameOf("a/b"), "a%2Fb");
  EXPECT_EQ(FileNameOf(".hidden"), "%2Ehidden");
  EXPECT_EQ(FileNameOf(".."), "%2E%2E");
  EXPECT_EQ(FileNameOf("a."), "a%2E");
  EXPECT_EQ(FileNameOf("50%"), "50%25");
  EXPECT_EQ(FileNameOf("c:\\x"), "c%3A%5Cx");
  EXPECT_EQ(FileNameOf("_server.json"), "%5Fserver.json");
}

TEST(FileNames, ComeBack) {
  for (const char* name : {"a/b", ".hidden", "..", "50%", "%41", "%", "%4", "größe", "\x01", "a ", "_server.json"}) {
    EXPECT_EQ(NameOfFile(FileNameOf(name)), name);
  }
  EXPECT_EQ(NameOfFile("100%_by_hand"), "100%_by_hand");
}

TEST(FileNames, ThatDifferInCaseOnly) {
  const std::vector<std::string> names = {"Orders", "orders", "ORDERS", "other", "Äpfel", "äpfel", "Alone"};
  const std::vector<std::string> files = FileNamesOf(names);
  EXPECT_EQ(files[0], "%4Frders");
  EXPECT_EQ(files[1], "orders");
  EXPECT_EQ(files[6], "Alone");
  std::set<std::string> folded;
  for (size_t i = 0; i < names.size(); ++i) {
    EXPECT_TRUE(folded.insert(FoldName(files[i])).second) << files[i];
    EXPECT_EQ(NameOfFile(files[i]), names[i]);
  }
}

}  // namespace
}  // namespace cdc
