// The examples of every function, each evaluated over columns, folded from the same typed tree, and folded
// from literals: three ways, one answer.

#include <gtest/gtest.h>

#include "runtime/bind/program.h"
#include "stdlib/expr/fold.h"
#include "stdlib/expr/literal.h"
#include "stdlib/functions/registry.h"
#include "stdlib/functions/typing.h"
#include "tests/unit/runtime/bind/example_reader.h"

namespace cdc::bind {
namespace {

using expr::Expr;
using expr::ExprKind;
using expr::Typed;
using functions::Example;
using functions::FunctionDef;
using testing::ExampleArgument;

class ColumnsScope : public expr::Scope {
 public:
  explicit ColumnsScope(std::vector<Type> types) : types_(std::move(types)) {}
  std::optional<ColumnRef> FindColumn(std::string_view name) const override {
    size_t index = static_cast<size_t>(name[1] - '0');
    return ColumnRef{static_cast<int>(index), types_[index]};
  }
  std::vector<std::string> ColumnNames() const override { return {}; }
  std::string TableName() const override { return "t"; }
  std::vector<std::string> MatchNames() const override { return {}; }
  bool HasImages() const override { return false; }
  bool HasColumns() const override { return true; }

 private:
  std::vector<Type> types_;
};

Expr ColumnExpr(size_t index) {
  Expr expr;
  expr.kind = ExprKind::kColumn;
  expr.name = "c" + std::to_string(index);
  return expr;
}

// A type for a column that holds an untyped literal.
Type TypeOfLiteral(const Expr& literal) {
  Expr positive = literal.kind == ExprKind::kCall ? literal.args[0] : literal;
  std::vector<expr::Problem> problems;
  Type type = expr::TypedLiteral(positive, &problems)->type;
  if (type.kind == TypeKind::kNull) type = functions::BoolType(true);
  type.nullable = true;
  return type;
}

struct ExampleCase {
  const FunctionDef* def;
  const Example* example;

  std::string Name() const {
    std::string text = std::string(def->name) + "(";
    for (std::string_view arg : example->args) text += std::string(arg) + ", ";
    return text + ") = " + std::string(example->result);
  }

  // `columns[i]`: whether argument i is a column.
  Expr Call(const std::vector<ExampleArgument>& args, const std::vector<bool>& columns) const {
    Expr call;
    call.kind = def->form == functions::Form::kCast ? ExprKind::kCast : ExprKind::kCall;
    call.name = std::string(def->name);
    bool named = false;
    for (size_t i = 0; i < args.size(); ++i) {
      if (args[i].is_cast_type) {
        call.cast_type = args[i].type;
        continue;
      }
      call.args.push_back(columns[i] ? ColumnExpr(i) : args[i].literal);
      call.arg_names.push_back(args[i].name);
      named = named || !args[i].name.empty();
    }
    if (!named) call.arg_names.clear();
    return call;
  }
};

std::string Evaluate(const Typed& typed, const std::vector<Value>& row) {
  Arena scratch;
  Program program = Program::Compile(typed);
  RowView view;
  view.after = row.data();
  Result<Value> value = program.Evaluate(view, &scratch);
  return value.ok() ? testing::Show(program.type(), *value) : "error: " + value.error().message();
}

void ReplaceColumns(Typed* typed, const std::vector<Value>& row) {
  if (typed->kind == ExprKind::kColumn) return expr::MakeConstant(typed, row[static_cast<size_t>(typed->index)]);
  for (Typed& arg : typed->args) ReplaceColumns(&arg, row);
}

void Check(const ExampleCase& c) {
  SCOPED_TRACE(c.Name());
  Arena arena;
  std::vector<ExampleArgument> args;
  std::vector<Type> types;
  std::vector<Value> row;
  std::vector<bool> columns;
  bool any_typed = false;
  for (std::string_view text : c.example->args) {
    ExampleArgument arg = testing::ReadArgument(text);
    if (!arg.is_typed && !arg.is_cast_type) arg.type = TypeOfLiteral(arg.literal);
    types.push_back(arg.type);
    row.push_back(arg.is_cast_type ? Value() : testing::ValueOf(arg.literal, arg.type, &arena));
    columns.push_back(arg.is_typed || args.empty());
    any_typed = any_typed || arg.is_typed;
    args.push_back(std::move(arg));
  }
  ColumnsScope scope(types);
  expr::Resolution over_columns = expr::Resolve(c.Call(args, columns), scope);
  if (!over_columns.problems.empty() && !args[0].is_typed) {
    // A literal first argument that only a literal can be: the date of date_format.
    columns[0] = false;
    over_columns = expr::Resolve(c.Call(args, columns), scope);
  }
  ASSERT_TRUE(over_columns.typed.has_value())
      << (over_columns.problems.empty() ? "" : over_columns.problems[0].message);
  std::string expected(c.example->result);
  EXPECT_EQ(Evaluate(*over_columns.typed, row), expected);

  Typed folded = *over_columns.typed;
  ReplaceColumns(&folded, row);
  expr::Fold(&folded);
  EXPECT_EQ(expr::IsConstant(folded), expected.rfind("error: ", 0) != 0);
  EXPECT_EQ(Evaluate(folded, {}), expected);

  if (any_typed) return;
  expr::Resolution literals = expr::Resolve(c.Call(args, std::vector<bool>(args.size(), false)), scope);
  ASSERT_TRUE(literals.typed.has_value()) << (literals.problems.empty() ? "" : literals.problems[0].message);
  EXPECT_EQ(expr::IsConstant(*literals.typed), expected.rfind("error: ", 0) != 0);
  EXPECT_EQ(Evaluate(*literals.typed, {}), expected);
}

TEST(FunctionExamples, AreTrueHoweverTheyAreEvaluated) {
  size_t count = 0;
  for (const FunctionDef* def : functions::AllFunctions()) {
    for (const Example& example : def->examples) {
      Check({def, &example});
      ++count;
    }
  }
  EXPECT_GT(count, 750u);
}

TEST(FunctionExamples, EveryFunctionIsDocumented) {
  size_t named = 0;
  for (const FunctionDef* def : functions::AllFunctions()) {
    SCOPED_TRACE(def->name);
    named += def->family == "operator" ? 0 : 1;
    EXPECT_FALSE(def->doc.empty());
    EXPECT_FALSE(def->family.empty());
    EXPECT_FALSE(def->result_rule.empty());
    const bool of_row = def->form == functions::Form::kChanged || def->form == functions::Form::kClock;
    EXPECT_EQ(def->examples.empty(), of_row);
    EXPECT_EQ(functions::FindFunction(def->name), def);
    for (std::string_view alias : def->aliases) EXPECT_EQ(functions::FindFunction(alias), def);
  }
  EXPECT_GE(named, 120u);
}

}  // namespace
}  // namespace cdc::bind
