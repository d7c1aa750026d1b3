#include "compiler/parse/recover.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "compiler/parse/blocks.h"
#include "compiler/parse/explain.h"
#include "compiler/parse/lex.h"
#include "compiler/parse/parse.h"

namespace cdc::parse {
namespace {

// Beyond these a declaration is given up: each mistake costs some runs of the grammar.
constexpr int kMistakesPerDeclaration = 25;
constexpr size_t kTokensForTrials = 20'000;
// Tokens read in all runs over one file; without trials once they are used up, not at all at twice as many.
constexpr size_t kTokensForRepairs = 1'000'000;
// A repair counts if the grammar reads at least this much further.
constexpr size_t kProgress = 4;

using Tokens = std::vector<Token>;

class Recovery {
 public:
  Recovery(const source::SourceText& text, uint32_t file, const std::vector<uint32_t>& reported,
           diag::Diagnostics* diagnostics, const Accept& accept)
      : text_(text), file_(file), reported_(reported), diagnostics_(diagnostics), accept_(accept) {}

  void Run(const Tokens& tokens) {
    std::vector<size_t> starts = DeclarationStarts(tokens);
    size_t first = starts.empty() ? tokens.size() - 1 : starts[0];
    if (first > 0) NoDeclaration(Cut(tokens, 0, first));
    for (size_t i = 0; i < starts.size(); ++i) {
      if (diagnostics_->all().size() >= static_cast<size_t>(kMistakesMax)) {
        uint32_t here = tokens[starts[i]].begin;
        diagnostics_->Report(diag::Kind::kTooLarge, {file_, here, tokens[starts[i]].end},
                             std::to_string(kMistakesMax) + " mistakes: the file is not read beyond this point");
        return;
      }
      size_t end = i + 1 < starts.size() ? starts[i + 1] : tokens.size() - 1;
      ReadPart(Cut(tokens, starts[i], end));
    }
  }

 private:
  // Tokens [begin, end) and an end mark.
  static Tokens Cut(const Tokens& tokens, size_t begin, size_t end) {
    Tokens part(tokens.begin() + static_cast<ptrdiff_t>(begin), tokens.begin() + static_cast<ptrdiff_t>(end));
    Token mark = tokens.back();
    mark.opens_line = true;
    mark.begin = mark.end = part.back().end;
    part.push_back(mark);
    return part;
  }

  static Rule RuleOf(const Tokens& tokens) {
    if (IsWord(tokens[0], "edition")) return Rule::kEdition;
    return IsWord(tokens[0], "import") ? Rule::kImportDecl : Rule::kDeclaration;
  }

  void Report(const Tokens& tokens, const Mistake& mistake) {
    if (!reported_.empty()) {
      auto [begin, end] = ItemAround(tokens, mistake.token);
      auto first = std::lower_bound(reported_.begin(), reported_.end(), tokens[begin].begin);
      if (first != reported_.end() && *first < tokens[std::max(end, begin + 1) - 1].end) return;
    }
    diagnostics_->Add(Explain(text_, file_, tokens, mistake));
  }

  // Tokens in front of the first declaration: perhaps one that is misspelt.
  void NoDeclaration(Tokens tokens) {
    Syntax syntax = Run(tokens, RuleOf(tokens));
    if (!syntax.ok) Report(tokens, syntax.mistake);
  }

  void ReadPart(Tokens tokens) {
    Rule rule = RuleOf(tokens);
    if (rule == Rule::kDeclaration) {
      seen_declaration_ = true;
    } else if (seen_declaration_) {
      diagnostics_->Report(diag::Kind::kSyntax, {file_, tokens[0].begin, tokens[0].end},
                           "`" + tokens[0].word + "` must stand before all declarations", "move it up");
    }
    if (std::optional<size_t> deep = TooDeep(tokens, kNestingMax)) {
      diagnostics_->Report(diag::Kind::kTooLarge, {file_, tokens[*deep].begin, tokens[*deep].end},
                           "this nests deeper than " + std::to_string(kNestingMax));
      return;
    }
    bool muted = false;
    for (int mistakes = 0; mistakes < kMistakesPerDeclaration; ++mistakes) {
      if (mistakes > 0 && tokens_read_ > 2 * kTokensForRepairs) return;
      Syntax syntax = Run(tokens, rule);
      if (syntax.ok) {
        accept_(tokens, syntax.tree);
        return;
      }
      if (syntax.mistake.after_end) {
        AfterEnd(&tokens, syntax.mistake);
        continue;
      }
      if (!muted) Report(tokens, syntax.mistake);
      bool clean = true;
      if (!Repair(&tokens, rule, syntax.mistake) && !Remove(&tokens, syntax.mistake.token, &clean)) return;
      muted = !clean;
    }
  }

