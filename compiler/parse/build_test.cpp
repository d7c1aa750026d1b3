#include "compiler/parse/build.h"

#include <utility>

namespace cdc::parse {

ast::TestDecl Builder::BuildTest(const Node& node) {
  ast::TestDecl made;
  Children rest = Of(node);
  rest.Take();
  made.title = BuildText(rest.Take());
  rest.Take();
  made.pipe = BuildIdent(rest.Take());
  while (!rest.done()) {
    const Node& child = rest.Take();
    if (child.is_token) continue;
    if (child.rule == Rule::kTestParam) made.params.push_back(BuildTestParam(child));
    if (child.rule == Rule::kGiven) made.given.push_back(BuildGiven(child));
    if (child.rule == Rule::kExpected) made.expect.push_back(BuildExpected(child));
  }
  return made;
}

ast::TestParam Builder::BuildTestParam(const Node& node) {
  ast::TestParam made;
  made.span = SpanOf(node);
  Children rest = Of(node);
  made.secret = FirstToken(rest.Take()).word == "secret";
  made.name = BuildIdent(rest.Take());
  rest.Take();
  made.value = BuildExpr(rest.Take());
  return made;
}

ast::TableName Builder::BuildTableName(const Node& node) const {
  std::vector<ast::Ident> words;
  for (Children rest = Of(node); !rest.done();) {
    const Node& child = rest.Take();
    if (!child.is_token) words.push_back(BuildIdent(child));
  }
  ast::TableName made;
  made.span = SpanOf(node);
  made.table = words.back();
  made.database = words[words.size() - 2];
  if (words.size() == 3) made.source = words[0];
  return made;
}

ast::Given Builder::BuildGiven(const Node& node) {
  ast::Given made;
  made.span = SpanOf(node);
  Children rest = Of(node);
  const std::string word = FirstToken(rest.Take()).word;
  if (word == "update") {
    ast::GivenUpdate update;
    update.table = BuildTableName(rest.Take());
    rest.Accept("set");
    while (rest.IsRule(Rule::kAssignment)) {
      Children parts = Of(rest.Take());
      ast::Ident column = BuildIdent(parts.Take());
      parts.Take();
      update.assignments.emplace_back(std::move(column), BuildExpr(parts.Take()));
      rest.Accept(",");
    }
    rest.Accept("where");
    update.where = BuildExpr(rest.Take());
    made.node = std::move(update);
  } else if (word == "delete") {
    ast::GivenDelete removal;
    rest.Accept("from");
    removal.table = BuildTableName(rest.Take());
    rest.Accept("where");
    removal.where = BuildExpr(rest.Take());
    made.node = std::move(removal);
  } else if (word == "ddl") {
    made.node = ast::GivenDdl{BuildText(rest.Take())};
  } else if (word == "binlog") {
    made.node = ast::GivenBinlog{BuildText(rest.Take())};
  } else {
    ast::GivenInsert insert;
    insert.snapshot = word == "snapshot";
    rest.Accept("into");
    insert.table = BuildTableName(rest.Take());
    insert.columns = BuildColumns(rest.Take());
    while (!rest.done()) {
      const Node& child = rest.Take();
      if (!child.is_token) insert.rows.push_back(BuildExprs(child));
    }
    made.node = std::move(insert);
  }
  return made;
}

ast::Expected Builder::BuildExpected(const Node& node) {
  ast::Expected made;
  made.span = SpanOf(node);
  Children rest = Of(node);
  if (rest.Accept("ddl")) {
    rest.Accept("in");
    made.node = ast::ExpectDdl{BuildExpr(rest.Take())};
  } else if (rest.Accept("error")) {
    made.node = ast::ExpectError{BuildIdent(rest.Take())};
  } else if (rest.Accept("nothing")) {
    made.node = ast::ExpectNothing{rest.Accept("else")};
  } else {
    made.node = BuildExpectRecord(node);
  }
  return made;
}

ast::ExpectRecord Builder::BuildExpectRecord(const Node& node) {
  using Op = ast::ExpectRecord::Op;
  ast::ExpectRecord made;
  Children rest = Of(node);
  const std::string word = FirstToken(rest.Take()).word;
  made.op = word == "insert"     ? Op::kInsert
            : word == "update"   ? Op::kUpdate
            : word == "delete"   ? Op::kDelete
            : word == "snapshot" ? Op::kSnapshot
                                 : Op::kTombstone;
  rest.Accept("in");
  made.topic = BuildExpr(rest.Take());
  if (rest.Accept("key")) made.key = BuildExprs(rest.Take());
  if (rest.Accept("partition")) made.partition = BuildInteger(rest.Take());
  if (rest.IsRule(Rule::kRecord)) {
    made.fields.emplace();
    for (Children fields = Of(rest.Take()); !fields.done();) {
      const Node& child = fields.Take();
      if (child.is_token) continue;
      Children parts = Of(child);
      ast::Ident name = BuildIdent(parts.Take());
      parts.Take();
      made.fields->emplace_back(std::move(name), BuildExpr(parts.Take()));
    }
  }
  return made;
}

}  // namespace cdc::parse
