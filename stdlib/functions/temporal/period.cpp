#include "stdlib/functions/temporal/period.h"

namespace cdc::functions {
namespace {

int64_t FullPeriodYear(int64_t year) { return year < 70 ? year + 2000 : year < 100 ? year + 1900 : year; }

}  // namespace

std::optional<int64_t> MonthsOfPeriod(const Value& period) {
  __int128 number = IntegerOf(period);
  if (number <= 0 || number > 999'912) return std::nullopt;
  int64_t year = static_cast<int64_t>(number) / 100, month = static_cast<int64_t>(number) % 100;
  if (month < 1 || month > 12) return std::nullopt;
  return FullPeriodYear(year) * 12 + month - 1;
}

int64_t PeriodOfMonths(int64_t months) { return FullPeriodYear(months / 12) * 100 + months % 12 + 1; }

Binding BindPeriod(std::string_view function, const std::vector<Argument>& args, Code code) {
  Binding binding;
  binding.mistake = NeedInteger(function, args, 0);
  if (!binding.mistake) binding.mistake = NeedInteger(function, args, 1);
  binding.code = code;
  binding.result = BigIntType(false, true);
  return binding;
}

}  // namespace cdc::functions