  // The declaration is complete, but more follows: a brace too many inside it, or something that is no
  // declaration.
  void AfterEnd(Tokens* tokens, const Mistake& mistake) {
    size_t at = mistake.token;
    bool brace_before = at > 0 && IsPunctuation((*tokens)[at - 1], "}");
    if (brace_before && !IsPunctuation((*tokens)[at], "}")) {
      Tokens trial = *tokens;
      trial.erase(trial.begin() + static_cast<ptrdiff_t>(at) - 1);
      Syntax again = Run(trial, Rule::kDeclaration);
      if (again.ok || (!again.mistake.after_end && again.mistake.token >= at - 1 + kProgress)) {
        const Token& brace = (*tokens)[at - 1];
        diagnostics_->Report(diag::Kind::kSyntax, {file_, brace.begin, brace.end},
                             "this `}` ends the " + (*tokens)[0].word + ", but more of it follows",
                             "there is one `}` too many, here or above");
        *tokens = std::move(trial);
        return;
      }
    }
    Report(*tokens, mistake);
    tokens->erase(tokens->begin() + static_cast<ptrdiff_t>(at), tokens->end() - 1);
    tokens->back().begin = tokens->back().end = (*tokens)[at - 1].end;
  }

  Syntax Run(const Tokens& tokens, Rule rule) {
    tokens_read_ += tokens.size();
    return RunGrammar(tokens, rule);
  }

  // How far the grammar reads, in tokens; all of them if it reads everything.
  size_t Reach(const Tokens& tokens, Rule rule) {
    Syntax syntax = Run(tokens, rule);
    return syntax.ok ? tokens.size() : syntax.mistake.token;
  }

  // One token inserted in front of the mistake, or the wrong one left out.
  bool Repair(Tokens* tokens, Rule rule, const Mistake& mistake) {
    if (tokens->size() > kTokensForTrials || tokens_read_ > kTokensForRepairs) return false;
    size_t at = mistake.token;
    Tokens best;
    size_t best_gain = 0;
    auto consider = [&](Tokens trial, size_t offset) {
      size_t reach = Reach(trial, rule);
      if (reach <= offset) return;
      size_t gain = reach - offset;
      if (reach == trial.size()) gain += kProgress;
      if (gain >= kProgress && gain > best_gain) {
        best = std::move(trial);
        best_gain = gain;
      }
    };
    for (const std::string& text : mistake.expected.punctuation) {
      Tokens trial = *tokens;
      uint32_t offset = at > 0 ? trial[at - 1].end : trial[at].begin;
      trial.insert(trial.begin() + static_cast<ptrdiff_t>(at), MadeUp(text.c_str(), offset));
      consider(std::move(trial), at + 1);
    }
    if ((*tokens)[at].kind != TokenKind::kEnd && at > 0) {
      Tokens trial = *tokens;
      trial.erase(trial.begin() + static_cast<ptrdiff_t>(at));
      consider(std::move(trial), at);
    }
    if (best_gain == 0) return false;
    *tokens = std::move(best);
    return true;
  }

  // Leaves out the item that the mistake is in. False: it is in the head of the declaration, nothing can be
  // kept.
  static bool Remove(Tokens* tokens, size_t at, bool* clean) {
    // A word that opens an item where the one before has no end: that one is wrong.
    bool opens_next = at > 0 && (*tokens)[at].opens_line && OpensItem(*tokens, at) &&
                      !IsPunctuation((*tokens)[at - 1], ";") && !IsPunctuation((*tokens)[at - 1], "{") &&
                      !IsPunctuation((*tokens)[at - 1], "}");
    auto [begin, end] = ItemAround(*tokens, opens_next ? at - 1 : at);
    if (begin == 0 || end <= begin) return false;
    *clean = IsPunctuation((*tokens)[end - 1], ";") || IsPunctuation((*tokens)[end - 1], "}") || opens_next;
    tokens->erase(tokens->begin() + static_cast<ptrdiff_t>(begin), tokens->begin() + static_cast<ptrdiff_t>(end));
    return true;
  }

  const source::SourceText& text_;
  uint32_t file_;
  const std::vector<uint32_t>& reported_;
  diag::Diagnostics* diagnostics_;
  const Accept& accept_;
  bool seen_declaration_ = false;
  size_t tokens_read_ = 0;
};

}  // namespace

void Recover(const source::SourceText& text, uint32_t file, const std::vector<Token>& tokens,
             const std::vector<uint32_t>& reported, diag::Diagnostics* diagnostics, const Accept& accept) {
  Recovery(text, file, reported, diagnostics, accept).Run(tokens);
}

}  // namespace cdc::parse
