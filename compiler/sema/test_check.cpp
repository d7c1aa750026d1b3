#include "compiler/sema/test_check.h"

#include <algorithm>
#include <set>

#include "compiler/sema/pipes.h"
#include "compiler/sema/rows.h"
#include "compiler/sema/scope.h"
#include "stdlib/core/names.h"
#include "stdlib/functions/registry.h"

namespace cdc::sema {
namespace {

using diag::Diagnostics;
using diag::Kind;
using expr::ExprKind;
using expr::LiteralKind;

bool ReadsColumns(const Expr& value) {
  bool found = false;
  ast::ForEach(value, [&](const Expr& node) { found = found || node.kind == ExprKind::kColumn; });
  return found;
}

// A literal as `--param` would write it.
std::string GivenText(const expr::Literal& literal) {
  if (literal.kind == LiteralKind::kDuration) return literal.text + "ms";
  if (literal.kind == LiteralKind::kSize) return literal.text + "B";
  return literal.text;
}

// The columns that the conjunction `where` holds to one value each.
void PinnedColumns(const Expr& where, std::vector<std::string>* pinned) {
  if (where.kind != ExprKind::kCall || where.args.size() != 2) return;
  if (where.name == "and") {
    for (const Expr& part : where.args) PinnedColumns(part, pinned);
  } else if (where.name == "=" || where.name == "<=>") {
    for (size_t i = 0; i < 2; ++i) {
      if (where.args[i].kind == ExprKind::kColumn && !ReadsColumns(where.args[1 - i])) {
        pinned->push_back(where.args[i].name);
      }
    }
  }
}

class TestChecker {
 public:
  TestChecker(const ast::TestDecl& test, const Pipe& pipe, const TestSurroundings& around)
      : test_(test), pipe_(pipe), around_(around), diagnostics_(*around.expander.diagnostics()) {}

  std::optional<Test> Run() {
    out_.ast = &test_;
    const auto own = TestParams(test_, around_.input, &around_.expander);
    Diagnostics ignored;
    const ParamChoices choices = ChooseParams(around_.input, own, &ignored);
    for (const auto& [name, text] : own) {
      const std::optional<expr::Literal>& wanted = choices.combinations[0].at(name);
      const auto has = around_.params.find(name);
      if (has == around_.params.end() || !has->second || !wanted) continue;
      if (has->second->kind != wanted->kind || has->second->text != wanted->text) return std::nullopt;
    }
    for (const ast::TestParam& param : test_.params) {
      bool unknown = false;
      if (param.secret) out_.secrets[param.name.text] = around_.expander.Reduce(param.value, &unknown).literal.text;
    }
    for (const ast::Given& given : test_.given) {
      out_.given.push_back(given);
      std::visit([&](auto& node) { Step(&node); }, out_.given.back().node);
    }
    CheckExpected(pipe_, around_, known_, &out_);
    return std::move(out_);
  }

 private:
  Expr Expanded(const Expr& value) {
    Expr expanded = around_.expander.Expand(value);
    RefuseMeta(expanded, &diagnostics_);
    return expanded;
  }

  // The table that a statement names, and in `*name` its source; null if it cannot be told.
  const Schema* Table(ast::TableName* name) {
    const std::vector<std::string>& sources = pipe_.sources;
    if (name->source && std::find(sources.begin(), sources.end(), name->source->text) == sources.end()) {
      ReportUnknown(Kind::kUnknownName, name->source->span,
                    "pipe `" + pipe_.name + "` does not read from source `" + name->source->text + "`",
                    name->source->text, sources, &diagnostics_);
      return nullptr;
    }
    if (!known_) return nullptr;
    std::vector<std::string> asked;
    std::vector<std::string> having;
    const Schema* found = nullptr;
    for (const SourceTables& of : pipe_.tables->sources) {
      if (name->source && name->source->text != of.source) continue;
      if (of.snapshot == nullptr) return nullptr;
      asked.push_back(of.source);
      const std::optional<size_t> at = FindTable(*of.snapshot, name->database.text, name->table.text);
      if (!at) continue;
      found = &(*of.snapshot)[*at];
      having.push_back(of.source);
    }
    if (having.empty()) return UnknownTable(*name, asked);
    if (having.size() == 1) {
      name->source = ast::Ident{having[0], name->database.span};
      return found;
    }
    const std::string written = name->database.text + "." + name->table.text;
    diagnostics_.Report(Kind::kUnknownTable, Cover(name->database.span, name->table.span),
                        "`" + written + "` is a table of several sources",
                        "write `" + having[0] + "." + written + "` or `" + having[1] + "." + written + "`");
    return nullptr;
  }

