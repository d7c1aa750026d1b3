#include <algorithm>
#include <map>
#include <set>

#include "compiler/lint/edits.h"
#include "compiler/lint/rule.h"

// Which names a program uses is read off its tokens: a name counts as used wherever it stands in a place that can mean
// the declaration, so that doubt never makes a finding.

namespace cdc::lint {
namespace {

using Preset = ast::PresetDecl;

// The names that stand where they mean something declared, by the place they stand in.
class Uses {
 public:
  explicit Uses(const FileView& file) : file_(file) {
    const std::vector<parse::Token>& tokens = file.tokens;
    for (size_t i = 0; i < tokens.size(); ++i) {
      if (tokens[i].kind == parse::TokenKind::kTemplate) Placeholders(file.TextOf(tokens[i]));
      std::string name = NameOf(i);
      if (name.empty()) continue;
      named_[name].push_back(tokens[i].begin);
      if (IsNext(i, ".")) {
        qualifying_.insert(name);
        std::string member = NameOf(i + 2);
        if (!member.empty()) dotted_.insert(name + "." + member);
      }
      if (i > 0 && parse::IsWord(tokens[i - 1], "use")) used_.insert(name);
      bool declared = i > 0 && parse::IsWord(tokens[i - 1], "function");
      if (!declared && IsNext(i, "(")) called_.insert(name);
    }
  }

  // `prefix.name` as tokens, or `$prefix.name$` in a template.
  bool Dotted(const std::string& prefix, const std::string& name) const {
    return dotted_.count(prefix + "." + name) != 0;
  }
  bool Called(const std::string& name) const { return called_.count(name) != 0; }
  bool BehindUse(const std::string& name) const { return used_.count(name) != 0; }
  // In front of a period: `masks.phone(…)`, `use house.kafka`.
  bool Qualifies(const std::string& name) const { return qualifying_.count(name) != 0; }
  // Anywhere but at `declared`.
  bool Named(const std::string& name, Span declared) const {
    auto found = named_.find(name);
    if (found == named_.end()) return false;
    return found->second.size() > 1 || found->second[0] != declared.begin;
  }

 private:
  // Empty: no name stands there.
  std::string NameOf(size_t i) const {
    if (i >= file_.tokens.size()) return "";
    const parse::Token& token = file_.tokens[i];
    std::string text(file_.TextOf(token));
    if (token.kind == parse::TokenKind::kWord || token.kind == parse::TokenKind::kName) return text;
    if (token.kind == parse::TokenKind::kQuoted && text.size() > 2) return text.substr(1, text.size() - 2);
    return "";
  }
  bool IsNext(size_t i, const char* punctuation) const {
    return i + 1 < file_.tokens.size() && parse::IsPunctuation(file_.tokens[i + 1], punctuation);
  }
  // Whatever stands between two dollars.
  void Placeholders(std::string_view text) {
    for (size_t begin = text.find('$'); begin != std::string_view::npos;) {
      size_t end = text.find('$', begin + 1);
      if (end == std::string_view::npos) return;
      dotted_.emplace(text.substr(begin + 1, end - begin - 1));
      begin = end;
    }
  }

  const FileView& file_;
  std::set<std::string> dotted_;
  std::set<std::string> called_;
  std::set<std::string> used_;
  std::set<std::string> qualifying_;
  std::map<std::string, std::vector<uint32_t>> named_;
};

// A declaration with the doc comment that is about it.
Span WithDoc(const ast::Declaration& declaration) {
  Span whole = declaration.span;
  for (auto comment = declaration.trivia.before.rbegin(); comment != declaration.trivia.before.rend(); ++comment) {
    if (comment->kind != ast::Comment::Kind::kDoc) break;
    whole.begin = comment->span.begin;
  }
  return whole;
}

// Whether a pipe names a source, sink or store that this file does not declare: any of its imports may, and resources
// of imported files go by their own name.
bool BorrowsResources(const ast::File& file) {
  std::set<std::string> declared;
  std::vector<const ast::Ident*> named;
  for (const ast::Declaration& declaration : file.declarations) {
    if (const auto* resource = std::get_if<ast::ResourceDecl>(&declaration.node)) declared.insert(resource->name.text);
    const auto* pipe = std::get_if<ast::PipeDecl>(&declaration.node);
    if (pipe == nullptr) continue;
    for (const ast::PipeItem& item : pipe->items) {
      if (const auto* from = std::get_if<ast::FromClause>(&item.node)) {
        for (const ast::Ident& source : from->sources) named.push_back(&source);
      } else if (const auto* into = std::get_if<ast::IntoClause>(&item.node)) {
        named.push_back(&into->sink);
      } else if (const auto* store = std::get_if<ast::StoreClause>(&item.node)) {
        named.push_back(&store->store);
      }
    }
  }
  return std::any_of(named.begin(), named.end(),
                     [&](const ast::Ident* name) { return declared.count(name->text) == 0; });
}

void RunUnusedDeclaration(const FileView& file, Diagnostics* diagnostics) {
  bool has_pipe = false;
  for (const ast::Declaration& declaration : file.ast.declarations) {
    has_pipe = has_pipe || std::holds_alternative<ast::PipeDecl>(declaration.node);
  }
  // What others import is used by them.
  if (!file.is_program || !has_pipe) return;
  Uses uses(file);
  auto report = [&](const char* what, const ast::Ident& name, Span whole) {
    diagnostics
        ->Report(Kind::kUnusedDeclaration, name.span, std::string(what) + " `" + name.text + "` is used by nobody",
                 "remove it")
        .fixes.push_back(Remove(std::string("remove ") + what + " `" + name.text + "`", file.text, whole));
  };
  const bool borrows = BorrowsResources(file.ast);
  for (const ast::ImportDecl& import : file.ast.imports) {
    if (!borrows && !uses.Qualifies(import.name.text)) report("import", import.name, import.span);
  }
  for (const ast::Declaration& declaration : file.ast.declarations) {
    if (const auto* param = std::get_if<ast::ParamDecl>(&declaration.node)) {
      if (!uses.Dotted("param", param->name.text)) report("parameter", param->name, WithDoc(declaration));
    } else if (const auto* secret = std::get_if<ast::SecretDecl>(&declaration.node)) {
      if (!uses.Dotted("secret", secret->name.text)) report("secret", secret->name, WithDoc(declaration));
    } else if (const auto* function = std::get_if<ast::FunctionDecl>(&declaration.node)) {
      if (!uses.Called(function->name.text)) report("function", function->name, WithDoc(declaration));
    } else if (const auto* preset = std::get_if<Preset>(&declaration.node)) {
      if (!uses.BehindUse(preset->name.text)) report("preset", preset->name, WithDoc(declaration));
    } else if (const auto* resource = std::get_if<ast::ResourceDecl>(&declaration.node)) {
      std::string what(file.TextOf(parse::Token{.begin = declaration.word.begin, .end = declaration.word.end}));
      if (!uses.Named(resource->name.text, resource->name.span))
        report(what.c_str(), resource->name, WithDoc(declaration));
    }
  }
}

}  // namespace

Rule UnusedDeclaration() { return {.kind = Kind::kUnusedDeclaration, .of_file = RunUnusedDeclaration}; }

}  // namespace cdc::lint
