#include "compiler/lint/suppressions.h"

#include <algorithm>

#include "compiler/lint/dates.h"
#include "compiler/lint/edits.h"
#include "compiler/lint/items.h"
#include "compiler/lint/rule.h"

namespace cdc::lint {
namespace {

constexpr std::string_view kAllow = "lint:allow";
constexpr std::string_view kAllowFile = "lint:allow-file";

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\r'; }
bool IsWordLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

// Reads one comment whose text starts with `lint:`.
class Reader {
 public:
  Reader(const ast::Comment& comment, const std::string& today, Suppression* out)
      : text_(comment.text), base_(comment.span), today_(today), out_(*out) {}

  // False: the comment is none.
  bool Run() {
    while (at_ < text_.size() && (text_[at_] == '-' || text_[at_] == '/' || text_[at_] == '*')) ++at_;
    Blanks();
    if (text_.substr(at_, 5) != "lint:") return false;
    size_t begin = at_;
    at_ += 5;
    while (at_ < text_.size() && IsWordLetter(text_[at_])) ++at_;
    std::string_view word = text_.substr(begin, at_ - begin);
    out_.blame = At(begin, at_);
    if (word != kAllow && word != kAllowFile)
      return Bad("`" + std::string(word) + "` is no order to lint", "`lint:allow` or `lint:allow-file`");
    file_ = word == kAllowFile;
    return Ids() && Until() && Reason();
  }

  bool file() const { return file_; }

 private:
  Span At(size_t begin, size_t end) const {
    return {base_.file, base_.begin + static_cast<uint32_t>(begin), base_.begin + static_cast<uint32_t>(end)};
  }
  void Blanks() {
    while (at_ < text_.size() && IsSpace(text_[at_])) ++at_;
  }
  bool Bad(std::string problem, std::string hint) {
    out_.problem = std::move(problem);
    out_.hint = std::move(hint);
    return true;
  }
  std::string Word() {
    Blanks();
    size_t begin = at_;
    while (at_ < text_.size() && IsWordLetter(text_[at_])) ++at_;
    word_ = At(begin, at_);
    return std::string(text_.substr(begin, at_ - begin));
  }

  // `PIPE208, PIPE209`. True: read on, or the problem is told.
  bool Ids() {
    do {
      std::string id = Word();
      out_.blame = word_;
      if (id.empty()) return Bad("this allows no rule", "write the id of one: `lint:allow PIPE208: why`");
      std::optional<Kind> kind = id.rfind("PIPE", 0) == 0 ? FindRule(id) : std::nullopt;
      if (!kind) return Bad("`" + id + "` is no id of a rule", "as PIPE208");
      std::string why = WhyNoLevel(id);
      if (diag::KindSeverity(*kind) == diag::Severity::kError) {
        return Bad(id + " is an error, and errors cannot be allowed", "mend what it is about");
      }
      if (!why.empty()) return Bad(why, "it finds nothing yet");
      if (*kind == Kind::kUselessSuppression) return Bad(id + " is about comments like this", "no comment allows it");
      out_.kinds.emplace_back(*kind, word_);
      out_.used.push_back(false);
      Blanks();
    } while (at_ < text_.size() && text_[at_] == ',' && ++at_ > 0);
    return true;
  }

  bool Until() {
    if (!out_.problem.empty()) return true;
    size_t begin = at_;
    if (Word() != "until") {
      at_ = begin;
      return true;
    }
    std::string day = Word();
    out_.blame = word_;
    std::optional<int64_t> last = ReadDay(day);
    if (!last) return Bad("`until` needs a day", "as 2027-03-01");
    std::optional<int64_t> now = ReadDay(today_);
    if (now && *now > *last) return Bad("this expired on " + day, "what it allowed is reported again");
    return true;
  }

  bool Reason() {
    if (!out_.problem.empty()) return true;
    Blanks();
    bool colon = at_ < text_.size() && text_[at_] == ':';
    std::string_view reason = colon ? text_.substr(at_ + 1) : std::string_view();
    if (reason.size() >= 2 && reason.substr(reason.size() - 2) == "*/") reason.remove_suffix(2);
    while (!reason.empty() && IsSpace(reason.front())) reason.remove_prefix(1);
    if (!reason.empty()) return true;
    out_.blame = out_.kinds.empty() ? out_.comment : Cover(out_.kinds.front().second, out_.kinds.back().second);
    return Bad("this gives no reason", "write it behind a colon: `" + diag::KindId(out_.kinds[0].first) + ": why`");
  }

