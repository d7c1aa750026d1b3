#include "stdlib/ddl/tree.h"

#include <algorithm>
#include <map>
#include <memory>
#include <typeinfo>
#include <utility>

#include "MySqlDdl.h"

namespace cdc::ddl {
namespace {

using generated::MySqlDdl;

// clang-format off
#define SAME_RULE(rule) static_assert(static_cast<int>(Rule::k##rule) == MySqlDdl::Rule##rule)
SAME_RULE(CreateTable); SAME_RULE(DropTable); SAME_RULE(AlterTable); SAME_RULE(RenameTable); SAME_RULE(TableRenaming);
SAME_RULE(Wait); SAME_RULE(TruncateTable); SAME_RULE(CreateIndex); SAME_RULE(DropIndex); SAME_RULE(CreateDatabase);
SAME_RULE(AlterDatabase); SAME_RULE(DropDatabase); SAME_RULE(IfExists); SAME_RULE(IfNotExists);
SAME_RULE(DatabaseOption); SAME_RULE(Elements); SAME_RULE(Element); SAME_RULE(Key); SAME_RULE(IndexType);
SAME_RULE(KeyParts); SAME_RULE(KeyPart); SAME_RULE(ColumnDef); SAME_RULE(DataType); SAME_RULE(TypeArguments);
SAME_RULE(TypeArgument); SAME_RULE(Attribute); SAME_RULE(Generated); SAME_RULE(DefaultValue); SAME_RULE(Place);
SAME_RULE(Charset); SAME_RULE(Collation); SAME_RULE(CharsetName); SAME_RULE(TableOption); SAME_RULE(BareOption);
SAME_RULE(Query);
SAME_RULE(Alteration); SAME_RULE(SystemVersioning); SAME_RULE(AddColumn); SAME_RULE(AddColumns); SAME_RULE(AddKey);
SAME_RULE(DropColumn); SAME_RULE(DropPrimaryKey); SAME_RULE(DropKey); SAME_RULE(DropConstraint); SAME_RULE(RemoveRows);
SAME_RULE(ModifyColumn); SAME_RULE(ChangeColumn); SAME_RULE(RenameColumn); SAME_RULE(RenameKey); SAME_RULE(RenameTo);
SAME_RULE(ColumnDefault); SAME_RULE(ConvertTo); SAME_RULE(OtherAlteration); SAME_RULE(TableName); SAME_RULE(Ident);
SAME_RULE(Balanced); SAME_RULE(Inside); SAME_RULE(Skipped); SAME_RULE(SkippedInColumn); SAME_RULE(Any);
SAME_RULE(Anything);
#undef SAME_RULE
// clang-format on
static_assert(MySqlDdl::RuleAnything + 1 == kRuleCount);

// The parser's number of each keyword: its symbolic names, without the `_` that some need in C++.
const std::map<std::string, size_t, std::less<>>& Keywords() {
  static const auto* keywords = [] {
    auto* made = new std::map<std::string, size_t, std::less<>>;
    MySqlDdl parser(nullptr);
    for (size_t type = MySqlDdl::ADD; type <= parser.getVocabulary().getMaxTokenType(); ++type) {
      std::string name = parser.getVocabulary().getSymbolicName(type);
      if (!name.empty() && name.back() == '_') name.pop_back();
      made->emplace(std::move(name), type);
    }
    return made;
  }();
  return *keywords;
}

size_t TypeOf(const Token& token) {
  switch (token.kind) {
    case TokenKind::kEnd:
      return antlr4::Token::EOF;
    case TokenKind::kOpen:
      return MySqlDdl::Open;
    case TokenKind::kClose:
      return MySqlDdl::Close;
    case TokenKind::kComma:
      return MySqlDdl::Comma;
    case TokenKind::kSemicolon:
      return MySqlDdl::Semicolon;
    case TokenKind::kDot:
      return MySqlDdl::Dot;
    case TokenKind::kEqual:
      return MySqlDdl::Equal;
    case TokenKind::kSign:
      return MySqlDdl::Sign;
    case TokenKind::kOperator:
      return MySqlDdl::Operator;
    case TokenKind::kQuoted:
      return MySqlDdl::Quoted;
    case TokenKind::kString:
      return MySqlDdl::String;
    case TokenKind::kNumber:
      return MySqlDdl::Number;
    case TokenKind::kBits:
      return MySqlDdl::Bits;
    case TokenKind::kWord:
      break;
  }
  auto keyword = Keywords().find(token.word);
  return keyword == Keywords().end() ? static_cast<size_t>(MySqlDdl::Name) : keyword->second;
}

class Stream : public antlr4::TokenStream {
 public:
  explicit Stream(const std::vector<Token>& tokens) {
    bool after_dot = false;
    for (const Token& token : tokens) {
      // A word behind a period is a name, whatever it is.
      size_t type = after_dot && token.kind == TokenKind::kWord ? static_cast<size_t>(MySqlDdl::Name) : TypeOf(token);
      auto made = std::make_unique<antlr4::CommonToken>(type);
      made->setTokenIndex(tokens_.size());
      tokens_.push_back(std::move(made));
      after_dot = token.kind == TokenKind::kDot;
    }
  }
  void consume() override {
    if (at_ + 1 < tokens_.size()) ++at_;
  }
  size_t LA(ssize_t i) override { return LT(i)->getType(); }
  ssize_t mark() override { return 0; }
  void release(ssize_t) override {}
  size_t index() override { return at_; }
  void seek(size_t index) override { at_ = std::min(index, tokens_.size() - 1); }
  size_t size() override { return tokens_.size(); }
  std::string getSourceName() const override { return ""; }
  antlr4::Token* LT(ssize_t k) override {
    if (k < 0) return at_ < static_cast<size_t>(-k) ? nullptr : tokens_[at_ - static_cast<size_t>(-k)].get();
    return get(at_ + static_cast<size_t>(k) - 1);
  }
  antlr4::Token* get(size_t index) const override { return tokens_[std::min(index, tokens_.size() - 1)].get(); }
  antlr4::TokenSource* getTokenSource() const override { return nullptr; }  // for invented tokens only
  std::string getText(const antlr4::misc::Interval&) override { return ""; }
  std::string getText() override { return ""; }
  std::string getText(antlr4::RuleContext*) override { return ""; }
  std::string getText(antlr4::Token*, antlr4::Token*) override { return ""; }

