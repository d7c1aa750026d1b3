#include "compiler/parse/syntax.h"

#include <memory>
#include <mutex>
#include <typeinfo>
#include <utility>

#include "PipeLexer.h"
#include "PipeParser.h"
#include "stdlib/core/check.h"

namespace cdc::parse {
namespace {

using generated::PipeParser;

// clang-format off
#define SAME_RULE(rule) static_assert(static_cast<int>(Rule::k##rule) == PipeParser::Rule##rule)
SAME_RULE(File); SAME_RULE(Edition); SAME_RULE(ImportDecl); SAME_RULE(Declaration); SAME_RULE(ProjectDecl);
SAME_RULE(Resource); SAME_RULE(ParamDecl); SAME_RULE(Domain); SAME_RULE(SecretDecl); SAME_RULE(FunctionDecl);
SAME_RULE(Formal); SAME_RULE(PresetDecl); SAME_RULE(SensitiveDecl); SAME_RULE(AlertDecl); SAME_RULE(Notification);
SAME_RULE(Settings); SAME_RULE(Setting); SAME_RULE(List); SAME_RULE(PipeDecl); SAME_RULE(PipeItem);
SAME_RULE(TableRule); SAME_RULE(Target); SAME_RULE(TableItem); SAME_RULE(Clause); SAME_RULE(UseClause);
SAME_RULE(Pattern); SAME_RULE(ColumnPattern); SAME_RULE(Columns); SAME_RULE(SelectItem); SAME_RULE(Renaming);
SAME_RULE(Replacing); SAME_RULE(Event); SAME_RULE(Action); SAME_RULE(TestDecl); SAME_RULE(TestParam);
SAME_RULE(Given); SAME_RULE(Expected); SAME_RULE(Assignment); SAME_RULE(Tuple); SAME_RULE(Record); SAME_RULE(Field);
SAME_RULE(TableName); SAME_RULE(Expression); SAME_RULE(Predicate); SAME_RULE(Value); SAME_RULE(Primary);
SAME_RULE(Arguments); SAME_RULE(Argument); SAME_RULE(Type); SAME_RULE(Literal); SAME_RULE(Ident); SAME_RULE(Word);
SAME_RULE(Soft);
#undef SAME_RULE
// clang-format on
static_assert(PipeParser::RuleSoft + 1 == kRuleCount);

// Shows a vector of tokens to the parser without copying text.
class Stream : public antlr4::TokenStream {
 public:
  Stream(const std::vector<Token>& tokens, antlr4::TokenSource* source) : source_(source) {
    tokens_.reserve(tokens.size());
    for (const Token& token : tokens) {
      auto made = std::make_unique<antlr4::CommonToken>(token.type == kEof ? antlr4::Token::EOF : token.type);
      made->setTokenIndex(tokens_.size());
      tokens_.push_back(std::move(made));
    }
  }

  static constexpr uint16_t kEof = static_cast<uint16_t>(antlr4::Token::EOF);

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
  antlr4::TokenSource* getTokenSource() const override { return source_; }
  std::string getText(const antlr4::misc::Interval&) override { return ""; }
  std::string getText() override { return ""; }
  std::string getText(antlr4::RuleContext*) override { return ""; }
  std::string getText(antlr4::Token*, antlr4::Token*) override { return ""; }

 private:
  std::vector<std::unique_ptr<antlr4::CommonToken>> tokens_;
  antlr4::TokenSource* source_;
  size_t at_ = 0;
};

struct Stop {};

// Remembers the first mistake and gives up.
class FirstMistake : public antlr4::DefaultErrorStrategy {
 public:
  explicit FirstMistake(Mistake* mistake) : mistake_(mistake) {}

  void recover(antlr4::Parser* parser, std::exception_ptr problem) override {
    try {
      std::rethrow_exception(problem);
    } catch (const antlr4::RecognitionException& e) {
      Remember(parser, e.getOffendingToken(), e.getExpectedTokens());
    }
    throw Stop();
  }
  antlr4::Token* recoverInline(antlr4::Parser* parser) override {
    Remember(parser, parser->getCurrentToken(), parser->getExpectedTokens());
    throw Stop();
  }
  void sync(antlr4::Parser*) override {}
  void reportError(antlr4::Parser*, const antlr4::RecognitionException&) override {}

 private:
  void Remember(antlr4::Parser* parser, antlr4::Token* token, const antlr4::misc::IntervalSet& expected) {
    mistake_->token = token->getTokenIndex();
    for (auto* context = parser->getContext(); context != nullptr;
         context = dynamic_cast<antlr4::ParserRuleContext*>(context->parent)) {
      mistake_->rules.push_back(static_cast<Rule>(context->getRuleIndex()));
    }
    for (ssize_t type : expected.toList()) Add(parser, type);
  }

  void Add(antlr4::Parser* parser, ssize_t type) {
    Expected& expected = mistake_->expected;
    if (type == PipeParser::Name) {
      expected.name = true;
    } else if (type == PipeParser::String) {
      expected.string = true;
    } else if (type == PipeParser::Integer) {
      expected.integer = true;
    } else if (type >= PipeParser::Accept && type <= PipeParser::Xor) {
      std::string word = parser->getVocabulary().getSymbolicName(static_cast<size_t>(type));
      for (char& c : word) c = static_cast<char>(c | 0x20);
      expected.words.push_back(std::move(word));
    } else if (type > 0 && type < PipeParser::Accept) {
      std::string text = parser->getVocabulary().getLiteralName(static_cast<size_t>(type));
      expected.punctuation.push_back(text.substr(1, text.size() - 2));
    }
  }

