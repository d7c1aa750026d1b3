#include <gtest/gtest.h>

#include <set>
#include <string>

#include "compiler/diag/diagnostic.h"

namespace cdc::diag {
namespace {

TEST(Kinds, NamesAndNumbersFit) {
  EXPECT_EQ(KindId(Kind::kSyntax), "PIPE001");
  EXPECT_EQ(KindId(Kind::kUnknownColumn), "PIPE101");
  EXPECT_EQ(KindName(Kind::kUnknownEnumLabel), "unknown-enum-label");
  EXPECT_EQ(FindKind(204), Kind::kNullDropsRow);
  EXPECT_FALSE(FindKind(3000).has_value());
}

TEST(Kinds, SeverityFollowsTheNumber) {
  std::set<std::string> names;
  int count = 0;
  for (int number = 1; number < 500; ++number) {
    std::optional<Kind> kind = FindKind(number);
    if (!kind) continue;
    ++count;
    EXPECT_TRUE(names.insert(std::string(KindName(*kind))).second) << number;
    Severity expected = number < 200 ? Severity::kError : number < 400 ? Severity::kWarning : Severity::kStyle;
    EXPECT_EQ(KindSeverity(*kind), expected) << number;
  }
  EXPECT_EQ(count, 91);
}

TEST(Diagnostics, SortDropsTheSame) {
  Diagnostics all;
  all.Report(Kind::kSyntax, {0, 9, 10}, "b");
  all.Report(Kind::kSyntax, {0, 1, 2}, "a");
  all.Report(Kind::kSyntax, {0, 9, 10}, "b");
  all.ReportWhole(Kind::kMissingClause, "c");
  all.Sort();
  ASSERT_EQ(all.all().size(), 3u);
  EXPECT_EQ(all.all()[0].message, "a");
  EXPECT_EQ(all.all()[2].message, "c");
  EXPECT_EQ(all.Count(Severity::kError), 3);
}

}  // namespace
}  // namespace cdc::diag
