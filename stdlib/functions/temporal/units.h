#pragma once

// The units in which time is counted: `interval 3 month`, `timestampdiff(day, …)`.

#include <optional>
#include <string_view>

#include "stdlib/functions/temporal/moment.h"

namespace cdc::functions {

enum class TimeUnit : uint8_t { kMicrosecond, kSecond, kMinute, kHour, kDay, kWeek, kMonth, kQuarter, kYear };

// By its name in lower case, with or without `sql_tsi_`.
std::optional<TimeUnit> FindTimeUnit(std::string_view name);
inline bool IsMonths(TimeUnit unit) { return unit >= TimeUnit::kMonth; }
inline bool IsClockUnit(TimeUnit unit) { return unit <= TimeUnit::kHour; }
// Months of a unit for which IsMonths() is true, microseconds of any other.
int64_t UnitSize(TimeUnit unit);

// The unit that an argument names; PIPE105 if none does.
std::optional<TimeUnit> UnitOf(const Argument& argument, size_t index, std::optional<Mistake>* mistake);

// Binds a function that adds an amount of a unit to a date or time: where its arguments are.
struct AddArguments {
  size_t date = 0;
  size_t amount = 1;
  std::optional<size_t> unit;  // days without one
};
Binding BindAddUnits(std::string_view function, const std::vector<Argument>& args, const AddArguments& places,
                     Code code);
// `date` with `sign` times the amount added; NULL where no date or time of the type is it. The call's state is the
// TimeUnit.
Value AddUnits(const CallSite& site, const Value& date, const Value& amount, int sign);

}  // namespace cdc::functions
