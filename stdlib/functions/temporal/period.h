#pragma once

// Periods of period_add and period_diff: months written as 202402 or 2402.

#include "stdlib/functions/typing.h"

namespace cdc::functions {

inline constexpr int64_t kPeriodMonthsMax = int64_t{9999} * 12 + 12;

// Months since the year 0; nothing if it is no period.
std::optional<int64_t> MonthsOfPeriod(const Value& period);
int64_t PeriodOfMonths(int64_t months);
Binding BindPeriod(std::string_view function, const std::vector<Argument>& args, Code code);

}  // namespace cdc::functions
