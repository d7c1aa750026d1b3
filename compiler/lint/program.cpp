#include "compiler/lint/program.h"

#include <algorithm>

#include "compiler/parse/lex.h"

namespace cdc::lint {
namespace {

const sema::Resource* Find(const std::vector<sema::Resource>& resources, const std::string& name) {
  auto found =
      std::find_if(resources.begin(), resources.end(), [&](const sema::Resource& one) { return one.name == name; });
  return found == resources.end() ? nullptr : &*found;
}

const ast::PipeDecl* FindDecl(const sema::Input& program, const std::string& name) {
  for (const ast::Declaration& declaration : program.files[0].ast->declarations) {
    const auto* pipe = std::get_if<ast::PipeDecl>(&declaration.node);
    if (pipe != nullptr && pipe->name.text == name) return pipe;
  }
  return nullptr;
}

PipeView ViewPipe(const Input& input, const sema::Checked& checked, const sema::Pipe& pipe) {
  const sema::PipeTables& tables = *pipe.tables;
  PipeView view{.pipe = &pipe,
                .decl = FindDecl(input.program, pipe.name),
                .sources = {},
                .sink = Find(checked.sinks, pipe.sink),
                .rules = {}};
  for (const sema::SourceTables& of : tables.sources) view.sources.push_back({Find(checked.sources, of.source), of});
  for (size_t i = 0; i < tables.rules.size(); ++i) {
    const sema::RuleTables& of_rule = tables.rules[i];
    RuleView rule{&pipe.rules[i], of_rule.matcher, {}};
    for (size_t t = 0; t < of_rule.shapes.size(); ++t) rule.tables.push_back({of_rule.cases[t], of_rule.shapes[t]});
    view.rules.push_back(std::move(rule));
  }
  return view;
}

}  // namespace

FileView ViewFile(const ast::File& file, const source::SourceFiles& files, bool is_program) {
  diag::Diagnostics known_already;
  const source::SourceText& text = files.Get(file.file);
  return {file, text, parse::Lex(text, file.file, &known_already).tokens, is_program};
}

ProgramView ViewProgram(const Input& input, const sema::Checked& checked, const sema::ParamValues& params) {
  ProgramView view{input, checked, params, {}};
  for (const sema::Pipe& pipe : checked.pipes) view.pipes.push_back(ViewPipe(input, checked, pipe));
  return view;
}

std::string SnapshotFolder(const sema::Resource& source) {
  std::string other = source.settings.Text("schema_from");
  return other.empty() ? source.name : other;
}

std::vector<const ast::TableRule*> TableRulesOf(const ast::File& file) {
  std::vector<const ast::TableRule*> rules;
  for (const ast::Declaration& declaration : file.declarations) {
    const auto* pipe = std::get_if<ast::PipeDecl>(&declaration.node);
    if (pipe == nullptr) continue;
    for (const ast::PipeItem& item : pipe->items) {
      if (const auto* rule = std::get_if<ast::TableRule>(&item.node)) rules.push_back(rule);
    }
  }
  return rules;
}

bool IsCallOf(const Expr& expr, std::string_view name, size_t args_min) {
  return expr.kind == expr::ExprKind::kCall && expr.name == name && expr.args.size() >= args_min;
}

std::vector<const Expr*> ConditionsOf(const ast::TableRule& rule) {
  std::vector<const Expr*> conditions;
  for (const ast::TableItem& item : rule.items) {
    if (const auto* where = std::get_if<ast::WhereClause>(&item.node)) conditions.push_back(&where->condition);
    const auto* clause = std::get_if<ast::Clause>(&item.node);
    const auto* on = clause == nullptr ? nullptr : std::get_if<ast::OnClause>(&clause->node);
    if (on != nullptr && on->when) conditions.push_back(&*on->when);
  }
  return conditions;
}

std::string Listed(const std::vector<std::string>& names, size_t most) {
  std::string text;
  for (size_t i = 0; i < names.size() && i < most; ++i) text += (i == 0 ? "`" : ", `") + names[i] + "`";
  if (names.size() > most) text += " and " + std::to_string(names.size() - most) + " more";
  return text;
}

}  // namespace cdc::lint
