#include <algorithm>
#include <array>

#include "compiler/diff/diff.h"

namespace cdc::diff {
namespace {

struct Entry {
  int number;
  Kind kind;
  std::string_view name;
  Category category;
  std::string_view meaning;
};
constexpr Entry kEntries[] = {
#define PIPEWRIGHT_DIFFERENCE(number, enumerator, name, category, meaning) \
  {number, Kind::enumerator, name, Category::category, meaning},
#include "compiler/diff/differences.def"
#undef PIPEWRIGHT_DIFFERENCE
};

const Entry& EntryOf(Kind kind) { return kEntries[static_cast<size_t>(kind)]; }

}  // namespace

std::string_view CategoryName(Category category) {
  static constexpr std::array<std::string_view, 4> kNames = {"compatible", "resnapshot", "breaking",
                                                             "breaking for state"};
  return kNames[static_cast<size_t>(category)];
}

bool IsBreaking(Category category) { return category >= Category::kConsumers; }

std::string KindId(Kind kind) { return "DIFF" + std::to_string(EntryOf(kind).number); }
std::string_view KindName(Kind kind) { return EntryOf(kind).name; }
Category KindCategory(Kind kind) { return EntryOf(kind).category; }
std::string_view KindMeaning(Kind kind) { return EntryOf(kind).meaning; }

const std::vector<Kind>& AllKinds() {
  static const std::vector<Kind>* const kinds = [] {
    auto* all = new std::vector<Kind>;
    for (const Entry& entry : kEntries) all->push_back(entry.kind);
    return all;
  }();
  return *kinds;
}

int Diff::Count(Category category) const {
  int count = 0;
  for (const Section& section : sections) {
    count += static_cast<int>(
        std::count_if(section.differences.begin(), section.differences.end(),
                      [&](const Difference& difference) { return KindCategory(difference.kind) == category; }));
  }
  return count;
}

int Diff::ExitCode() const {
  if (sections.empty()) return 0;
  return Count(Category::kConsumers) + Count(Category::kState) > 0 ? 5 : 4;
}

}  // namespace cdc::diff