  Mistake* mistake_;
};

// Copies ANTLR's tree; chains of operators are deep on their left side, so without recursion.
Tree Flatten(antlr4::ParserRuleContext* root) {
  struct Work {
    antlr4::tree::ParseTree* from;
    uint32_t parent;
  };
  Tree tree;
  std::vector<uint32_t> last_child;
  std::vector<Work> stack = {{root, Node::kNone}};
  while (!stack.empty()) {
    Work work = stack.back();
    stack.pop_back();
    uint32_t index = static_cast<uint32_t>(tree.nodes.size());
    Node node;
    // By its exact type: a dynamic_cast of every node is a tenth of the time of a parse.
    if (typeid(*work.from) != typeid(antlr4::tree::TerminalNodeImpl)) {
      auto* rule = static_cast<antlr4::ParserRuleContext*>(work.from);
      node.rule = static_cast<Rule>(rule->getRuleIndex());
      node.first = static_cast<uint32_t>(rule->getStart()->getTokenIndex());
      auto* stop = rule->getStop();
      node.last = stop == nullptr ? node.first : static_cast<uint32_t>(stop->getTokenIndex());
      for (auto child = rule->children.rbegin(); child != rule->children.rend(); ++child) {
        stack.push_back({*child, index});
      }
    } else {
      auto* leaf = static_cast<antlr4::tree::TerminalNode*>(work.from);
      node.is_token = true;
      node.first = node.last = static_cast<uint32_t>(leaf->getSymbol()->getTokenIndex());
    }
    if (work.parent != Node::kNone) {
      uint32_t& last = last_child[work.parent];
      (last == Node::kNone ? tree.nodes[work.parent].child : tree.nodes[last].next) = index;
      last = index;
    }
    tree.nodes.push_back(node);
    last_child.push_back(Node::kNone);
  }
  return tree;
}

// What ANTLR has learned of the grammar: decisions by what follows. It grows with what is parsed and is read and
// written without locks, so one parser at a time uses it.
struct Learned {
  explicit Learned(const antlr4::atn::ATN& atn) {
    for (size_t i = 0; i < atn.getNumberOfDecisions(); ++i) decisions.emplace_back(atn.getDecisionState(i), i);
  }
  std::vector<antlr4::dfa::DFA> decisions;
  antlr4::atn::PredictionContextCache contexts;
};

// As many as parsers have run at once; they live as long as the process, since each is worth milliseconds.
class LearnedPool {
 public:
  std::unique_ptr<Learned> Take(const antlr4::atn::ATN& atn) {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      if (!free_.empty()) {
        std::unique_ptr<Learned> learned = std::move(free_.back());
        free_.pop_back();
        return learned;
      }
    }
    return std::make_unique<Learned>(atn);
  }
  void Return(std::unique_ptr<Learned> learned) {
    const std::lock_guard<std::mutex> lock(mutex_);
    free_.push_back(std::move(learned));
  }
  static LearnedPool& Get() {
    static auto* const pool = new LearnedPool;
    return *pool;
  }

 private:
  std::mutex mutex_;
  std::vector<std::unique_ptr<Learned>> free_;
};

// ANTLR's own takes a lock of the whole process for every token.
class Simulator : public antlr4::atn::ParserATNSimulator {
 public:
  Simulator(antlr4::Parser* of, const antlr4::atn::ATN& grammar, Learned* learned)
      : ParserATNSimulator(of, grammar, learned->decisions, learned->contexts) {
    setPredictionMode(antlr4::atn::PredictionMode::SLL);
  }

 protected:
  antlr4::dfa::DFAState* getExistingTargetState(antlr4::dfa::DFAState* from, size_t token) override {
    auto edge = from->edges.find(token);
    return edge == from->edges.end() ? nullptr : edge->second;
  }
};

antlr4::ParserRuleContext* Call(PipeParser* parser, Rule rule) {
  switch (rule) {
    case Rule::kFile:
      return parser->file();
    case Rule::kEdition:
      return parser->edition();
    case Rule::kImportDecl:
      return parser->importDecl();
    default:
      return parser->declaration();
  }
}

}  // namespace

Syntax RunGrammar(const std::vector<Token>& tokens, Rule rule) {
  Syntax syntax;
  antlr4::ANTLRInputStream no_text("");
  generated::PipeLexer factory(&no_text);
  Stream stream(tokens, &factory);
  PipeParser parser(&stream);
  parser.removeErrorListeners();
  parser.setErrorHandler(std::make_shared<FirstMistake>(&syntax.mistake));
  std::unique_ptr<Learned> learned = LearnedPool::Get().Take(parser.getATN());
  parser.setInterpreter(new Simulator(&parser, parser.getATN(), learned.get()));
  try {
    antlr4::ParserRuleContext* root = Call(&parser, rule);
    if (stream.index() + 1 < tokens.size() && rule != Rule::kFile) {
      syntax.mistake.token = stream.index();
      syntax.mistake.after_end = true;
    } else {
      syntax.ok = true;
      syntax.tree = Flatten(root);
    }
  } catch (const Stop&) {
    // syntax.mistake says what happened
  }
  LearnedPool::Get().Return(std::move(learned));
  return syntax;
}

}  // namespace cdc::parse
