#pragma once

// Two plans: what a change does to the consumers of the records, and to the state that a pipe has saved (LANGUAGE
// §15.5). Places in files, layout and comments are no part of it: what is compared is what the plan means, table by
// table of the schema snapshots.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/plan/plan.h"
#include "compiler/plan/text.h"

namespace cdc::diff {

// From harmless to harmful.
enum class Category : uint8_t { kCompatible, kResnapshot, kConsumers, kState };
std::string_view CategoryName(Category category);  // "compatible", "resnapshot", "breaking", "breaking for state"
bool IsBreaking(Category category);

enum class Kind : uint8_t {
#define PIPEWRIGHT_DIFFERENCE(number, enumerator, name, category, meaning) enumerator,
#include "compiler/diff/differences.def"
#undef PIPEWRIGHT_DIFFERENCE
};
std::string KindId(Kind kind);         // "DIFF201"
std::string_view KindName(Kind kind);  // "filter-widened"
Category KindCategory(Kind kind);
std::string_view KindMeaning(Kind kind);  // "rows that now match were never sent"
const std::vector<Kind>& AllKinds();      // by number

struct Difference {
  Kind kind = Kind::kOtherChanged;
  std::string what;    // "where", a column's name, "compression"; empty: the thing itself
  std::string before;  // as the language writes it; empty: it was not there
  std::string after;
  bool operator==(const Difference&) const = default;
};

// What differs of one thing.
struct Section {
  enum class Mark : uint8_t { kChanged, kAdded, kRemoved };
  enum class Of : uint8_t { kProgram, kSource, kSink, kStore, kPipe, kTable };
  Mark mark = Mark::kChanged;
  Of of = Of::kTable;
  std::string pipe;  // of kPipe and kTable: the new pipe's name, the old one's if that is gone
  std::string name;  // "shop.orders", "db"
  std::vector<Difference> differences;
};

struct Diff {
  std::vector<Section> sections;  // program, resources, then pipe by pipe with its tables; none without differences
  std::vector<std::string> notes;

  int Count(Category category) const;
  // LANGUAGE §15.2: 0 no difference, 4 none breaking, 5 some breaking.
  int ExitCode() const;
};

// Lifetime: what it points to outlives the comparison.
struct Side {
  const plan::Plan& plan;
  const std::vector<plan::KnownTables>& tables;  // of the schema snapshots
};

// A source whose tables one side does not know has those of the other; without both, table rules are compared.
Diff Compare(const Side& before, const Side& after);

// For people: sections with their differences, then a line of counts.
std::string RenderText(const Diff& diff);
// One JSON document with two-space indent; `before` and `after` name the two sides.
std::string RenderJson(const Diff& diff, const std::string& before, const std::string& after);

}  // namespace cdc::diff
