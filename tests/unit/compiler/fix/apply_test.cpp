#include "compiler/fix/apply.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cdc::fix {
namespace {

using ::testing::ElementsAre;

diag::Fix Fix(std::vector<diag::Edit> edits) { return {"", diag::Applicability::kMachine, std::move(edits)}; }
diag::Edit Edit(uint32_t begin, uint32_t end, std::string text) { return {{0, begin, end}, std::move(text)}; }

struct Made {
  std::string text;
  std::vector<size_t> applied;
};
Made MakeAll(const std::string& text, const std::vector<diag::Fix>& fixes) {
  Made made;
  made.text = Apply(text, fixes, &made.applied);
  return made;
}

TEST(Apply, MakesFixesApartFromEachOther) {
  const Made made = MakeAll("abcdef", {Fix({Edit(4, 5, "E")}), Fix({Edit(0, 1, ""), Edit(2, 2, "-")})});
  EXPECT_EQ(made.text, "b-cdEf");
  EXPECT_THAT(made.applied, ElementsAre(0u, 1u));
}

TEST(Apply, OfTwoThatOverlapTheFirstInTheTextIsMade) {
  const Made made = MakeAll("abcdef", {Fix({Edit(2, 5, "late")}), Fix({Edit(1, 3, "early")})});
  EXPECT_EQ(made.text, "aearlydef");
  EXPECT_THAT(made.applied, ElementsAre(1u));
}

TEST(Apply, OfTwoAtOnePlaceTheFirstOfTheListIsMade) {
  EXPECT_EQ(MakeAll("ab", {Fix({Edit(1, 1, "x")}), Fix({Edit(1, 1, "y")})}).text, "axb");
  EXPECT_EQ(MakeAll("ab", {Fix({Edit(0, 1, "x")}), Fix({Edit(1, 1, "y")})}).text, "xb");
  EXPECT_EQ(MakeAll("ab", {Fix({Edit(0, 1, "x")}), Fix({Edit(1, 2, "y")})}).text, "xy");
}

TEST(Apply, AFixIsMadeWholeOrNotAtAll) {
  const Made made = MakeAll("abcdef", {Fix({Edit(0, 1, "A"), Edit(5, 6, "F")}), Fix({Edit(3, 6, "late")})});
  EXPECT_EQ(made.text, "AbcdeF");
  EXPECT_EQ(MakeAll("ab", {Fix({Edit(0, 1, "A"), Edit(7, 9, "x")})}).text, "ab");
  EXPECT_EQ(MakeAll("ab", {Fix({})}).applied.size(), 0u);
}

}  // namespace
}  // namespace cdc::fix