  const Schema* UnknownTable(const ast::TableName& name, const std::vector<std::string>& asked) {
    std::vector<const std::vector<Schema>*> snapshots;
    for (const SourceTables& of : pipe_.tables->sources) {
      if (std::find(asked.begin(), asked.end(), of.source) != asked.end()) snapshots.push_back(of.snapshot);
    }
    ReportUnknownTable(snapshots, name.database, name.table, NoSnapshotHasIt(asked), &diagnostics_);
    return nullptr;
  }

  // Null after PIPE101.
  const Column* FindColumn(const Schema& table, const ast::Ident& name) {
    const int at = table.Find(name.text);
    if (at >= 0) return &table.columns[static_cast<size_t>(at)];
    std::vector<std::string> candidates;
    for (const Column& column : table.columns) candidates.push_back(column.name);
    ReportUnknown(Kind::kUnknownColumn, name.span,
                  "unknown column `" + name.text + "` in table `" + table.database + "." + table.table + "`", name.text,
                  candidates, &diagnostics_);
    return nullptr;
  }

  void Once(const std::vector<ast::Ident>& columns) {
    for (size_t i = 0; i < columns.size(); ++i) {
      for (size_t before = 0; before < i; ++before) {
        if (!SameName(columns[before].text, columns[i].text)) continue;
        diagnostics_.Report(Kind::kDuplicateClause, columns[i].span, "`" + columns[i].text + "` stands twice here")
            .labels.push_back({columns[before].span, "the first"});
      }
    }
  }

  // A value for a column. One that columns go into may fit or not: the run tells.
  void Value(const Expr& value, const Column& column, const ProgramScope& scope) {
    if (!Alone(value, scope) || HasUnknownParam(value)) return;
    // NULL in an AUTO_INCREMENT column asks for the next number.
    Type wanted = column.type;
    wanted.nullable = wanted.nullable || column.auto_increment;
    const expr::Resolution resolution = expr::ResolveAs(value, wanted, scope);
    if (resolution.problems.empty()) return;
    const expr::Problem& problem = resolution.problems.front();
    const bool impossible = problem.id == static_cast<int>(Kind::kTypeMismatch);
    if (ReadsColumns(value)) {
      if (impossible) ReportProblems({problem}, &diagnostics_);
      return;
    }
    const std::string name = "column `" + column.name + "`";
    if (problem.id == static_cast<int>(Kind::kNullIntoNotNull)) {
      diagnostics_.Report(Kind::kNullIntoNotNull, ast::SpanOf(value), name + " is NOT NULL");
    } else if (column.type.labels != nullptr && value.literal.kind == LiteralKind::kString) {
      ReportUnknown(Kind::kUnknownEnumLabel, ast::SpanOf(value), "`" + expr::ToText(value) + "` is no label of " + name,
                    value.literal.text, *column.type.labels, &diagnostics_, {"'", "'"});
    } else {
      diagnostics_.Report(Kind::kTypeMismatch, ast::SpanOf(value), "this is no value of " + name,
                          "it is `" + TypeText(column.type) + "`");
    }
  }

