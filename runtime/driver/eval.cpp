#include <unistd.h>

#include <cstdio>
#include <iostream>
#include <optional>
#include <utility>

#include "compiler/command/findings.h"
#include "compiler/command/options.h"
#include "compiler/compile/expression.h"
#include "compiler/diag/render.h"
#include "runtime/bind/expression.h"
#include "runtime/bind/table_scope.h"
#include "runtime/driver/subcommand.h"
#include "runtime/testing/blocks/memory_tables.h"
#include "runtime/testing/blocks/value_literal.h"
#include "stdlib/core/json_text.h"
#include "stdlib/core/value_copy.h"

namespace cdc::driver {

using namespace command;
namespace {

constexpr const char* kEvalLines =
    R"(  piperun eval EXPR       type and value of an expression
)";

constexpr const char* kEvalHelp = R"help(piperun eval EXPR [options]

Prints the type of an expression of the language, whether it may be NULL, and its value.

  --table DB.TABLE        its columns may be used, from the schema snapshot; SOURCE.DB.TABLE where several have it
  --row JSON              values of columns, {"status": "paid"}; the others have their defaults
  --param NAME=VALUE, --params FILE
                          values of param.NAME
  --schema DIR            schema snapshots, instead of `schema/`
  --format human|json     human (default), or one JSON object
  --color WHEN            auto, always, never

Exit codes: 0 · 1 the expression is wrong, or fails for this row · 2 wrong usage.

  $ piperun eval "date_format('2026-03-01', '%Y-%m')"
  type      varchar(7)
  nullable  yes
  value     '2026-03'
)help";

struct EvalOptions {
  Options common;
  compile::ExpressionOptions expression;
  std::string row;
  bool json = false;
};

Result<EvalOptions> ReadEvalOptions(const std::vector<std::string>& words) {
  EvalOptions options;
  const auto text_into = [](std::string* to) {
    return [to](const std::string& value) {
      *to = value;
      return OkStatus();
    };
  };
  const auto form = [&options](const std::string& value) -> Status {
    if (value != "human" && value != "json") return Usage("`--format` of eval is human or json, not `" + value + "`");
    options.json = value == "json";
    return OkStatus();
  };
  ASSIGN_OR_RETURN(options.common, ReadOptions(words, {{"--table", true, text_into(&options.expression.table)},
                                                       {"--row", true, text_into(&options.row)},
                                                       {"--format", true, form}}));
  if (options.common.files.size() != 1) {
    return Usage("one expression is evaluated, not " + std::to_string(options.common.files.size()) +
                 "; write it in quotes of the shell");
  }
  if (!options.row.empty() && options.expression.table.empty()) return Usage("`--row` needs `--table`");
  options.expression.params = options.common.compile.params;
  options.expression.schema_dir = options.common.compile.schema_dir;
  return options;
}

Error BadRow(const std::string& why) { return Error(ErrorCode::kUsage, "--row: " + why); }

// A member's value as a literal of the language.
expr::Expr LiteralOfJson(std::string_view json, Arena* arena) {
  expr::Expr literal;
  switch (KindOfJson(json)) {
    case JsonKind::kNull:
      break;
    case JsonKind::kBool:
      literal.literal = {expr::LiteralKind::kBool, std::string(json)};
      break;
    case JsonKind::kNumber: {
      const bool real = json.find_first_of("eE") != std::string_view::npos;
      const bool whole = json.find('.') == std::string_view::npos;
      literal.literal = {real    ? expr::LiteralKind::kDouble
                         : whole ? expr::LiteralKind::kInteger
                                 : expr::LiteralKind::kDecimal,
                         std::string(json)};
      break;
    }
    case JsonKind::kString:
      literal.literal = {expr::LiteralKind::kString, std::string(JsonUnquote(json, arena))};
      break;
    case JsonKind::kArray:
    case JsonKind::kObject:
      literal.literal = {expr::LiteralKind::kString, std::string(json)};
      break;
  }
  return literal;
}

