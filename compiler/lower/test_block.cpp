#include "compiler/lower/lower.h"

namespace cdc::lower {
namespace {

std::string SourceOf(const ast::TableName& table) { return table.source ? table.source->text : std::string(); }

plan::TestInsert Step(const ast::GivenInsert& from) {
  plan::TestInsert out{from.snapshot, SourceOf(from.table), from.table.database.text, from.table.table.text, {},
                       from.rows};
  for (const ast::Ident& column : from.columns) out.columns.push_back(column.text);
  return out;
}
plan::TestUpdate Step(const ast::GivenUpdate& from) {
  plan::TestUpdate out{SourceOf(from.table), from.table.database.text, from.table.table.text, {}, from.where};
  for (const auto& [column, value] : from.assignments) out.set.emplace_back(column.text, value);
  return out;
}
plan::TestDelete Step(const ast::GivenDelete& from) {
  return {SourceOf(from.table), from.table.database.text, from.table.table.text, from.where};
}
plan::TestDdl Step(const ast::GivenDdl& from) { return {from.statement.text}; }
plan::TestBinlog Step(const ast::GivenBinlog& from) { return {from.path.text}; }

plan::ExpectedRecord::Op Lowered(ast::ExpectRecord::Op op) {
  using From = ast::ExpectRecord::Op;
  using To = plan::ExpectedRecord::Op;
  switch (op) {
    case From::kInsert:
      return To::kInsert;
    case From::kUpdate:
      return To::kUpdate;
    case From::kDelete:
      return To::kDelete;
    case From::kSnapshot:
      return To::kSnapshot;
    case From::kTombstone:
      return To::kTombstone;
  }
  return To::kInsert;
}

plan::ExpectedRecord Lowered(const ast::ExpectRecord& from, source::Span span) {
  plan::ExpectedRecord out;
  out.op = Lowered(from.op);
  out.topic = from.topic.literal.text;
  out.key = from.key;
  if (from.partition) out.partition = static_cast<int32_t>(std::stol(*from.partition));
  out.origin = ast::ToOrigin(span);
  if (!from.fields) return out;
  for (const auto& [name, value] : *from.fields) {
    const bool absent = value.kind == expr::ExprKind::kColumn && value.name == "absent";
    out.fields.push_back({name.text, absent ? std::nullopt : std::optional(value), ast::ToOrigin(name.span)});
  }
  return out;
}

}  // namespace

plan::TestCase LowerTest(const sema::Test& test) {
  plan::TestCase out;
  out.title = test.ast->title.text;
  out.pipe = test.ast->pipe.text;
  out.origin = ast::ToOrigin(test.ast->title.span);
  out.secrets = test.secrets;
  for (const ast::Given& given : test.given) {
    plan::TestStep step;
    std::visit([&](const auto& node) { step.node = Step(node); }, given.node);
    step.origin = ast::ToOrigin(given.span);
    out.given.push_back(std::move(step));
  }
  for (const ast::Expected& expected : test.expect) {
    if (const auto* record = std::get_if<ast::ExpectRecord>(&expected.node)) {
      out.records.push_back(Lowered(*record, expected.span));
    } else if (const auto* ddl = std::get_if<ast::ExpectDdl>(&expected.node)) {
      plan::ExpectedRecord& added = out.records.emplace_back();
      added.op = plan::ExpectedRecord::Op::kDdl;
      added.topic = ddl->topic.literal.text;
      added.origin = ast::ToOrigin(expected.span);
    } else if (const auto* error = std::get_if<ast::ExpectError>(&expected.node)) {
      out.errors.push_back({error->kind.text, ast::ToOrigin(expected.span)});
    } else {
      out.nothing_else = true;
    }
  }
  return out;
}

}  // namespace cdc::lower