  // What is wrong with an expression wherever it stands; true if nothing is.
  bool Alone(const Expr& value, const ProgramScope& scope) {
    if (HasMeta(value)) return false;
    if (HasUnknownParam(value)) return true;
    return ReportAlone(value, scope, &diagnostics_);
  }

  void Step(ast::GivenInsert* insert) {
    Once(insert->columns);
    const Schema* table = Table(&insert->table);
    std::vector<const Column*> columns;
    for (const ast::Ident& name : insert->columns) {
      columns.push_back(table == nullptr ? nullptr : FindColumn(*table, name));
    }
    const ProgramScope nothing = ProgramScope::Nothing({});
    for (std::vector<Expr>& row : insert->rows) {
      for (Expr& value : row) value = Expanded(value);
      if (row.empty()) continue;
      if (row.size() != columns.size()) {
        const Span span = Cover(ast::SpanOf(row.front()), ast::SpanOf(row.back()));
        diagnostics_.Report(Kind::kWrongArguments, span,
                            std::to_string(row.size()) + (row.size() == 1 ? " value" : " values") + " for " +
                                std::to_string(columns.size()) + (columns.size() == 1 ? " column" : " columns"));
        continue;
      }
      for (size_t i = 0; i < row.size(); ++i) {
        if (columns[i] != nullptr) {
          Value(row[i], *columns[i], nothing);
        } else {
          Alone(row[i], nothing);
        }
      }
    }
  }

  void Step(ast::GivenUpdate* update) {
    const Schema* table = Table(&update->table);
    const ProgramScope row = ProgramScope::Row(CaseOf(table), {}, false);
    std::vector<ast::Ident> names;
    for (auto& [name, value] : update->assignments) {
      names.push_back(name);
      value = Expanded(value);
      const Column* column = table == nullptr ? nullptr : FindColumn(*table, name);
      if (column != nullptr) {
        Value(value, *column, row);
      } else {
        Alone(value, row);
      }
    }
    Once(names);
    Where(table, row, &update->where);
  }

  void Step(ast::GivenDelete* removal) {
    const Schema* table = Table(&removal->table);
    Where(table, ProgramScope::Row(CaseOf(table), {}, false), &removal->where);
  }

  void Step(ast::GivenDdl*) { known_ = false; }
  void Step(ast::GivenBinlog*) { known_ = false; }

  // One statement changes one row, which the primary key names.
  void Where(const Schema* table, const ProgramScope& row, Expr* where) {
    *where = Expanded(*where);
    const auto problems = expr::ResolveCondition(*where, row).problems;
    ReportProblems(problems, &diagnostics_);
    if (table == nullptr || !problems.empty()) return;
    const std::vector<int> key = table->DefaultKey();
    const std::string name = table->database + "." + table->table;
    if (key.empty()) {
      diagnostics_.Report(Kind::kTableWithoutKey, ast::SpanOf(*where),
                          "table `" + name + "` has no key, so `where` cannot name one row of it");
      return;
    }
    std::vector<std::string> pinned;
    PinnedColumns(*where, &pinned);
    for (const int column : key) {
      const std::string& wanted = table->columns[static_cast<size_t>(column)].name;
      if (std::any_of(pinned.begin(), pinned.end(), [&](const auto& other) { return SameName(other, wanted); }))
        continue;
      diagnostics_.Report(Kind::kMissingClause, ast::SpanOf(*where),
                          "this does not name one row of `" + name + "`: its key has `" + wanted + "`",
                          "write `" + wanted + " = …`");
      return;
    }
  }

