#include <utility>

#include "compiler/parse/build.h"

namespace cdc::parse {
namespace {

ast::ResourceKind ResourceKindOf(const std::string& word) {
  if (word == "source") return ast::ResourceKind::kSource;
  if (word == "sink") return ast::ResourceKind::kSink;
  if (word == "registry") return ast::ResourceKind::kRegistry;
  if (word == "notifier") return ast::ResourceKind::kNotifier;
  return ast::ResourceKind::kStore;
}

ast::PresetDecl::Kind PresetKindOf(const std::string& word) {
  if (word == "source") return ast::PresetDecl::Kind::kSource;
  if (word == "sink") return ast::PresetDecl::Kind::kSink;
  if (word == "registry") return ast::PresetDecl::Kind::kRegistry;
  if (word == "notifier") return ast::PresetDecl::Kind::kNotifier;
  if (word == "store") return ast::PresetDecl::Kind::kStore;
  if (word == "format") return ast::PresetDecl::Kind::kFormat;
  return word == "pipe" ? ast::PresetDecl::Kind::kPipe : ast::PresetDecl::Kind::kTable;
}

}  // namespace

void Builder::BuildDeclaration(const Node& node, ast::File* out) {
  ast::Declaration made;
  made.span = SpanOf(node);
  made.word = {file_, FirstToken(node).begin, FirstToken(node).end};
  made.trivia = TriviaOf(node);
  Children rest = Of(node);
  const Node& inner = rest.Take();
  switch (inner.rule) {
    case Rule::kProjectDecl: {
      ast::ProjectDecl project;
      Children parts = Of(inner);
      parts.Take();
      project.name = BuildIdent(parts.Take());
      project.settings = BuildSettings(parts.Take());
      made.node = std::move(project);
      break;
    }
    case Rule::kResource:
      made.node = BuildResource(inner);
      break;
    case Rule::kParamDecl:
      made.node = BuildParam(inner);
      break;
    case Rule::kSecretDecl:
      made.node = BuildSecret(inner);
      break;
    case Rule::kFunctionDecl:
      made.node = BuildFunction(inner);
      break;
    case Rule::kPresetDecl:
      made.node = BuildPreset(inner);
      break;
    case Rule::kSensitiveDecl:
      made.node = BuildSensitive(inner);
      break;
    case Rule::kAlertDecl:
      made.node = BuildAlert(inner);
      break;
    case Rule::kPipeDecl:
      made.node = BuildPipe(inner);
      break;
    default:
      made.node = BuildTest(inner);
      break;
  }
  out->declarations.push_back(std::move(made));
}

ast::ResourceDecl Builder::BuildResource(const Node& node) {
  ast::ResourceDecl made;
  Children rest = Of(node);
  made.what = ResourceKindOf(FirstToken(rest.Take()).word);
  made.name = BuildIdent(rest.Take());
  rest.Take();
  made.kind = BuildIdent(rest.Take());
  made.settings = BuildSettings(rest.Take());
  return made;
}

ast::ParamDecl Builder::BuildParam(const Node& node) {
  ast::ParamDecl made;
  Children rest = Of(node);
  rest.Take();
  made.name = BuildIdent(rest.Take());
  rest.Take();
  made.type = BuildType(rest.Take());
  if (rest.Accept("in")) {
    rest.Accept("(");
    const Node& node_of_domain = rest.Take();
    ast::Domain domain;
    domain.span = SpanOf(node_of_domain);
    for (Children values = Of(node_of_domain); !values.done();) {
      if (values.Accept("..")) {
        domain.range = true;
      } else if (!values.Accept(",")) {
        domain.values.push_back(BuildExpr(values.Take()));
      }
    }
    made.domain = std::move(domain);
    rest.Accept(")");
  }
  if (rest.Accept("=")) made.value = BuildExpr(rest.Take());
  return made;
}

ast::SecretDecl Builder::BuildSecret(const Node& node) {
  ast::SecretDecl made;
  Children rest = Of(node);
  rest.Take();
  made.name = BuildIdent(rest.Take());
  rest.Take();
  const Node& provider = rest.Take();
  ast::Span span = SpanOf(provider);
  span.end = tokens_[node.last - 1].end;
  made.provider = MakeCall(BuildIdent(provider).text, {}, span);
  while (!rest.done()) {
    const Node& child = rest.Take();
    if (!child.is_token) BuildArguments(child, &made.provider);
  }
  return made;
}

ast::FunctionDecl Builder::BuildFunction(const Node& node) {
  ast::FunctionDecl made;
  Children rest = Of(node);
  rest.Take();
  made.name = BuildIdent(rest.Take());
  while (!rest.Accept("returns")) {
    const Node& child = rest.Take();
    if (child.is_token) continue;
    Children formal = Of(child);
    ast::Formal one;
    one.name = BuildIdent(formal.Take());
    formal.Take();
    one.type = BuildType(formal.Take());
    made.formals.push_back(std::move(one));
  }
  made.returns = BuildType(rest.Take());
  rest.Take();
  made.body = BuildExpr(rest.Take());
  return made;
}

ast::PresetDecl Builder::BuildPreset(const Node& node) {
  ast::PresetDecl made;
  Children rest = Of(node);
  rest.Take();
  made.name = BuildIdent(rest.Take());
  rest.Take();
  made.kind = PresetKindOf(FirstToken(rest.Take()).word);
  if (rest.IsRule(Rule::kIdent)) {
    made.subject = BuildIdent(rest.Take());
    made.settings = BuildSettings(rest.Take());
    return made;
  }
  while (!rest.done()) {
    const Node& child = rest.Take();
    if (!child.is_token) made.clauses.push_back(BuildClause(child));
  }
  made.comments_at_end = CommentsAtEnd(node);
  return made;
}

ast::SensitiveDecl Builder::BuildSensitive(const Node& node) {
  ast::SensitiveDecl made;
  Children rest = Of(node);
  rest.Take();
  made.pattern = BuildPattern(rest.Take());
  while (!rest.done()) {
    const Node& child = rest.Take();
    if (!child.is_token) made.columns.push_back(BuildNamePart(child));
  }
  return made;
}

ast::AlertDecl Builder::BuildAlert(const Node& node) {
  ast::AlertDecl made;
  Children rest = Of(node);
  rest.Take();
  made.name = BuildIdent(rest.Take());
  rest.Take();
  rest.Take();
  made.when = BuildExpr(rest.Take());
  if (rest.Accept("for")) made.lasting = BuildLiteral(rest.Take());
  while (!rest.done()) {
    const Node& child = rest.Take();
    if (child.is_token) continue;
    ast::Notification one;
    one.span = SpanOf(child);
    Children parts = Of(child);
    parts.Take();
    one.notifier = BuildIdent(parts.Take());
    if (parts.Accept("severity")) one.severity = BuildIdent(parts.Take());
    if (!parts.Is(";")) one.text = BuildText(parts.Take());
    made.notifications.push_back(std::move(one));
  }
  return made;
}

ast::Settings Builder::BuildSettings(const Node& node) {
  ast::Settings made;
  made.span = SpanOf(node);
  made.comments_at_end = CommentsAtEnd(node);
  for (Children rest = Of(node); !rest.done();) {
    const Node& child = rest.Take();
    if (child.is_token) continue;
    ast::SettingsItem item;
    item.span = SpanOf(child);
    item.trivia = TriviaOf(child);
    if (child.rule == Rule::kUseClause) {
      item.node = BuildUse(child);
    } else {
      item.node = BuildSetting(child);
    }
    made.items.push_back(std::move(item));
  }
  return made;
}

ast::Setting Builder::BuildSetting(const Node& node) {
  ast::Setting made;
  Children rest = Of(node);
  made.name = BuildIdent(rest.Take());
  if (rest.Accept("=")) {
    const Node& value = rest.Take();
    made.value_span = SpanOf(value);
    if (value.rule == Rule::kList) {
      made.shape = ast::Setting::Shape::kList;
      made.list = BuildExprs(value);
    } else {
      made.value = BuildExpr(value);
    }
    return made;
  }
  made.shape = ast::Setting::Shape::kGroup;
  made.value_span = made.name.span;
  if (rest.IsRule(Rule::kIdent)) {
    made.variant = BuildIdent(rest.Take());
    made.value_span = made.variant->span;
  }
  if (rest.IsRule(Rule::kSettings)) {
    made.settings = BuildSettings(rest.Take());
    made.value_span = made.variant ? source::Cover(made.variant->span, made.settings->span) : made.settings->span;
  }
  return made;
}

ast::UseClause Builder::BuildUse(const Node& node) {
  ast::UseClause made;
  made.span = SpanOf(node);
  Children rest = Of(node);
  rest.Take();
  made.name = BuildIdent(rest.Take());
  if (rest.Accept(".")) made.member = BuildIdent(rest.Take());
  return made;
}

}  // namespace cdc::parse
