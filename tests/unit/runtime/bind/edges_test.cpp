// Every function over values that are hard: whatever it answers keeps the promises of its type.

#include <gtest/gtest.h>

#include <random>

#include "runtime/bind/program.h"
#include "stdlib/core/json_text.h"
#include "stdlib/core/utf8.h"
#include "stdlib/core/value_text.h"
#include "stdlib/functions/registry.h"
#include "stdlib/functions/typing.h"
#include "tests/unit/runtime/bind/example_reader.h"

namespace cdc::bind {
namespace {

using expr::Expr;
using expr::ExprKind;
using functions::FunctionDef;

// Columns, and literals where a call wants one.
constexpr std::string_view kHard[] = {
    "true",
    "false",
    "1::tinyint",
    "null::bigint",
    "0::bigint",
    "-1::bigint",
    "3::int",
    "64::bigint",
    "9223372036854775807::bigint",
    "-9223372036854775808::bigint",
    "18446744073709551615::bigint unsigned",
    "true::bool",
    "-0.5::decimal(4,2)",
    "99999999999999999999999999999999999999999999999999999999999999999::decimal(65,0)",
    "1e308::double",
    "-2.5e0::double",
    "0.1e0::float",
    "2155::year",
    "255::bit(8)",
    "null::varchar(8)",
    "''::varchar(8)",
    "'größe 😀'::varchar(8)",
    "'2024-02-29'::varchar(10)",
    "'a'::varchar(1)",
    "x''::varbinary(4)",
    "x'ff00c3'::varbinary(4)",
    "'b'::enum('a','b')",
    "'a,c'::set('a','b','c')",
    "'0000-00-00'::date",
    "'9999-12-31'::date",
    "'2024-02-29'::date",
    "'0001-01-01 00:00:00.000001'::datetime(6)",
    "'9999-12-31 23:59:59.999999'::datetime(6)",
    "'2024-00-00 00:00:00'::datetime",
    "'838:59:59'::time",
    "'-838:59:59'::time",
    "'2024-02-29 12:34:56.789'::timestamp(3)",
    "null::json",
    "'null'::json",
    "'[]'::json",
    "'{\"a\": [1, {\"b\": null}], \"é\": \"x\"}'::json",
    "'-1.5e300'::json",
    "1",
    "-7",
    "256",
    "2.50",
    "null",
    "''",
    "'x'",
    "'$.a[0]'",
    "'$'",
    "'day'",
    "'month'",
    "'one'",
    "'%Y-%m-%d %H'",
    "'%M %j %f'",
    "'+05:30'",
    "'i'",
    "'[a-z]*'",
    "'(.)(.)?'",
    "'6ba7b810-9dad-11d1-80b4-00c04fd430c8'"};

class HardScope : public expr::Scope {
 public:
  std::vector<Type> types;
  std::optional<ColumnRef> FindColumn(std::string_view name) const override {
    size_t index = static_cast<size_t>(std::stoi(std::string(name.substr(1))));
    return ColumnRef{static_cast<int>(index), types[index]};
  }
  std::vector<std::string> ColumnNames() const override { return {}; }
  std::string TableName() const override { return "t"; }
  std::vector<std::string> MatchNames() const override { return {}; }
  bool HasImages() const override { return false; }
  bool HasColumns() const override { return true; }
};

void CheckPromises(const Type& type, const Value& value) {
  if (value.is_null()) {
    EXPECT_TRUE(type.nullable);
    return;
  }
  EXPECT_EQ(value.kind(), functions::ShapeOf(type));
  if (value.kind() == ValueKind::kText) {
    EXPECT_TRUE(IsUtf8(value.text()));
    EXPECT_LE(CountCharacters(value.text()), TextLengthMax(type));
  } else if (value.kind() == ValueKind::kBytes) {
    EXPECT_LE(value.text().size(), TextLengthMax(type));
  } else if (value.kind() == ValueKind::kJson) {
    EXPECT_TRUE(IsJson(value.text())) << value.text();
  } else if (value.kind() == ValueKind::kDecimal) {
    Arena scratch;
    Value fitted;
    EXPECT_TRUE(functions::FitDecimal(functions::DecimalOf(value), type, &fitted, &scratch)) << value.text();
  }
}

// Whether the call has a type; what it gives is checked.
bool CheckCall(const FunctionDef& def, const std::vector<std::string_view>& args) {
  std::string name(def.name);
  Arena arena;
  HardScope scope;
  std::vector<Value> row;
  Expr call;
  call.kind = ExprKind::kCall;
  call.name = name;
  for (std::string_view text : args) {
    name += " | " + std::string(text);
    testing::ExampleArgument arg = testing::ReadArgument(text);
    if (!arg.is_typed) {
      call.args.push_back(arg.literal);
      continue;
    }
    Expr column;
    column.kind = ExprKind::kColumn;
    column.name = "c" + std::to_string(row.size());
    call.args.push_back(column);
    scope.types.push_back(arg.type);
    row.push_back(testing::ValueOf(arg.literal, arg.type, &arena));
    scope.types.back().nullable = row.back().is_null();
  }
  SCOPED_TRACE(name);
  expr::Resolution resolution = expr::Resolve(call, scope);
  if (!resolution.typed) return false;
  Program program = Program::Compile(*resolution.typed);
  RowView view;
  view.after = row.data();
  Arena scratch;
  Result<Value> value = program.Evaluate(view, &scratch);
  if (value.ok()) CheckPromises(program.type(), *value);
  return true;
}

TEST(FunctionEdges, ResultsKeepThePromisesOfTheirTypes) {
  constexpr int kCalls = 120;
  std::mt19937 random(20241130);
  int typed = 0;
  for (const FunctionDef* def : functions::AllFunctions()) {
    if (def->form == functions::Form::kCast || def->bind == nullptr) continue;
    size_t needed = 0;
    for (const functions::Parameter& parameter : def->parameters) needed += parameter.optional ? 0 : 1;
    size_t most = def->parameters.size() + (def->variadic ? 2 : 0);
    for (int i = 0; i < kCalls; ++i) {
      std::vector<std::string_view> args(needed + random() % (most - needed + 1));
      for (std::string_view& arg : args) arg = kHard[random() % std::size(kHard)];
      typed += CheckCall(*def, args) ? 1 : 0;
    }
  }
  // Most calls are refused for the types of their arguments.
  EXPECT_GT(typed, 3000);
}

}  // namespace
}  // namespace cdc::bind