 private:
  std::vector<std::unique_ptr<antlr4::CommonToken>> tokens_;
  size_t at_ = 0;
};

struct Stop {
  size_t token;
};

class FirstMistake : public antlr4::DefaultErrorStrategy {
 public:
  void recover(antlr4::Parser* parser, std::exception_ptr problem) override {
    size_t at = parser->getCurrentToken()->getTokenIndex();
    try {
      std::rethrow_exception(problem);
    } catch (const antlr4::RecognitionException& e) {
      at = e.getOffendingToken()->getTokenIndex();
    }
    throw Stop{at};
  }
  antlr4::Token* recoverInline(antlr4::Parser* parser) override {
    throw Stop{parser->getCurrentToken()->getTokenIndex()};
  }
  void sync(antlr4::Parser*) override {}
  void reportError(antlr4::Parser*, const antlr4::RecognitionException&) override {}
};

Node Copy(antlr4::tree::ParseTree* from) {
  Node node;
  // By its exact type: quicker than a dynamic_cast, and there are no nodes for errors, which end the parse.
  if (typeid(*from) == typeid(antlr4::tree::TerminalNodeImpl)) {
    auto* leaf = static_cast<antlr4::tree::TerminalNode*>(from);
    node.is_token = true;
    node.first = node.last = static_cast<uint32_t>(leaf->getSymbol()->getTokenIndex());
    return node;
  }
  auto* rule = static_cast<antlr4::ParserRuleContext*>(from);
  node.rule = static_cast<Rule>(rule->getRuleIndex());
  node.first = static_cast<uint32_t>(rule->getStart()->getTokenIndex());
  antlr4::Token* stop = rule->getStop();
  node.last = stop == nullptr ? node.first : static_cast<uint32_t>(stop->getTokenIndex());
  node.children.reserve(rule->children.size());
  for (antlr4::tree::ParseTree* child : rule->children) node.children.push_back(Copy(child));
  return node;
}

antlr4::ParserRuleContext* Call(MySqlDdl* parser, Rule rule) {
  switch (rule) {
    case Rule::kDropTable:
      return parser->dropTable();
    case Rule::kAlterTable:
      return parser->alterTable();
    case Rule::kRenameTable:
      return parser->renameTable();
    case Rule::kTruncateTable:
      return parser->truncateTable();
    case Rule::kCreateIndex:
      return parser->createIndex();
    case Rule::kDropIndex:
      return parser->dropIndex();
    case Rule::kCreateDatabase:
      return parser->createDatabase();
    case Rule::kAlterDatabase:
      return parser->alterDatabase();
    case Rule::kDropDatabase:
      return parser->dropDatabase();
    default:
      return parser->createTable();
  }
}

Error Misfit(std::string_view sql, const Token& token) {
  std::string found = "the end";
  if (token.kind != TokenKind::kEnd) {
    std::string_view text = sql.substr(token.begin, token.end - token.begin);
    found = "`" + std::string(text.substr(0, 40)) + (text.size() > 40 ? "…`" : "`");
  }
  return Error(ErrorCode::kConfig,
               "cannot read this DDL statement: " + PlaceOf(sql, token.begin) + ", " + found + " does not fit there");
}

}  // namespace

const Node* Node::Find(Rule wanted) const {
  for (const Node& child : children) {
    if (!child.is_token && child.rule == wanted) return &child;
  }
  return nullptr;
}

Result<Node> RunGrammar(std::string_view sql, const std::vector<Token>& tokens, Rule rule) {
  int depth = 0;
  for (const Token& token : tokens) {
    if (token.kind == TokenKind::kOpen) ++depth;
    if (token.kind == TokenKind::kClose) --depth;
    if (depth > kNestingMax) {
      return Error(ErrorCode::kConfig, "a DDL statement nests deeper than " + std::to_string(kNestingMax) + " at " +
                                           PlaceOf(sql, token.begin));
    }
  }
  Stream stream(tokens);
  MySqlDdl parser(&stream);
  parser.removeErrorListeners();
  parser.setErrorHandler(std::make_shared<FirstMistake>());
  parser.getInterpreter<antlr4::atn::ParserATNSimulator>()->setPredictionMode(antlr4::atn::PredictionMode::SLL);
  try {
    return Copy(Call(&parser, rule));
  } catch (const Stop& stop) {
    return Misfit(sql, tokens[std::min(stop.token, tokens.size() - 1)]);
  }
}

}  // namespace cdc::ddl
