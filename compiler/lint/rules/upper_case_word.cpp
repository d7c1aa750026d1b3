#include <set>

#include "compiler/lint/edits.h"
#include "compiler/lint/rule.h"

namespace cdc::lint {
namespace {

// Where a soft word is a word of the language and no name: at the start of a declaration, an item, a clause.
std::set<uint32_t> Openings(const ast::File& file) {
  std::set<uint32_t> begins;
  auto clause = [&](const ast::Clause& node) { begins.insert(node.word.begin); };
  for (const ast::Declaration& declaration : file.declarations) {
    begins.insert(declaration.word.begin);
    if (const auto* preset = std::get_if<ast::PresetDecl>(&declaration.node)) {
      for (const ast::Clause& node : preset->clauses) clause(node);
    }
    const auto* pipe = std::get_if<ast::PipeDecl>(&declaration.node);
    if (pipe == nullptr) continue;
    for (const ast::PipeItem& item : pipe->items) {
      begins.insert(item.word.begin);
      const auto* rule = std::get_if<ast::TableRule>(&item.node);
      if (rule == nullptr) continue;
      for (const ast::TableItem& inner : rule->items) begins.insert(inner.word.begin);
    }
  }
  return begins;
}

void RunUpperCaseWord(const FileView& file, Diagnostics* diagnostics) {
  std::set<uint32_t> openings = Openings(file.ast);
  for (size_t i = 0; i < file.tokens.size(); ++i) {
    const parse::Token& token = file.tokens[i];
    // Behind a period every word is a name.
    bool name = i > 0 && parse::IsPunctuation(file.tokens[i - 1], ".");
    bool word = parse::IsHardWord(token) || openings.count(token.begin) != 0;
    if (token.kind != parse::TokenKind::kWord || name || !word || file.TextOf(token) == token.word) continue;
    diagnostics
        ->Report(Kind::kUpperCaseWord, file.SpanOf(token), "words of the language are written in lower case",
                 "write `" + token.word + "`")
        .fixes.push_back(Replace("write `" + token.word + "`", file.SpanOf(token), token.word));
  }
}

}  // namespace

Rule UpperCaseWord() { return {.kind = Kind::kUpperCaseWord, .of_file = RunUpperCaseWord}; }

}  // namespace cdc::lint
