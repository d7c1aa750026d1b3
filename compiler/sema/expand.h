#pragma once

// Replaces in an expression what only a program text has: parameters by literals, templates by `concat`,
// functions of the program by their bodies. A parameter without a value becomes a column named `$param.x`, of
// unknown type.

#include <optional>
#include <string>
#include <vector>

#include "compiler/sema/names.h"

namespace cdc::sema {

inline constexpr std::string_view kUnknownParam = "$param.";
inline constexpr size_t kExpandedNodesMax = 100'000;

// Where a template stands, which decides what its placeholders may be.
enum class TemplatePlace { kSetting, kTopic, kTarget, kValue };

class Expander {
 public:
  // All arguments outlive it.
  Expander(const Names& names, const ParamValues& params, diag::Diagnostics* diagnostics)
      : names_(names), params_(params), diagnostics_(diagnostics) {}

  // PIPE103, PIPE104, PIPE105, PIPE117, PIPE010, PIPE011. What was wrong becomes NULL.
  Expr Expand(const Expr& expr);

  // `groups` null: outside table rules; `source` nothing: the pipe has several. PIPE103, PIPE132; nothing if `expr` is
  // no template.
  std::optional<Template> ReadTemplate(const Expr& expr, TemplatePlace place, const std::string& pipe,
                                       const std::optional<std::string>& source,
                                       const std::vector<std::string>* groups);
  Template ReadTemplate(const ast::Template& value, TemplatePlace place, const std::string& pipe,
                        const std::optional<std::string>& source, const std::vector<std::string>* groups);

  // What `$pipe$` and `$source$` are in value templates from now on; without a source, that of the row.
  void EnterPipe(std::string pipe, std::optional<std::string> source) {
    pipe_ = std::move(pipe);
    source_ = std::move(source);
  }

  // Checks every function declaration of the program: PIPE137, types of body and result.
  void CheckFunctions();

  // An expression over literals and parameters, reduced: the branch of a `case` that its parameters choose.
  // `*unknown` is set if a parameter without a value decides.
  Expr Reduce(const Expr& expr, bool* unknown);

  const Names& names() const { return names_; }
  diag::Diagnostics* diagnostics() const { return diagnostics_; }

 private:
  Expr Walk(const Expr& expr);
  // `in_template`: it stands between dollars.
  Expr Param(const Expr& expr, const std::string& name, bool in_template);
  Expr TemplateValue(const Expr& expr);
  Expr Secret(const Expr& expr, const std::string& name);
  Expr Call(const Expr& expr);
  Expr Inline(const Expr& call, const ast::FunctionDecl& function);
  std::vector<Expr> Arguments(const Expr& call, const ast::FunctionDecl& function, bool* ok);

  const Names& names_;
  const ParamValues& params_;
  diag::Diagnostics* diagnostics_;
  std::string pipe_;
  std::optional<std::string> source_ = "";
  std::vector<const ast::FunctionDecl*> open_;
  size_t nodes_ = 0;
};

Expr MakeText(std::string text, expr::Origin origin);
Expr MakeLiteral(expr::Literal literal, expr::Origin origin);
Expr MakeCall(std::string name, std::vector<Expr> args, expr::Origin origin);
bool HasUnknownParam(const Expr& expr);

}  // namespace cdc::sema
