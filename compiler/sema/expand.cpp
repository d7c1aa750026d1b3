#include "compiler/sema/expand.h"

#include <algorithm>

#include "compiler/sema/scope.h"
#include "compiler/sema/time_units.h"
#include "stdlib/core/names.h"
#include "stdlib/expr/resolve.h"
#include "stdlib/functions/registry.h"

namespace cdc::sema {
namespace {

using diag::Kind;
using expr::ExprKind;
using expr::LiteralKind;

Expr Null(expr::Origin origin) { return MakeLiteral({}, origin); }

const std::vector<std::string>& Placeholders() {
  static const std::vector<std::string>* const names =
      new std::vector<std::string>{"database", "tablename", "source", "pipe", "op"};
  return *names;
}

// `value` as the type that a function declares for it.
Expr CheckedCast(Expr value, const Type& type, expr::Origin origin) {
  Expr cast;
  cast.kind = ExprKind::kCast;
  cast.name = expr::kCheckedCast;
  cast.cast_type = type;
  cast.origin = origin;
  cast.args.push_back(std::move(value));
  return cast;
}

// A copy of a function's body with its arguments in place of the formals; `(*read)[i]` is set for those it reads.
Expr Substitute(const Expr& body, const std::vector<ast::Formal>& formals, const std::vector<Expr>& args,
                std::vector<bool>* read) {
  if (body.kind == ExprKind::kColumn && body.image == expr::Image::kCurrent) {
    for (size_t i = 0; i < formals.size(); ++i) {
      if (!SameName(formals[i].name.text, body.name)) continue;
      (*read)[i] = true;
      return args[i];
    }
  }
  Expr copy = body;
  for (Expr& arg : copy.args) arg = Substitute(arg, formals, args, read);
  return copy;
}

std::optional<expr::Literal> LiteralOf(const expr::Typed& typed) {
  if (typed.kind != ExprKind::kLiteral) return std::nullopt;
  const Value& value = typed.constant;
  switch (value.kind()) {
    case ValueKind::kNull:
      return expr::Literal{};
    case ValueKind::kInt:
      if (typed.type.kind == TypeKind::kBool)
        return expr::Literal{LiteralKind::kBool, value.integer() != 0 ? "true" : "false"};
      return expr::Literal{LiteralKind::kInteger, std::to_string(value.integer())};
    case ValueKind::kUint:
      return expr::Literal{LiteralKind::kInteger, std::to_string(value.unsigned_integer())};
    case ValueKind::kDecimal:
      return expr::Literal{LiteralKind::kDecimal, std::string(value.text())};
    case ValueKind::kText:
      return expr::Literal{LiteralKind::kString, std::string(value.text())};
    default:
      return std::nullopt;
  }
}

// PIPE006 for two arguments of one name.
void CheckFormals(const ast::FunctionDecl& function, diag::Diagnostics* diagnostics) {
  for (size_t i = 0; i < function.formals.size(); ++i) {
    const ast::Ident& name = function.formals[i].name;
    for (size_t before = 0; before < i; ++before) {
      const ast::Ident& first = function.formals[before].name;
      if (!SameName(first.text, name.text)) continue;
      diagnostics->Report(Kind::kDuplicateName, name.span, "two arguments are called `" + name.text + "`")
          .labels.push_back({first.span, "the first"});
    }
  }
}

// MySQL's functions that read the clock of the server.
bool ReadsServerClock(const std::string& name) {
  static constexpr std::string_view kNames[] = {"now",          "sysdate",           "localtime", "localtimestamp",
                                                "current_date", "current_timestamp", "curdate",   "current_time",
                                                "utc_date",     "utc_timestamp",     "curtime",   "utc_time"};
  return std::find(std::begin(kNames), std::end(kNames), name) != std::end(kNames);
}

size_t CountNodes(const Expr& expr) {
  size_t count = 0;
  ast::ForEach(expr, [&](const Expr&) { ++count; });
  return count;
}

}  // namespace

Expr MakeLiteral(expr::Literal literal, expr::Origin origin) {
  Expr expr;
  expr.literal = std::move(literal);
  expr.origin = origin;
  return expr;
}

Expr MakeText(std::string text, expr::Origin origin) {
  return MakeLiteral({LiteralKind::kString, std::move(text)}, origin);
}

Expr MakeCall(std::string name, std::vector<Expr> args, expr::Origin origin) {
  Expr expr;
  expr.kind = ExprKind::kCall;
  expr.name = std::move(name);
  expr.arg_names.resize(args.size());
  expr.args = std::move(args);
  expr.origin = origin;
  return expr;
}

bool HasUnknownParam(const Expr& expr) {
  bool found = false;
  ast::ForEach(expr, [&](const Expr& node) {
    found = found || (node.kind == ExprKind::kColumn && node.name.rfind(kUnknownParam, 0) == 0);
  });
  return found;
}

Expr Expander::Expand(const Expr& expr) {
  nodes_ = 0;
  return Walk(expr);
}

Expr Expander::Walk(const Expr& expr) {
  if (expr.kind == ExprKind::kCall) return Call(expr);
  Expr copy = expr;
  for (Expr& arg : copy.args) arg = Walk(arg);
  return copy;
}

Expr Expander::Param(const Expr& expr, const std::string& name, bool in_template) {
  auto declared = names_.params.find(name);
  if (declared == names_.params.end()) {
    const Around around = in_template ? Around{"$param.", "$"} : Around{"param.", ""};
    ReportUnknown(Kind::kUnknownName, ast::SpanOf(expr), "unknown parameter `" + name + "`", name,
                  KeysOf(names_.params), diagnostics_, around);
    return Null(expr.origin);
  }
  auto value = params_.find(name);
  if (value != params_.end() && value->second) return MakeLiteral(*value->second, expr.origin);
  Expr unknown;
  unknown.kind = ExprKind::kColumn;
  unknown.name = std::string(kUnknownParam) + name;
  unknown.origin = expr.origin;
  return unknown;
}

Expr Expander::TemplateValue(const Expr& expr) {
  std::vector<Expr> parts;
  for (const Expr& part : expr.args) {
    if (part.kind == ExprKind::kLiteral) {
      parts.push_back(part);
      continue;
    }
    const std::string& name = part.args.at(0).literal.text;
    Expr value;
    value.origin = part.origin;
    if (name.rfind("param.", 0) == 0) {
      value = Param(part, name.substr(6), true);
    } else if (name.rfind("match.", 0) == 0) {
      value.kind = ExprKind::kMatch;
      value.name = name.substr(6);
    } else if (name == "database" || name == "tablename" || name == "op") {
      value.kind = ExprKind::kMeta;
      value.name = name == "database" ? "target_database" : name == "op" ? "op" : "target_table";
    } else if (name == "source" && !source_) {
      value.kind = ExprKind::kMeta;
      value.name = "source";
    } else if (name == "pipe" || name == "source") {
      value = MakeText(name == "pipe" ? pipe_ : *source_, part.origin);
    } else {
      ReportUnknown(Kind::kUnknownName, ast::SpanOf(part), "unknown placeholder `$" + name + "$`", name, Placeholders(),
                    diagnostics_, {"$", "$"});
    }
    parts.push_back(std::move(value));
  }
  if (parts.empty()) return MakeText("", expr.origin);
  bool all_text = std::all_of(parts.begin(), parts.end(), [](const Expr& part) {
    return part.kind == ExprKind::kLiteral && part.literal.kind == LiteralKind::kString;
  });
  if (!all_text) return MakeCall("concat", std::move(parts), expr.origin);
  std::string text;
  for (const Expr& part : parts) text += part.literal.text;
  return MakeText(std::move(text), expr.origin);
}

Expr Expander::Call(const Expr& expr) {
  if (std::optional<std::string> name = ast::AsParam(expr)) return Param(expr, *name, false);
  if (std::optional<std::string> name = ast::AsSecret(expr)) {
    diagnostics_->Report(Kind::kSecretInData, ast::SpanOf(expr), "a secret cannot become data",
                         "`secret." + *name + "` has no place in a record, topic or condition");
    return Null(expr.origin);
  }
  if (expr.name == ast::kTemplateCall) return TemplateValue(expr);
  if (std::optional<Expr> with_units = WithUnits(expr)) return Call(*with_units);
  if (expr.name == ast::kIntervalCall) {
    diagnostics_->Report(Kind::kWrongArguments, ast::SpanOf(expr), "an interval has no place here",
                         "it is added to a date: `date_add(day, interval 3 month)`, `day + interval 3 month`");
    return Null(expr.origin);
  }
  if (expr.name == ast::kNameCall) {
    std::string name;
    for (const Expr& word : expr.args) name += (name.empty() ? "" : ".") + word.literal.text;
    diagnostics_->Report(Kind::kUnknownName, ast::SpanOf(expr), "unknown name `" + name + "`",
                         "columns stand alone; other names begin with meta, old, new, match, param or secret");
    return Null(expr.origin);
  }
  const ast::FunctionDecl* function = names_.FindFunction(expr.name, ast::SpanOf(expr));
  if (function == nullptr && ReadsServerClock(expr.name)) {
    diagnostics_
        ->Report(Kind::kUnknownFunction, ast::SpanOf(expr), "unknown function `" + expr.name + "`",
                 "`meta.committed_at` is the time of the change")
        .notes = {
        "`processing_time()` is the time at which a row is processed: another one when the log is read again"};
    return Null(expr.origin);
  }
  bool qualified = expr.name.find('.') != std::string::npos && expr.name.find(' ') == std::string::npos;
  if (function == nullptr && qualified) {
    diagnostics_->Report(Kind::kUnknownFunction, ast::SpanOf(expr), "unknown function `" + expr.name + "`");
    return Null(expr.origin);
  }
  Expr copy = expr;
  for (Expr& arg : copy.args) {
    std::optional<std::string> secret = ast::AsSecret(arg);
    arg = secret ? Secret(arg, *secret) : Walk(arg);
  }
  return function == nullptr ? copy : Inline(copy, *function);
}

// Which functions take it is the resolver's to say: their types do.
Expr Expander::Secret(const Expr& expr, const std::string& name) {
  static const FileNames* const kNoFile = new FileNames();
  const FileNames* file = names_.FileOf(ast::SpanOf(expr));
  if (file == nullptr) file = kNoFile;
  if (file->secrets.count(name) == 0) {
    ReportUnknown(Kind::kUnknownName, ast::SpanOf(expr), "unknown secret `" + name + "`", name, KeysOf(file->secrets),
                  diagnostics_, {"secret.", ""});
  }
  Expr secret;
  secret.kind = ExprKind::kSecret;
  secret.name = names_.SecretName(*file, name);
  secret.origin = expr.origin;
  return secret;
}

std::vector<Expr> Expander::Arguments(const Expr& call, const ast::FunctionDecl& function, bool* ok) {
  std::vector<std::optional<Expr>> given(function.formals.size());
  auto wrong = [&](Span span, std::string message) {
    diagnostics_->Report(Kind::kWrongArguments, span, std::move(message))
        .labels.push_back({function.name.span, "declared here"});
    *ok = false;
  };
  for (size_t i = 0; i < call.args.size(); ++i) {
    size_t at = i;
    if (i < call.arg_names.size() && !call.arg_names[i].empty()) {
      at = 0;
      while (at < given.size() && !SameName(function.formals[at].name.text, call.arg_names[i])) ++at;
    }
    if (at >= given.size() || given[at]) {
      wrong(ast::SpanOf(call.args[i]), "`" + call.name + "` has no such argument, or it is given twice");
    } else {
      given[at] = call.args[i];
    }
  }
  std::vector<Expr> args;
  for (size_t i = 0; i < given.size(); ++i) {
    if (!given[i] && *ok) {
      wrong(ast::SpanOf(call), "`" + call.name + "` needs its argument `" + function.formals[i].name.text + "`");
    }
    if (!*ok) break;
    const expr::Origin origin = given[i]->origin;
    args.push_back(CheckedCast(std::move(*given[i]), function.formals[i].type.type, origin));
  }
  return args;
}

Expr Expander::Inline(const Expr& call, const ast::FunctionDecl& function) {
  // A recursive function was reported at its declaration.
  if (std::find(open_.begin(), open_.end(), &function) != open_.end()) return Null(call.origin);
  bool ok = true;
  std::vector<Expr> args = Arguments(call, function, &ok);
  if (!ok) return Null(call.origin);
  open_.push_back(&function);
  std::vector<bool> read(args.size(), false);
  Expr body =
      CheckedCast(Substitute(Walk(function.body), function.formals, args, &read), function.returns.type, call.origin);
  for (size_t i = 0; i < args.size(); ++i) {
    if (!read[i]) body.args.push_back(std::move(args[i]));
  }
  open_.pop_back();
  nodes_ += CountNodes(body);
  if (nodes_ > kExpandedNodesMax) {
    if (nodes_ < 2 * kExpandedNodesMax) {
      diagnostics_->Report(
          Kind::kTooLarge, ast::SpanOf(call),
          "the functions called here make an expression of more than " + std::to_string(kExpandedNodesMax) + " parts");
    }
    nodes_ = 2 * kExpandedNodesMax;
    return Null(call.origin);
  }
  return body;
}

Template Expander::ReadTemplate(const ast::Template& value, TemplatePlace place, const std::string& pipe,
                                const std::optional<std::string>& source, const std::vector<std::string>* groups) {
  Template result;
  result.span = value.span;
  auto misplaced = [&](const ast::TemplatePart& part, const std::string& why) {
    diagnostics_->Report(Kind::kWrongPlace, part.span, "`$" + part.text + "$` has no value here", why);
  };
  for (const ast::TemplatePart& part : value.parts) {
    TemplatePart out;
    out.text = part.text;
    if (part.kind == ast::TemplatePart::Kind::kPlaceholder) {
      bool plain = std::find(Placeholders().begin(), Placeholders().end(), part.text) != Placeholders().end();
      if (part.text.rfind("param.", 0) == 0) {
        Expr at;
        at.origin = ast::ToOrigin(part.span);
        Expr literal = Param(at, part.text.substr(6), true);
        out.unknown = literal.kind != ExprKind::kLiteral;
        out.from_param = true;
        out.text = out.unknown ? "$" + part.text + "$" : literal.literal.text;
      } else if (part.text.rfind("match.", 0) == 0) {
        out = {TemplatePart::Kind::kMatch, part.text.substr(6), false, false};
        if (groups == nullptr) {
          misplaced(part, "only a table rule has named groups");
        } else if (std::find(groups->begin(), groups->end(), out.text) == groups->end()) {
          ReportUnknown(Kind::kUnknownName, part.span, "the table pattern has no group `" + out.text + "`", out.text,
                        *groups, diagnostics_, {"$match.", "$"});
        }
      } else if (plain && place == TemplatePlace::kSetting) {
        misplaced(part, "a setting sees parameters only");
      } else if (part.text == "source" && !source) {
        out = {TemplatePart::Kind::kSource, "", false, false};
      } else if (part.text == "source" || part.text == "pipe") {
        out.text = part.text == "pipe" ? pipe : *source;
      } else if (plain) {
        out.kind = part.text == "database" ? TemplatePart::Kind::kDatabase
                   : part.text == "op"     ? TemplatePart::Kind::kOp
                                           : TemplatePart::Kind::kTable;
        out.text.clear();
        if (out.kind == TemplatePart::Kind::kOp && place == TemplatePlace::kTarget) {
          misplaced(part, "a table's name is the same for all its changes");
        }
      } else {
        ReportUnknown(Kind::kUnknownName, part.span, "unknown placeholder `$" + part.text + "$`", part.text,
                      Placeholders(), diagnostics_, {"$", "$"});
      }
    }
    result.parts.push_back(std::move(out));
  }
  return result;
}

std::optional<Template> Expander::ReadTemplate(const Expr& expr, TemplatePlace place, const std::string& pipe,
                                               const std::optional<std::string>& source,
                                               const std::vector<std::string>* groups) {
  std::optional<ast::Template> value = ast::AsTemplate(expr);
  if (!value) return std::nullopt;
  return ReadTemplate(*value, place, pipe, source, groups);
}

void Expander::CheckFunctions() {
  for (const FileNames& file : names_.files) {
    for (const auto& entry : file.functions) {
      const ast::FunctionDecl* const function = entry.second;
      CheckFormals(*function, diagnostics_);
      // Whether the function is reached again from its own body.
      std::vector<const ast::FunctionDecl*> seen;
      std::vector<const ast::FunctionDecl*> next = {function};
      bool recursive = false;
      while (!next.empty() && !recursive) {
        const ast::FunctionDecl* at = next.back();
        next.pop_back();
        ast::ForEach(at->body, [&](const Expr& node) {
          if (node.kind != ExprKind::kCall) return;
          const ast::FunctionDecl* called = names_.FindFunction(node.name, ast::SpanOf(node));
          if (called == nullptr) return;
          recursive = recursive || called == function;
          if (std::find(seen.begin(), seen.end(), called) == seen.end()) {
            seen.push_back(called);
            next.push_back(called);
          }
        });
      }
      if (recursive) {
        diagnostics_->Report(Kind::kRecursiveFunction, function->name.span,
                             "function `" + entry.first + "` calls itself");
        continue;
      }
      Expr body = Expand(function->body);
      ReportProblems(expr::ResolveAs(body, function->returns.type, ProgramScope::Arguments(function->formals)).problems,
                     diagnostics_);
    }
  }
}

Expr Expander::Reduce(const Expr& expr, bool* unknown) {
  if (expr.kind != ExprKind::kCase) {
    bool special = !expr.name.empty() && expr.name[0] == '$';
    bool plain = expr.kind == ExprKind::kLiteral || expr.kind == ExprKind::kColumn;
    bool provider = expr.kind == ExprKind::kCall && functions::FindFunction(expr.name) == nullptr &&
                    (expr.name == "env" || expr.name == "file" || expr.name == "vault" || expr.name == "command");
    if (provider || plain || (special && !ast::AsParam(expr))) return expr;
    Expr expanded = Expand(expr);
    if (HasUnknownParam(expanded)) {
      *unknown = true;
      return expanded;
    }
    if (expanded.kind == ExprKind::kLiteral) return expanded;
    expr::Resolution resolution = expr::Resolve(expanded, ProgramScope::Nothing({}));
    ReportProblems(resolution.problems, diagnostics_);
    if (!resolution.problems.empty() || !resolution.typed) return Null(expr.origin);
    std::optional<expr::Literal> literal = LiteralOf(*resolution.typed);
    return literal ? MakeLiteral(*literal, expr.origin) : expanded;
  }
  size_t at = expr.has_operand ? 1 : 0;
  size_t end = expr.args.size() - (expr.has_else ? 1 : 0);
  for (; at + 1 < end; at += 2) {
    Expr condition = expr.args[at];
    if (expr.has_operand) condition = MakeCall("=", {expr.args[0], condition}, condition.origin);
    Expr chosen = Reduce(condition, unknown);
    if (*unknown) return Null(expr.origin);
    if (chosen.literal.kind == LiteralKind::kBool && chosen.literal.text == "true")
      return Reduce(expr.args[at + 1], unknown);
  }
  return expr.has_else ? Reduce(expr.args.back(), unknown) : Null(expr.origin);
}

}  // namespace cdc::sema