  static Span Cover(Span a, Span b) { return source::Cover(a, b); }

  std::string_view text_;
  Span base_;
  const std::string& today_;
  Suppression& out_;
  size_t at_ = 0;
  Span word_;
  bool file_ = false;
};

// Where the clause begins that ends with a `;` right in front of `at`; `at` if there is none. A long clause has lines
// above the one on which a comment behind it stands.
uint32_t BeginOfClause(const std::string& text, const std::vector<Span>& items, uint32_t at) {
  uint32_t end = at;
  while (end > 0 && IsSpace(text[end - 1])) --end;
  uint32_t begin = at;
  if (end == 0 || text[end - 1] != ';') return begin;
  for (Span item : items) {
    if (item.end == end) begin = std::min(begin, item.begin);
  }
  return begin;
}

// What the comment speaks for: its line and the clause that ends on it, or the next item.
Span Covered(const Suppression& suppression, const source::SourceText& text, const std::vector<Span>& items) {
  uint32_t line = text.At(suppression.comment.begin).line;
  Span covered = {suppression.comment.file, text.LineStart(line), suppression.comment.begin};
  if (!suppression.whole_line) {
    covered.begin = std::min(covered.begin, BeginOfClause(text.text(), items, suppression.comment.begin));
    return covered;
  }
  auto next = std::lower_bound(items.begin(), items.end(), suppression.comment.end,
                               [](Span item, uint32_t at) { return item.begin < at; });
  return next == items.end() ? Span{covered.file, covered.end, covered.end} : *next;
}

}  // namespace

bool Suppression::Allows(const diag::Diagnostic& diagnostic, size_t* which) const {
  if (!problem.empty() || !diagnostic.has_span || diagnostic.span.file != covers.file) return false;
  if (diagnostic.span.begin < covers.begin || diagnostic.span.begin >= covers.end) return false;
  for (*which = 0; *which < kinds.size(); ++*which) {
    if (kinds[*which].first == diagnostic.kind) return true;
  }
  return false;
}

std::vector<Suppression> ReadSuppressions(const ast::File& file, const source::SourceText& text,
                                          const std::string& today) {
  std::vector<Suppression> all;
  std::vector<Span> items;
  for (const ast::Comment& comment : file.comments) {
    if (comment.kind == ast::Comment::Kind::kDoc || comment.text.find("lint:") == std::string::npos) continue;
    Suppression one;
    one.comment = comment.span;
    one.whole_line = !(WholeLines(text, comment.span) == comment.span);
    Reader reader(comment, today, &one);
    if (!reader.Run()) continue;
    if (items.empty()) items = ItemsOf(file);
    one.covers =
        reader.file() ? Span{file.file, 0, static_cast<uint32_t>(text.text().size()) + 1} : Covered(one, text, items);
    all.push_back(std::move(one));
  }
  return all;
}

void ReportUseless(const Suppression& suppression, const source::SourceText& text, const Levels& ran,
                   Diagnostics* diagnostics) {
  if (!suppression.problem.empty()) {
    diagnostics->Report(Kind::kUselessSuppression, suppression.blame, suppression.problem, suppression.hint);
    return;
  }
  std::vector<std::string> kept;
  for (size_t i = 0; i < suppression.kinds.size(); ++i) {
    bool useless = !suppression.used[i] && ran.count(suppression.kinds[i].first) != 0;
    if (!useless) kept.push_back(diag::KindId(suppression.kinds[i].first));
  }
  for (size_t i = 0; i < suppression.kinds.size(); ++i) {
    const auto& [kind, span] = suppression.kinds[i];
    if (suppression.used[i] || ran.count(kind) == 0) continue;
    diag::Diagnostic& made = diagnostics->Report(
        Kind::kUselessSuppression, span, diag::KindId(kind) + " finds nothing here", "there is nothing to allow");
    if (kept.empty()) {
      made.fixes.push_back(Remove("remove the comment", text, suppression.comment));
      continue;
    }
    std::string ids;
    for (const std::string& id : kept) ids += (ids.empty() ? "" : ", ") + id;
    Span list = source::Cover(suppression.kinds.front().second, suppression.kinds.back().second);
    made.fixes.push_back(Replace("allow " + ids + " only", list, ids));
  }
}

Rule UselessSuppression() { return {.kind = Kind::kUselessSuppression}; }

}  // namespace cdc::lint
