#include "runtime/bind/program.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <new>

#include "runtime/bind/table_scope.h"
#include "tests/unit/runtime/bind/example_reader.h"

namespace {
std::atomic<size_t> allocations{0};
}  // namespace

[[gnu::noinline]] void* operator new(size_t size) {
  ++allocations;
  void* memory = std::malloc(size);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, size_t) noexcept { std::free(memory); }

namespace cdc::bind {
namespace {

using expr::Expr;
using expr::ExprKind;

Expr Literal(std::string_view text) { return testing::ReadLiteral(text); }
Expr Col(std::string name, expr::Image image = expr::Image::kCurrent) {
  Expr expr;
  expr.kind = ExprKind::kColumn;
  expr.name = std::move(name);
  expr.image = image;
  return expr;
}
Expr Call(std::string name, std::vector<Expr> args) {
  Expr expr;
  expr.kind = ExprKind::kCall;
  expr.name = std::move(name);
  expr.args = std::move(args);
  return expr;
}
Expr Cast(Expr value, std::string_view type, std::string name = "cast") {
  Expr expr;
  expr.kind = ExprKind::kCast;
  expr.name = std::move(name);
  expr.args.push_back(std::move(value));
  expr.cast_type = testing::ReadType(type);
  return expr;
}
Expr Case(std::vector<Expr> args, bool has_operand, bool has_else) {
  Expr expr;
  expr.kind = ExprKind::kCase;
  expr.args = std::move(args);
  expr.has_operand = has_operand;
  expr.has_else = has_else;
  return expr;
}

class ProgramTest : public ::testing::Test {
 protected:
  ProgramTest() {
    Add("id", "bigint unsigned", Value::Uint(7), false);
    Add("status", "enum('new','paid')", Value::Uint(2), false);
    Add("note", "varchar(20)", Value::Text("abc"), true);
    Add("cents", "int", Value::Int(1250), true);
    Add("missing", "int", Value::Null(), true);
    Add("attributes", "json", Value::Json(R"({"channel": "web"})"), true);
  }

  void Add(std::string name, std::string_view type, Value value, bool nullable) {
    Column column;
    column.name = std::move(name);
    column.type = testing::ReadType(type);
    column.type.nullable = nullable;
    columns_.push_back(std::move(column));
    row_.push_back(value);
  }

  Program Compile(const Expr& expr) {
    TableScope scope(&columns_, {});
    expr::Resolution resolution = expr::Resolve(expr, scope);
    EXPECT_TRUE(resolution.problems.empty()) << resolution.problems[0].message;
    return Program::Compile(*resolution.typed);
  }

  std::string Run(const Expr& expr, const Value* before = nullptr) {
    Program program = Compile(expr);
    RowView row;
    row.after = row_.data();
    row.before = before;
    Result<Value> value = program.Evaluate(row, &scratch_);
    return value.ok() ? testing::Show(program.type(), *value) : "error: " + value.error().message();
  }

