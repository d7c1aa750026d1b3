#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "compiler/diff/diff.h"
#include "compiler/diff/other_fields.h"
#include "compiler/explain/explain.h"
#include "stdlib/catalog/catalog.h"

namespace cdc::diff {
namespace {

using ::testing::IsEmpty;

plan::Plan MakePlan() {
  plan::Plan made;
  made.program = "shop";
  made.sources = {{"db", "mysql", {}}};
  made.sinks = {{"bus", "kafka", {}}};
  plan::Pipe& pipe = made.pipes.emplace_back();
  pipe.name = "orders";
  pipe.sources = {"db"};
  pipe.sink = "bus";
  plan::TableRule& rule = pipe.tables.emplace_back();
  rule.database.text = "shop";
  rule.table.text = "orders";
  return made;
}

std::vector<Kind> KindsOf(const Diff& diff) {
  std::vector<Kind> kinds;
  for (const Section& section : diff.sections) {
    for (const Difference& difference : section.differences) kinds.push_back(difference.kind);
  }
  return kinds;
}

TEST(Compare, EqualPlansDoNotDiffer) {
  plan::Plan before = MakePlan();
  plan::Plan after = before;
  // Places in files are no part of the comparison.
  after.root = "/elsewhere";
  after.files = {{"x.pipe", "text"}};
  after.pipes[0].tables[0].origin = {1, 2, 3};
  after.pipes[0].tables[0].key.origin = {1, 2, 3};
  const Diff diff = Compare({before, {}}, {after, {}});
  EXPECT_THAT(diff.sections, IsEmpty());
  EXPECT_EQ(diff.ExitCode(), 0);
}

TEST(Compare, HowTheSourceIsRead) {
  plan::Plan before = MakePlan();
  plan::Plan after = before;
  after.sources[0].settings.Set("zone", catalog::TextValue("+02:00"));
  const Diff diff = Compare({before, {}}, {after, {}});
  EXPECT_EQ(KindsOf(diff), std::vector<Kind>{Kind::kReadingChanged});
  EXPECT_EQ(diff.ExitCode(), 4);
}

TEST(Compare, AFailoverAddressIsTheSameSource) {
  plan::Plan before = MakePlan();
  before.sources[0].settings.Set("address", catalog::TextValue("a:3306"));
  before.sources[0].settings.Set("failover", catalog::ListValue({catalog::TextValue("b:3306")}));
  plan::Plan after = before;
  after.sources[0].settings.Set("address", catalog::TextValue("b:3306"));
  EXPECT_EQ(KindsOf(Compare({before, {}}, {after, {}})), std::vector<Kind>{Kind::kSettingChanged});
  after.sources[0].settings.Set("address", catalog::TextValue("c:3306"));
  EXPECT_EQ(KindsOf(Compare({before, {}}, {after, {}})), std::vector<Kind>{Kind::kSourceChanged});
}

TEST(OtherFields, TellWhatTheyDoNotKnow) {
  std::vector<Difference> differences;
  AddOtherFields({{"merge", "strict"}}, {{"merge", "widen"}, {"sensitive", "[1]"}}, &differences);
  ASSERT_EQ(differences.size(), 2u);
  EXPECT_EQ(differences[0], (Difference{Kind::kOtherChanged, "merge", "strict", "widen"}));
  EXPECT_EQ(differences[1], (Difference{Kind::kSettingChanged, "sensitive", "", "[1]"}));
}

TEST(OtherFields, OfAPlanThatIsComparedInFull) {
  const plan::Plan plan = MakePlan();
  EXPECT_THAT(OtherFieldsOf(plan), IsEmpty());
  EXPECT_THAT(OtherFieldsOf(plan.pipes[0]), IsEmpty());
  EXPECT_THAT(OtherFieldsOf(plan.pipes[0].tables[0]), IsEmpty());
  EXPECT_THAT(OtherFieldsOf(plan.sources[0]), IsEmpty());
}

TEST(Kinds, EachHasASection) {
  for (Kind kind : AllKinds()) {
    const std::string heading = "# " + KindId(kind) + " " + std::string(KindName(kind)) + "\n";
    EXPECT_EQ(explain::Explain(KindId(kind)).substr(0, heading.size()), heading);
    EXPECT_EQ(explain::Explain(KindName(kind)).substr(0, heading.size()), heading);
  }
}

}  // namespace
}  // namespace cdc::diff
