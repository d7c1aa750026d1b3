// Functions that a program declares, from their text to a value: arguments and results take the declared types.

#include <gtest/gtest.h>

#include "compiler/compile/compile.h"
#include "runtime/bind/program.h"
#include "runtime/bind/table_scope.h"
#include "tests/unit/compiler/program_folder.h"
#include "tests/unit/runtime/bind/example_reader.h"

namespace cdc::bind {
namespace {

constexpr const char* kFunctions = R"(
function dollars(c: int) returns decimal(12, 2) = c / 300;
function same(Value: varchar(20)) returns varchar(20) = value;
function rounded(n: decimal(12, 1)) returns decimal(12, 1) = n;
function outer(a: int, b: int) returns decimal(12, 2) = dollars(b);
)";

// The value and type of a call, through the plan's JSON form, for a row (cents 1250, price 2.46, value 'wrong').
std::string ValueOfCall(const std::string& call) {
  testing::ProgramFolder folder;
  const std::string path = folder.Write("a.pipe", kFunctions + std::string(R"(
source db: mysql { address = 'h'; user = 'u'; }
sink bus: stdout {}
pipe p { from db; into bus; table a.b { select )") + call +
                                                      " as result; } }\n");
  compile::Compiled compiled = compile::Compile(path, {});
  EXPECT_EQ(diag::RenderCompact(compiled.diagnostics, *compiled.files), "");
  if (!compiled.plan) return "";
  Result<plan::Plan> plan = plan::FromJson(plan::ToJson(*compiled.plan));
  EXPECT_TRUE(plan.ok());

  std::vector<Column> columns(3);
  columns[0].name = "cents";
  columns[0].type = testing::ReadType("int");
  columns[1].name = "price";
  columns[1].type = testing::ReadType("decimal(10,2)");
  columns[2].name = "value";
  columns[2].type = testing::ReadType("varchar(20)");
  TableScope scope(&columns, {});
  expr::Resolution resolution = expr::Resolve(plan->pipes[0].tables[0].select[0].value, scope);
  if (!resolution.problems.empty()) return "problem: " + resolution.problems[0].message;
  Program program = Program::Compile(*resolution.typed);
  const Value values[] = {Value::Int(1250), Value::Decimal("2.46"), Value::Text("wrong")};
  RowView row;
  row.after = values;
  Arena scratch;
  Result<Value> value = program.Evaluate(row, &scratch);
  if (!value.ok()) return "error: " + value.error().message();
  return testing::Show(program.type(), *value) + " " + TypeText(program.type());
}

TEST(Functions, ResultsHaveTheDeclaredType) {
  EXPECT_EQ(ValueOfCall("dollars(cents)"), "4.17 decimal(12,2)");
  EXPECT_EQ(ValueOfCall("dollars(c => 100)"), "0.33 decimal(12,2)");
  EXPECT_EQ(ValueOfCall("outer(1, cents) + 0"), "4.17 decimal(13,2)");
}

TEST(Functions, ArgumentsAreConvertedFirst) {
  EXPECT_EQ(ValueOfCall("rounded(price)"), "2.5 decimal(12,1)");
  EXPECT_EQ(ValueOfCall("dollars(value)"), "problem: not every `varchar(20)` is a value of `int`");
}

TEST(Functions, ArgumentsAreFoundWhateverTheirCase) { EXPECT_EQ(ValueOfCall("same('right')"), "'right' varchar(20)"); }

}  // namespace
}  // namespace cdc::bind
