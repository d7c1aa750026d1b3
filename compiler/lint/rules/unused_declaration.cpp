#include "compiler/lint/edits.h"
#include "compiler/lint/rule.h"

// Which names a program uses is read off its tokens: a name counts as used wherever it stands in a place that can mean
// the declaration, so that doubt never makes a finding.

namespace cdc::lint {
namespace {

using Preset = ast::PresetDecl;

class Uses {
 public:
  explicit Uses(const FileView& file) : file_(file) {}

  // `prefix.name` as tokens, or `$prefix.name$` in a template.
  bool Dotted(const std::string& prefix, const std::string& name) const {
    for (size_t i = 0; i + 2 < file_.tokens.size(); ++i) {
      if (file_.tokens[i].kind == parse::TokenKind::kTemplate) {
        if (file_.TextOf(file_.tokens[i]).find("$" + prefix + "." + name + "$") != std::string_view::npos) return true;
        continue;
      }
      if (Is(i, prefix) && IsDot(i + 1) && Is(i + 2, name)) return true;
    }
    return false;
  }

  bool Called(const std::string& name) const {
    for (size_t i = 1; i + 1 < file_.tokens.size(); ++i) {
      bool declared = parse::IsWord(file_.tokens[i - 1], "function");
      if (Is(i, name) && !declared && parse::IsPunctuation(file_.tokens[i + 1], "(")) return true;
    }
    return false;
  }

  bool BehindUse(const std::string& name) const {
    for (size_t i = 1; i < file_.tokens.size(); ++i) {
      if (Is(i, name) && parse::IsWord(file_.tokens[i - 1], "use")) return true;
    }
    return false;
  }

  // In front of a period: `masks.phone(…)`, `use house.kafka`.
  bool Qualifies(const std::string& name) const {
    for (size_t i = 0; i + 1 < file_.tokens.size(); ++i) {
      if (Is(i, name) && IsDot(i + 1)) return true;
    }
    return false;
  }

  // Anywhere but at `declared`.
  bool Named(const std::string& name, Span declared) const {
    for (size_t i = 0; i < file_.tokens.size(); ++i) {
      if (Is(i, name) && file_.tokens[i].begin != declared.begin) return true;
    }
    return false;
  }

 private:
  bool Is(size_t i, const std::string& name) const {
    if (i >= file_.tokens.size()) return false;
    const parse::Token& token = file_.tokens[i];
    bool word = token.kind == parse::TokenKind::kWord || token.kind == parse::TokenKind::kName;
    if (word) return file_.TextOf(token) == name;
    return token.kind == parse::TokenKind::kQuoted && file_.TextOf(token) == "`" + name + "`";
  }
  bool IsDot(size_t i) const { return i < file_.tokens.size() && parse::IsPunctuation(file_.tokens[i], "."); }

  const FileView& file_;
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
  for (const ast::ImportDecl& import : file.ast.imports) {
    if (!uses.Qualifies(import.name.text)) report("import", import.name, import.span);
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