// A row of the table: what `json` says, the rest at its defaults. Errors: kUsage, kConfig.
Result<const Value*> RowOf(const std::string& json, testing::MemoryTable* table, testing::MemoryTables* tables) {
  const size_t begin = json.find_first_not_of(" \t\r\n");
  if (!IsJson(json) || json[begin] != '{') return BadRow("this is no JSON object");
  const std::string_view object = std::string_view(json).substr(begin, json.find_last_not_of(" \t\r\n") + 1 - begin);
  std::vector<int> columns;
  std::vector<Value> values;
  std::vector<Type> types;
  const plan::Plan nowhere;
  const bind::TableScope scope(nullptr, {});
  for (JsonReader member(object); member.Next();) {
    const std::string name(JsonUnquote(member.key(), tables->arena()));
    columns.push_back(table->schema.Find(name));
    if (columns.back() < 0) return BadRow("the table has no column `" + name + "`");
    bind::Problems problems(&nowhere);
    const auto bound = bind::BindValue(LiteralOfJson(member.value(), tables->arena()), scope, &problems);
    if (!bound) return BadRow("the value of `" + name + "` is too large");
    ASSIGN_OR_RETURN(const Value value, bound->program.Evaluate({}, tables->arena()));
    values.push_back(CopyValue(value, tables->arena()));
    types.push_back(bound->type);
  }
  return tables->Insert(table, columns, values, types);
}

void Print(const EvalOptions& options, const Type& type, const Value& value) {
  const std::string literal = testing::LiteralText(type, value);
  const std::string name = type.kind == TypeKind::kNull ? "null" : TypeText(type);
  if (!options.json) {
    std::printf("type      %s\nnullable  %s\nvalue     %s\n", name.c_str(), type.nullable ? "yes" : "no",
                literal.c_str());
    return;
  }
  OutBuffer out;
  out.Append("{\"type\":");
  AppendJsonString(name, &out);
  out.Append(std::string(",\"nullable\":") + (type.nullable ? "true" : "false") + ",\"value\":");
  AppendJsonString(literal, &out);
  out.Append("}\n");
  std::fwrite(out.view().data(), 1, out.view().size(), stdout);
}

int Refuse(const Error& error) {
  std::fprintf(stderr, "error: %s\n", error.message().c_str());
  return error.code() == ErrorCode::kUsage ? 2 : 1;
}

int Evaluate(const EvalOptions& options) {
  const compile::CompiledExpression compiled = compile::CompileExpression(options.common.files[0], options.expression);
  if (!compiled.diagnostics.empty()) {
    const bool color = WantsColor(options.common.color, isatty(STDERR_FILENO) != 0);
    std::fputs(diag::RenderText(compiled.diagnostics, *compiled.files, {.color = color}).c_str(), stderr);
  }
  if (!compiled.usage_error.empty()) return Refuse(Error(ErrorCode::kUsage, compiled.usage_error));
  if (!compiled.value) return 1;
  testing::MemoryTables tables;
  bind::RowView view;
  testing::MemoryTable* table = nullptr;
  if (compiled.table) {
    tables.Add(*compiled.table);
    table = tables.Find(compiled.table->database, compiled.table->table);
    const auto row = RowOf(options.row.empty() ? "{}" : options.row, table, &tables);
    if (!row.ok()) return Refuse(row.error());
    view.after = *row;
  }
  const plan::Plan nowhere;
  bind::Problems problems(&nowhere);
  const bind::TableScope scope(table == nullptr ? nullptr : &table->schema.columns,
                               {options.expression.table, {}, false});
  const auto bound = bind::BindValue(*compiled.value, scope, &problems);
  if (!bound) return Refuse(problems.ToError("table " + options.expression.table));
  const auto value = bound->program.Evaluate(view, tables.arena());
  if (!value.ok()) return Refuse(value.error());
  Print(options, bound->type, *value);
  return 0;
}

int EvalWords(const std::vector<std::string>& words) {
  const auto options = ReadEvalOptions(words);
  if (options.ok()) return Evaluate(*options);
  std::fprintf(stderr, "error: %s; see piperun eval --help\n", options.error().message().c_str());
  return 2;
}

}  // namespace

Subcommand EvalSubcommand() { return {.name = "eval", .lines = kEvalLines, .help = kEvalHelp, .run = EvalWords}; }

}  // namespace cdc::driver
