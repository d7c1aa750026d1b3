#include "compiler/parse/explain.h"

#include <algorithm>
#include <initializer_list>
#include <string>
#include <utility>

#include "compiler/parse/blocks.h"
#include "stdlib/core/names.h"
#include "stdlib/expr/resolve.h"

namespace cdc::parse {
namespace {

using diag::Diagnostic;
using diag::Kind;

bool Has(const std::vector<std::string>& all, std::string_view one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

bool OneOf(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

class Explainer {
 public:
  Explainer(const source::SourceText& text, uint32_t file, const std::vector<Token>& tokens, const Mistake& mistake)
      : text_(text), file_(file), tokens_(tokens), mistake_(mistake), at_(mistake.token) {}

  Diagnostic Run() {
    Diagnostic made;
    made.span = SpanAt(at_);
    if (Refused(&made)) return made;
    if (mistake_.after_end) {
      made.message =
          IsPunctuation(tokens_[at_], "}") ? "this `}` closes nothing" : "expected a declaration, found " + Found();
      return made;
    }
    std::string wanted = Wanted();
    bool hole = HoleBefore();
    if (Is("}") && NothingElseWanted() && tokens_[at_].kind == TokenKind::kEnd) return NotClosed(std::move(made));
    if (hole) {
      uint32_t end = tokens_[at_ - 1].end;
      made.span = {file_, end, end};
      made.message = "expected " + wanted + " after " + Shown(at_ - 1);
      if (wanted == "`;`") AddInsert(&made, end, ";");
      return made;
    }
    made.message = "expected " + wanted + ", found " + Found();
    Hints(&made);
    return made;
  }

 private:
  source::Span SpanAt(size_t i) const { return {file_, tokens_[i].begin, tokens_[i].end}; }
  std::string_view Slice(size_t i) const { return text_.Slice(SpanAt(i)); }

  std::string Shown(size_t i) const {
    std::string_view slice = Slice(i);
    if (slice.size() > 40) return "this";
    if (slice.find('`') != std::string_view::npos) return std::string(slice);
    return "`" + std::string(slice) + "`";
  }

  std::string Found() const {
    if (tokens_[at_].kind == TokenKind::kEnd) return "the end of the file";
    std::string shown = Shown(at_);
    return shown == "this" ? "a long text" : shown;
  }

  bool Is(std::string_view punctuation) const { return Has(mistake_.expected.punctuation, punctuation); }
  bool NothingElseWanted() const {
    const Expected& e = mistake_.expected;
    return e.punctuation.size() == 1 && e.words.empty() && !e.name && !e.string && !e.integer;
  }
  Rule RuleAt(size_t i) const { return i < mistake_.rules.size() ? mistake_.rules[i] : Rule::kFile; }
  bool Inside(Rule rule) const {
    return std::find(mistake_.rules.begin(), mistake_.rules.end(), rule) != mistake_.rules.end();
  }

  bool AtItemStart() const {
    return at_ > 0 && (IsPunctuation(tokens_[at_ - 1], ";") || IsPunctuation(tokens_[at_ - 1], "{") ||
                       IsPunctuation(tokens_[at_ - 1], "}"));
  }

  // Something is missing at the end of an earlier line: the mistake is there, not at the word that shows it.
  bool HoleBefore() const {
    const Token& token = tokens_[at_];
    return at_ > 0 && !AtItemStart() && (token.kind == TokenKind::kEnd || token.opens_line);
  }

  // `{` without `}`: the end of the file is where it shows, the brace is where it is.
  Diagnostic NotClosed(Diagnostic made) const {
    std::optional<size_t> open = OpenBracket(tokens_, at_);
    if (open) made.span = SpanAt(*open);
    made.message = "this `{` is not closed";
    made.label = "`}` is missing";
    return made;
  }

  void AddInsert(Diagnostic* made, uint32_t offset, const std::string& text) const {
    made->fixes.push_back({"insert `" + text + "`", diag::Applicability::kMaybe, {{{file_, offset, offset}, text}}});
  }

  // What the language calls what could stand here.
  std::string Wanted() const {
    const Expected& e = mistake_.expected;
    if (at_ == 0) return "a declaration";
    const bool target = RuleAt(0) == Rule::kTarget || RuleAt(1) == Rule::kTarget;
    bool expression = e.name && !target && (e.integer || Has(e.words, "case"));
    if (expression) return Is("*") && Inside(Rule::kTableItem) ? "a column, an expression or `*`" : "an expression";
    if (AtItemStart() && (NothingElseWanted() || e.words.size() > 3) && !Inside(Rule::kAction)) {
      std::string item = Item();
      if (!item.empty()) return item;
    }
    if (!e.name && (Has(e.words, "publish") || Has(e.words, "quarantine"))) {
      return mistake_.expected.punctuation.empty() ? "an action, such as `publish` or `skip`" : "an action";
    }
    if (RuleAt(0) == Rule::kEvent || (!e.name && Has(e.words, "dml") && Has(e.words, "ddl"))) {
      return e.words.size() <= 4 && !e.words.empty() ? List() : "an event, such as `update` or `drop table`";
    }
    if (RuleAt(0) == Rule::kType || (RuleAt(1) == Rule::kType && e.name)) return "a type";
    if (RuleAt(0) == Rule::kLiteral) return "a literal";
    if (e.name) return Name();
    return List();
  }

  std::string Item() const {
    switch (RuleAt(0)) {
      case Rule::kSettings:
        return "a setting or `}`";
      case Rule::kPipeDecl:
      case Rule::kPresetDecl:
      case Rule::kTableRule:
      case Rule::kClause:
      case Rule::kPipeItem:
      case Rule::kTableItem:
        return "a clause or `}`";
      case Rule::kTestDecl:
        return "a statement or `}`";
      case Rule::kAlertDecl:
        return "`notify` or `}`";
      case Rule::kFile:
      case Rule::kDeclaration:
        return "a declaration";
      default:
        return "";
    }
  }

  std::string Name() const {
    Rule rule = RuleAt(0);
    if (rule == Rule::kIdent || rule == Rule::kWord) rule = RuleAt(1);
    bool after_colon = at_ > 0 && IsPunctuation(tokens_[at_ - 1], ":");
    bool after_period = at_ > 0 && IsPunctuation(tokens_[at_ - 1], ".");
    switch (rule) {
      case Rule::kColumns:
        return "a column";
      case Rule::kRenaming:
      case Rule::kReplacing:
      case Rule::kColumnPattern:
      case Rule::kAssignment:
      case Rule::kField:
        return "a column";
      case Rule::kSettings:
      case Rule::kSetting:
        return mistake_.expected.punctuation.size() > 1 ? "`=`, `{` or `;`" : "a setting or `}`";
      case Rule::kPattern:
      case Rule::kTableName:
        return after_period             ? "a table"
               : rule == Rule::kPattern ? "a database and a table, such as `shop.orders`"
                                        : "a table, such as `shop.orders`";
      case Rule::kTarget:
        return "a name, a template or `*`";
      case Rule::kUseClause:
        return "a preset";
      case Rule::kResource:
        return after_colon ? "a kind, such as `mysql` or `kafka`" : "a name";
      case Rule::kType:
        return "a type";
      case Rule::kPipeItem:
        return IsWord(tokens_[at_ - 1], "into") ? "a sink" : "a source";
      default:
        break;
    }
    if (!mistake_.expected.punctuation.empty() && mistake_.expected.punctuation.size() < 3)
      return "a name or " + List();
    return "a name";
  }

  std::string List() const {
    std::vector<std::string> all;
    for (const std::string& text : mistake_.expected.punctuation) all.push_back("`" + text + "`");
    for (const std::string& word : mistake_.expected.words) all.push_back("`" + word + "`");
    if (mistake_.expected.string) all.push_back("a text in single quotes");
    if (mistake_.expected.integer) all.push_back("a number");
    if (mistake_.expected.name) all.push_back("a name");
    if (all.size() > 5) {
      if (Is(";")) return "`;`";
      all.resize(4);
      all.push_back("another word");
    }
    std::string list;
    for (size_t i = 0; i < all.size(); ++i) {
      list += (i == 0 ? "" : i + 1 == all.size() ? " or " : ", ") + all[i];
    }
    return list.empty() ? "something else" : list;
  }

  static bool OpensOuterItem(const std::string& word) {
    return OneOf(word, {"table", "from", "into", "where", "select", "topic", "key", "partition", "format", "header",
                        "on", "expect", "given", "use"});
  }

  // A name that is nearly a word which could stand here.
  bool Misspelt(Diagnostic* made) const {
    if (tokens_[at_].kind != TokenKind::kName || mistake_.expected.name) return false;
    std::vector<std::string> words = mistake_.expected.words;
    bool in_pipe = RuleAt(0) == Rule::kPipeDecl || RuleAt(0) == Rule::kTableRule || RuleAt(0) == Rule::kPresetDecl;
    if (AtItemStart() && in_pipe) {
      words = {"from",   "into",   "table", "where", "select",  "merge",  "snapshot", "topic", "key",  "partition",
               "format", "header", "on",    "names", "convert", "accept", "verify",   "use",   "store"};
    }
    std::optional<std::string> word = expr::Nearest(LowerAscii(Slice(at_)), words);
    if (!word) return false;
    made->label = "did you mean `" + *word + "`?";
    made->fixes.push_back({"replace with `" + *word + "`", diag::Applicability::kMaybe, {{SpanAt(at_), *word}}});
    return true;
  }

  void Hints(Diagnostic* made) const {
    const Token& token = tokens_[at_];
    bool name_wanted = mistake_.expected.name;
    bool brace_lost = AtItemStart() && Is("}") && token.kind == TokenKind::kWord && OpensOuterItem(token.word);
    if (brace_lost) {
      made->label = "is a `}` missing above?";
      return;
    }
    if (name_wanted && IsHardWord(token)) {
      made->label = "a reserved word: as a name, write `` `" + std::string(Slice(at_)) + "` ``";
      return;
    }
    if (token.kind == TokenKind::kTemplate && mistake_.expected.string) {
      made->label = "a template; a text has single quotes";
      return;
    }
    if (Misspelt(made)) return;
    bool double_equal = token.word == "=" && at_ > 0 && IsPunctuation(tokens_[at_ - 1], "=");
    if (double_equal) made->label = "equality is one `=`";
    if (Slice(at_) == "!") made->label = "write `not`";
    if (Slice(at_) == "#") made->label = "comments start with `--`";
    bool value_without_unit =
        token.kind == TokenKind::kName && at_ > 0 && token.begin == tokens_[at_ - 1].end &&
        (tokens_[at_ - 1].kind == TokenKind::kInteger || tokens_[at_ - 1].kind == TokenKind::kDuration);
    if (value_without_unit) made->label = "units are `ms s m h d` and `B KB MB GB KiB MiB GiB`";
    if (made->message.rfind("expected `;`", 0) == 0 && made->label.empty() && at_ > 0) {
      AddInsert(made, tokens_[at_ - 1].end, ";");
    }
  }

  // SQL that one row cannot answer, or that this language says otherwise: refused by name.
  bool Refused(Diagnostic* made) const {
    const std::string word = LowerAscii(Slice(at_));
    const std::string before = at_ > 0 ? LowerAscii(Slice(at_ - 1)) : "";
    bool in_query = Inside(Rule::kTableItem) || Inside(Rule::kExpression) || Inside(Rule::kClause);
    auto refuse = [&](size_t token, std::string message, std::string label) {
      made->span = SpanAt(token);
      made->message = std::move(message);
      made->label = std::move(label);
      return true;
    };
    if (word == "||" || word == "&&") {
      made->kind = Kind::kUnsupportedOperator;
      const std::string plain = word == "&&" ? "and" : "or";
      made->fixes.push_back({"write `" + plain + "`", diag::Applicability::kMaybe, {{SpanAt(at_), plain}}});
      return refuse(at_, "`" + word + "` is not an operator of this language",
                    word == "&&" ? "write `and`" : "write `or`, or `concat(a, b)` to join texts");
    }
    if (!in_query) return false;
    bool date = OneOf(before, {"date", "time", "timestamp"}) && tokens_[at_].kind == TokenKind::kString;
    if (date) {
      return refuse(at_ - 1, "`" + before + " '…'` literals are not part of this language",
                    "write the text alone: next to a date or time column it is one");
    }
    if (word == "collate") return refuse(at_, "`collate` is not part of this language", "texts compare by their bytes");
    if (word == "escape") return refuse(at_, "`like … escape` is not part of this language", "the escape is `\\`");
    if (word == "unknown" && (before == "is" || before == "not")) {
      return refuse(at_, "`is unknown` is not part of this language", "write `is null`");
    }
    if (OneOf(word, {"join", "inner", "left", "right", "cross", "natural", "straight_join"}) ||
        (word == "from" && Is(";") && Inside(Rule::kTableItem) && !AtItemStart() && !tokens_[at_].opens_line)) {
      return refuse(at_, "a pipe sees one row: there are no joins", "each `table` rule names its table");
    }
    if (word == "select" && (before == "(" || Inside(Rule::kPrimary))) {
      return refuse(at_, "a pipe sees one row: there are no subqueries", "");
    }
    if (OneOf(word, {"group", "having", "order", "limit", "union", "distinct"}) && Inside(Rule::kTableItem) &&
        !AtItemStart() && tokens_[at_].kind == TokenKind::kName) {
      return refuse(at_, "a pipe sees one row: `" + word + "` has no meaning here", "");
    }
    if (word == "," && RuleAt(0) == Rule::kPrimary && Is(")")) {
      return refuse(at_, "rows of values are not part of this language", "compare each column by itself");
    }
    return false;
  }

  const source::SourceText& text_;
  uint32_t file_;
  const std::vector<Token>& tokens_;
  const Mistake& mistake_;
  size_t at_;
};

}  // namespace

Diagnostic Explain(const source::SourceText& text, uint32_t file, const std::vector<Token>& tokens,
                   const Mistake& mistake) {
  return Explainer(text, file, tokens, mistake).Run();
}

}  // namespace cdc::parse