  std::vector<Column> columns_;
  std::vector<Value> row_;
  Arena scratch_;
};

TEST_F(ProgramTest, ErrorsInBranchesNotTakenDoNotFire) {
  Expr fails = Cast(Col("note"), "int");
  EXPECT_EQ(Run(fails), "error: cannot convert 'abc' to `int`");
  EXPECT_EQ(Run(Call("if", {Call("=", {Col("id"), Literal("7")}), Literal("1"), fails})), "1");
  EXPECT_EQ(Run(Call("if", {Call("=", {Col("id"), Literal("8")}), Literal("1"), fails})),
            "error: cannot convert 'abc' to `int`");
  EXPECT_EQ(Run(Call("and", {Call("=", {Col("id"), Literal("8")}), Call("=", {fails, Literal("1")})})), "false");
  EXPECT_EQ(Run(Call("or", {Call("=", {Col("id"), Literal("7")}), Call("=", {fails, Literal("1")})})), "true");
  EXPECT_EQ(Run(Call("coalesce", {Col("cents"), fails})), "1250");
  EXPECT_EQ(Run(Call("coalesce", {Col("missing"), fails})), "error: cannot convert 'abc' to `int`");
  EXPECT_EQ(Run(Case({Call("is null", {Col("note")}), fails, Literal("true"), Literal("5")}, false, false)), "5");
  EXPECT_EQ(Run(Call("coalesce", {Cast(Col("note"), "int", "try_cast"), Literal("0")})), "0");
}

TEST_F(ProgramTest, CaseWithAnOperandComparesOnce) {
  Expr by_label = Case(
      {Col("status"), Literal("'new'"), Literal("'n'"), Literal("'paid'"), Literal("'p'"), Literal("'?'")}, true, true);
  EXPECT_EQ(Run(by_label), "'p'");
  Expr without_else = Case({Col("id"), Literal("1"), Literal("'one'")}, true, false);
  EXPECT_EQ(Run(without_else), "null");
  // The operand is compared as a decimal with the first, as an integer with the second.
  Expr mixed = Case({Col("id"), Literal("6.5"), Literal("1"), Literal("7"), Literal("2")}, true, false);
  EXPECT_EQ(Run(mixed), "2");
  Expr nested =
      Case({Col("id"), Case({Col("cents"), Literal("1250"), Literal("7")}, true, false), Literal("'in'")}, true, false);
  EXPECT_EQ(Run(nested), "'in'");
  Expr of_null = Case({Col("missing"), Literal("null"), Literal("1"), Literal("2")}, true, true);
  EXPECT_EQ(Run(of_null), "2");
}

TEST_F(ProgramTest, ChangedComparesImages) {
  std::vector<Value> before = row_;
  Expr changed = Call("changed", {Col("status"), Col("cents")});
  EXPECT_EQ(Run(changed, before.data()), "false");
  before[3] = Value::Null();
  EXPECT_EQ(Run(changed, before.data()), "true");
  EXPECT_TRUE(Compile(changed).reads_before());
  EXPECT_THAT(Compile(changed).columns(), ::testing::ElementsAre(1, 3));
  EXPECT_FALSE(Compile(Col("id")).reads_before());
}

TEST_F(ProgramTest, TestTakesNullForFalse) {
  RowView row;
  row.after = row_.data();
  Result<bool> unknown = Compile(Call(">", {Col("missing"), Literal("1")})).Test(row, &scratch_);
  ASSERT_TRUE(unknown.ok());
  EXPECT_FALSE(*unknown);
  Result<bool> yes = Compile(Call(">", {Col("cents"), Literal("1")})).Test(row, &scratch_);
  ASSERT_TRUE(yes.ok());
  EXPECT_TRUE(*yes);
}

TEST_F(ProgramTest, CurrentImageOfADeleteIsBefore) {
  RowView row;
  row.before = row_.data();
  Result<Value> value = Compile(Col("cents")).Evaluate(row, &scratch_);
  ASSERT_TRUE(value.ok());
  EXPECT_EQ(value->integer(), 1250);
  Result<Value> after = Compile(Col("cents", expr::Image::kNew)).Evaluate(row, &scratch_);
  ASSERT_TRUE(after.ok());
  EXPECT_TRUE(after->is_null());
}

TEST_F(ProgramTest, SensitiveValuesStayOutOfMessages) {
  columns_[2].type.sensitive = true;
  EXPECT_EQ(Run(Cast(Col("note"), "int")), "error: cannot convert a `varchar(20)` (sensitive) to `int`");
}

TEST_F(ProgramTest, AWideningConditionOfBitAndTinyintGivesBool) {
  Add("flag", "bit(1)", Value::Uint(0), false);
  EXPECT_EQ(Run(Call("and", {Col("flag"), Literal("true")})), "false");
  row_.back() = Value::Uint(1);
  EXPECT_EQ(Run(Call("or", {Col("flag"), Literal("false")})), "true");
}

TEST_F(ProgramTest, HexAndBitLiteralsAreNumbersBesideNumbers) {
  Add("flag", "bit(9)", Value::Uint(258), false);
  EXPECT_EQ(Run(Call("=", {Col("flag"), Literal("x'0102'")})), "true");
  EXPECT_EQ(Run(Call("in", {Col("flag"), Literal("1"), Literal("x'0102'")})), "true");
  EXPECT_EQ(Run(Call("&", {Col("flag"), Literal("x'02'")})), "2");
  EXPECT_EQ(Run(Case({Col("flag"), Literal("x'0102'"), Literal("1")}, true, false)), "1");
  EXPECT_EQ(Run(Call("concat", {Literal("x'61'"), Literal("x'62'")})), "x'6162'");
}

// One more link of a chain; the braces of Call() would copy the whole of it.
Expr Link(std::string name, Expr left, Expr right) {
  Expr expr = Call(std::move(name), {});
  expr.args.push_back(std::move(left));
  expr.args.push_back(std::move(right));
  return expr;
}

TEST_F(ProgramTest, LongChainsDoNotRecurse) {
  Expr chain = Call("=", {Col("id"), Literal("1")});
  for (int i = 0; i < 5000; ++i) chain = Link("or", std::move(chain), Call("=", {Col("id"), Literal("7")}));
  EXPECT_EQ(Run(chain), "true");
  Expr sum = Col("cents");
  for (int i = 0; i < 5000; ++i) sum = Link("+", std::move(sum), Literal("1"));
  EXPECT_EQ(Run(sum), "6250");
}

TEST_F(ProgramTest, SteadyStateDoesNotAllocate) {
  std::vector<Expr> expressions = {
      Call("in", {Col("status"), Literal("'new'"), Literal("'paid'")}),
      Call("/", {Col("cents"), Literal("100")}),
      Call("concat", {Col("note"), Literal("'-'"), Col("id")}),
      Call("->>", {Col("attributes"), Literal("'$.channel'")}),
      Call("regexp", {Col("note"), Literal("r'^a.c$'")}),
      Call("round", {Call("*", {Col("cents"), Literal("1.175")}), Literal("1")}),
      Call("sha256", {Col("note")}),
      Call("mask", {Call("upper", {Col("note")})}),
      Call("like", {Col("note"), Literal("'a%'")}),
  };
  std::vector<Program> programs;
  for (const Expr& expr : expressions) programs.push_back(Compile(expr));
  RowView row;
  row.after = row_.data();
  for (int warm_up = 0; warm_up < 3; ++warm_up) {
    for (const Program& program : programs) ASSERT_TRUE(program.Evaluate(row, &scratch_).ok());
  }
  scratch_.Reset();
  size_t before = allocations;
  for (int i = 0; i < 100; ++i) {
    for (const Program& program : programs) {
      Result<Value> value = program.Evaluate(row, &scratch_);
      if (!value.ok()) std::abort();
    }
    scratch_.Reset();
  }
  EXPECT_EQ(allocations - before, 0u);
}

}  // namespace
}  // namespace cdc::bind
