#include <utility>

#include "compiler/parse/build.h"

namespace cdc::parse {

ast::Clause Builder::BuildClause(const Node& node) {
  ast::Clause made;
  made.span = SpanOf(node);
  made.word = {file_, FirstToken(node).begin, FirstToken(node).end};
  made.trivia = TriviaOf(node);
  Children rest = Of(node);
  if (rest.IsRule(Rule::kUseClause)) {
    made.node = BuildUse(rest.Take());
    return made;
  }
  const std::string word = FirstToken(rest.Take()).word;
  if (word == "topic") {
    made.node = ast::TopicClause{BuildExpr(rest.Take())};
  } else if (word == "key") {
    made.node = BuildKey(&rest);
  } else if (word == "partition") {
    made.node = BuildPartition(&rest);
  } else if (word == "format") {
    ast::FormatClause format;
    format.name = BuildIdent(rest.Take());
    if (rest.IsRule(Rule::kSettings)) format.settings = BuildSettings(rest.Take());
    made.node = std::move(format);
  } else if (word == "header") {
    ast::HeaderClause header;
    header.name = BuildExpr(rest.Take());
    rest.Take();
    header.value = BuildExpr(rest.Take());
    made.node = std::move(header);
  } else if (word == "on") {
    made.node = BuildOn(&rest);
  } else if (word == "names") {
    made.node = ast::NamesClause{BuildIdent(rest.Take())};
  } else if (word == "convert") {
    ast::TypeRef from = BuildType(rest.Take());
    rest.Take();
    made.node = ast::ConvertClause{std::move(from), BuildType(rest.Take())};
  } else if (word == "accept") {
    ast::AcceptClause accept;
    while (rest.IsRule(Rule::kIdent)) {
      accept.what.push_back(BuildIdent(rest.Take()));
      rest.Accept(",");
    }
    accept.reason = BuildText(rest.Take());
    made.node = std::move(accept);
  } else {
    auto [variant, settings] = BuildVariant(&rest);
    made.node = ast::VerifyClause{std::move(variant), std::move(settings)};
  }
  return made;
}

std::pair<std::optional<ast::Ident>, std::optional<ast::Settings>> Builder::BuildVariant(Children* rest) {
  std::pair<std::optional<ast::Ident>, std::optional<ast::Settings>> made;
  if (rest->IsRule(Rule::kIdent)) made.first = BuildIdent(rest->Take());
  if (rest->IsRule(Rule::kSettings)) made.second = BuildSettings(rest->Take());
  return made;
}

ast::KeyClause Builder::BuildKey(Children* rest) {
  ast::KeyClause made;
  if (rest->Accept("primary")) {
    made.kind = ast::KeyClause::Kind::kPrimary;
  } else if (rest->Accept("none")) {
    made.kind = ast::KeyClause::Kind::kNone;
  } else {
    made.columns = BuildColumns(rest->Take());
  }
  return made;
}

ast::PartitionClause Builder::BuildPartition(Children* rest) {
  ast::PartitionClause made;
  if (!rest->Accept("by")) {
    const Node& number = rest->Take();
    made.kind = ast::PartitionClause::Kind::kFixed;
    made.number = BuildInteger(number);
    made.target = SpanOf(number);
    return made;
  }
  const Node& target = rest->Take();
  made.target = SpanOf(target);
  const std::string& word = FirstToken(target).word;
  if (word == "table") {
    made.kind = ast::PartitionClause::Kind::kTable;
  } else if (word == "database") {
    made.kind = ast::PartitionClause::Kind::kDatabase;
  } else if (word == "primary") {
    made.kind = ast::PartitionClause::Kind::kPrimaryKey;
    made.target = source::Cover(made.target, SpanOf(rest->Take()));
  } else if (word == "hash") {
    made.kind = ast::PartitionClause::Kind::kHash;
    const Node& columns = rest->Take();
    made.columns = BuildColumns(columns);
    made.target = source::Cover(made.target, SpanOf(columns));
  }
  if (rest->Accept("using")) made.hash = BuildIdent(rest->Take());
  if (rest->Accept("else")) {
    made.else_table = rest->Accept("table");
    if (!made.else_table) made.else_number = BuildInteger(rest->Take());
  }
  return made;
}

ast::OnClause Builder::BuildOn(Children* rest) {
  ast::OnClause made;
  while (rest->IsRule(Rule::kEvent)) {
    made.events.push_back(BuildEvent(rest->Take()));
    rest->Accept(",");
  }
  if (rest->Accept("when")) made.when = BuildExpr(rest->Take());
  made.action = BuildAction(rest->Take());
  return made;
}

ast::Event Builder::BuildEvent(const Node& node) {
  ast::Event made;
  made.span = SpanOf(node);
  Children rest = Of(node);
  made.label = FirstToken(rest.Take()).word;
  if (made.label == "update") {
    if (rest.Accept("of")) {
      made.of_key = rest.Accept("key");
      if (!made.of_key) made.of_columns = BuildColumns(rest.Take());
    }
  } else if (made.label == "error") {
    if (!rest.done()) made.error_kinds = BuildColumns(rest.Take());
  } else if (!rest.done()) {
    made.label += " " + FirstToken(rest.Take()).word;
  }
  return made;
}

ast::Action Builder::BuildAction(const Node& node) {
  using Kind = ast::Action::Kind;
  ast::Action made;
  made.span = SpanOf(node);
  Children rest = Of(node);
  const std::string word = FirstToken(rest.Take()).word;
  if (word == "publish") made.kind = Kind::kPublish;
  if (word == "tombstone") made.kind = Kind::kTombstone;
  if (word == "skip") made.kind = Kind::kSkip;
  if (word == "follow") made.kind = Kind::kFollow;
  if (word == "pause") made.kind = Kind::kPause;
  if (word == "resnapshot") made.kind = Kind::kResnapshot;
  if (word == "retry") made.kind = Kind::kRetry;
  if (word == "fail") made.kind = Kind::kFail;
  if (word == "quarantine") made.kind = Kind::kQuarantine;
  if (rest.Accept("as")) {
    const std::string& as = FirstToken(rest.Take()).word;
    made.as = as == "insert"   ? ast::Action::As::kInsert
              : as == "update" ? ast::Action::As::kUpdate
                               : ast::Action::As::kDelete;
  }
  if (rest.Accept("and")) made.and_tombstone = rest.Accept("tombstone");
  if (rest.Accept("to")) made.to = BuildExpr(rest.Take());
  if (!rest.done()) made.text = BuildText(rest.Take());
  return made;
}

}  // namespace cdc::parse
