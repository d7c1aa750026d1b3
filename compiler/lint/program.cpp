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
  PipeView view;
  view.pipe = &pipe;
  view.decl = FindDecl(input.program, pipe.name);
  view.source = Find(checked.sources, pipe.source);
  view.sink = Find(checked.sinks, pipe.sink);
  if (view.source != nullptr) {
    auto known = input.program.snapshots.find(SnapshotFolder(*view.source));
    if (known != input.program.snapshots.end()) view.snapshot = known->second.tables;
  }
  diag::Diagnostics known_already;
  for (const sema::Rule& rule : pipe.rules) {
    std::optional<sema::TableMatcher> matcher = sema::TableMatcher::Make(rule.ast->pattern, &known_already);
    if (matcher) view.rules.push_back({&rule, std::move(*matcher), {}});
  }
  for (size_t i = 0; view.snapshot != nullptr && i < view.snapshot->size(); ++i) {
    const Schema& table = (*view.snapshot)[i];
    auto owner = std::find_if(view.rules.begin(), view.rules.end(),
                              [&](const RuleView& rule) { return rule.matcher.Matches(table.database, table.table); });
    view.owners.push_back(owner == view.rules.end() ? -1 : static_cast<int>(owner - view.rules.begin()));
  }
  for (size_t i = 0; i < view.rules.size(); ++i) {
    RuleView& rule = view.rules[i];
    if (rule.ast().skip) continue;
    for (sema::TableCase& table :
         sema::CasesOf(*rule.rule, static_cast<int>(i), rule.matcher, view.snapshot, view.owners)) {
      sema::RowShape shape = sema::CheckRows(*rule.rule, table, &known_already);
      rule.tables.push_back({std::move(table), std::move(shape)});
    }
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