  const ast::TestDecl& test_;
  const Pipe& pipe_;
  const TestSurroundings& around_;
  Diagnostics& diagnostics_;
  bool known_ = true;
  Test out_;
};

// What is known only while a row is processed: `meta.x`, `processing_time()`.
bool IsOfARow(const Expr& node) {
  if (node.kind == ExprKind::kMeta) return true;
  const functions::FunctionDef* def = node.kind == ExprKind::kCall ? functions::FindFunction(node.name) : nullptr;
  return def != nullptr && !def->pure;
}

}  // namespace

bool KnowsTables(const Pipe& pipe) {
  const std::vector<SourceTables>& sources = pipe.tables->sources;
  return std::all_of(sources.begin(), sources.end(), [](const SourceTables& of) { return of.snapshot != nullptr; });
}

bool HasMeta(const Expr& value) {
  bool found = false;
  ast::ForEach(value, [&](const Expr& node) { found = found || IsOfARow(node); });
  return found;
}

bool ReportAlone(const Expr& value, const expr::Scope& scope, Diagnostics* diagnostics) {
  auto problems = expr::Resolve(value, scope).problems;
  // They tell what else has a value, which is not so here.
  for (expr::Problem& problem : problems) {
    if (problem.id == static_cast<int>(Kind::kWrongPlace)) problem.notes.clear();
  }
  ReportProblems(problems, diagnostics);
  return problems.empty();
}

void RefuseMeta(const Expr& value, Diagnostics* diagnostics) {
  ast::ForEach(value, [&](const Expr& node) {
    if (!IsOfARow(node) || AlreadyReported(Kind::kWrongPlace, ast::SpanOf(node), *diagnostics)) return;
    const std::string written = node.kind == ExprKind::kMeta ? "meta." + node.name : node.name + "()";
    diagnostics->Report(Kind::kWrongPlace, ast::SpanOf(node), "`" + written + "` has no value here",
                        "no change of a row is under way");
  });
}

std::map<std::string, std::string> TestParams(const ast::TestDecl& test, const Input& input, Expander* expander) {
  std::map<std::string, std::string> given;
  for (const ast::TestParam& param : test.params) {
    const std::string& name = param.name.text;
    const std::string what = param.secret ? "secret" : "parameter";
    std::vector<std::string> candidates = KeysOf(expander->names().params);
    if (param.secret) {
      candidates.clear();
      for (const FileNames& file : expander->names().files) {
        for (const auto& [secret, decl] : file.secrets) candidates.push_back(secret);
      }
    }
    if (std::find(candidates.begin(), candidates.end(), name) == candidates.end()) {
      ReportUnknown(Kind::kUnknownName, param.name.span, "unknown " + what + " `" + name + "`", name, candidates,
                    expander->diagnostics());
      continue;
    }
    bool unknown = false;
    const Expr value = expander->Reduce(expander->Expand(param.value), &unknown);
    const bool literal = !unknown && value.kind == ExprKind::kLiteral;
    const bool text = param.value.kind == ExprKind::kLiteral && param.value.literal.kind == LiteralKind::kString;
    if (!literal || (param.secret && !text)) {
      expander->diagnostics()->Report(Kind::kTypeMismatch, ast::SpanOf(param.value),
                                      param.secret ? "a secret is a text" : "a parameter's value is a literal");
      continue;
    }
    if (param.secret) continue;
    Diagnostics ignored;
    const ParamChoices choices = ChooseParams(input, {{name, GivenText(value.literal)}}, &ignored);
    if (choices.usage_error.empty()) {
      given[name] = GivenText(value.literal);
      continue;
    }
    std::string why = choices.usage_error.substr(0, choices.usage_error.find(" ["));
    expander->diagnostics()->Report(Kind::kParamOutsideDomain, ast::SpanOf(param.value), std::move(why));
  }
  return given;
}

std::map<std::string, std::string> TestParams(const ast::TestDecl& test, const Input& input) {
  Diagnostics ignored;
  const Names names = CollectNames(input, &ignored);
  const ParamValues none;
  Expander expander(names, none, &ignored);
  return TestParams(test, input, &expander);
}

std::optional<Test> CheckTest(const ast::TestDecl& test, const Pipe& pipe, const TestSurroundings& around) {
  return TestChecker(test, pipe, around).Run();
}

}  // namespace cdc::sema
