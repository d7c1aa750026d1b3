#include "compiler/compile/compile.h"

#include <algorithm>
#include <filesystem>

#include "compiler/compile/tests.h"
#include "compiler/lint/lint.h"
#include "compiler/load/load.h"
#include "compiler/load/snapshot.h"
#include "compiler/lower/lower.h"
#include "compiler/lower/used_columns.h"
#include "compiler/sema/check.h"

namespace cdc::compile {
namespace {

using diag::Diagnostic;
using diag::Diagnostics;

sema::Input MakeInput(const load::Program& program) {
  sema::Input input;
  for (const load::LoadedFile& file : program.files) input.files.push_back({&file.ast, file.imports, file.standard});
  if (program.project) input.project = &program.project->ast;
  input.stem = program.stem;
  for (const load::Snapshot& snapshot : program.snapshots) {
    input.snapshots[snapshot.source] = {&snapshot.tables, snapshot.binlog_format, snapshot.binlog_row_image,
                                        snapshot.gtid_mode};
  }
  return input;
}

lint::Input MakeLintInput(const load::Program& program, const sema::Input& input, const lint::Options& options) {
  lint::Input made{input, *program.sources, {}, options};
  for (const load::Snapshot& snapshot : program.snapshots) {
    made.snapshots[snapshot.source] = {.pulled = snapshot.pulled,
                                       .heading = snapshot.heading,
                                       .version = snapshot.version,
                                       .lower_case_table_names = snapshot.lower_case_table_names,
                                       .binlog_expire_logs_seconds = snapshot.binlog_expire_logs_seconds};
  }
  return made;
}

std::string ChoiceText(const sema::ParamValues& values) {
  std::string text;
  for (const auto& [name, value] : values) {
    if (!value) continue;
    bool quoted = value->kind == expr::LiteralKind::kString;
    text +=
        (text.empty() ? "with param." : ", param.") + name + " = " + (quoted ? "'" + value->text + "'" : value->text);
  }
  return text;
}

// What would be said only because of a mistake that the parser reported: about a name whose declaration or
// clause it had to leave out, or about the very text it refused.
bool FollowsFromSyntax(const Diagnostic& diagnostic, const Diagnostics& syntax, bool complete) {
  static constexpr diag::Kind kOfAbsence[] = {diag::Kind::kMissingClause,   diag::Kind::kUnknownColumn,
                                              diag::Kind::kUnknownName,     diag::Kind::kUnknownFunction,
                                              diag::Kind::kKeyNotPublished, diag::Kind::kImpossibleExpectation};
  bool of_absence = std::find(std::begin(kOfAbsence), std::end(kOfAbsence), diagnostic.kind) != std::end(kOfAbsence);
  if (!complete && of_absence) return true;
  return std::any_of(syntax.all().begin(), syntax.all().end(), [&](const Diagnostic& other) {
    return other.has_span && diagnostic.has_span && other.span == diagnostic.span;
  });
}

bool Same(const Diagnostic& a, const Diagnostic& b) {
  return a.kind == b.kind && a.span == b.span && a.message == b.message;
}

// What lint needs; nothing of it is looked at without `input`.
struct Linting {
  std::optional<lint::Input> input;
  lint::Levels levels;
};

// Checks every combination of parameter values, and lints those without errors. What only some of them cause says
// which the first was.
sema::Checked CheckAll(const sema::Input& input, const sema::ParamChoices& choices, const Linting& linting,
                       Diagnostics* diagnostics) {
  const Diagnostics syntax = *diagnostics;
  bool complete = std::all_of(input.files.begin(), input.files.end(),
                              [](const sema::InputFile& file) { return file.ast->complete; });
  sema::Checked own;
  std::vector<std::pair<Diagnostic, size_t>> found;  // with the number of combinations that cause it
  std::vector<size_t> first;
  for (size_t i = 0; i < choices.combinations.size(); ++i) {
    Diagnostics of_choice;
    sema::Checked checked = sema::Check(input, choices.combinations[i], &of_choice);
    if (linting.input && complete && !syntax.has_errors() && !of_choice.has_errors()) {
      lint::LintProgram(*linting.input, linting.levels, checked, choices.combinations[i], &of_choice);
    }
    if (i == 0) own = std::move(checked);
    of_choice.Sort();
    for (const Diagnostic& diagnostic : of_choice.all()) {
      if (FollowsFromSyntax(diagnostic, syntax, complete)) continue;
      auto known =
          std::find_if(found.begin(), found.end(), [&](const auto& other) { return Same(other.first, diagnostic); });
      if (known != found.end()) {
        ++known->second;
      } else {
        found.emplace_back(diagnostic, 1);
        first.push_back(i);
      }
    }
  }
  for (size_t i = 0; i < found.size(); ++i) {
    std::string choice = ChoiceText(choices.combinations[first[i]]);
    if (found[i].second < choices.combinations.size() && !choice.empty()) found[i].first.notes.push_back(choice);
    diagnostics->Add(std::move(found[i].first));
  }
  return own;
}

// What `--require-schema` demands.
void RequireSnapshots(const load::Program& program, const sema::Checked& checked, Diagnostics* diagnostics) {
  for (const sema::Pipe& pipe : checked.pipes) {
    for (const std::string& source : pipe.sources) {
      if (checked.skipped.count(source) == 0) continue;
      std::string where = program.schema_directory.empty()
                              ? "there is no schema directory"
                              : "`" + program.schema_directory + "` has no folder with its name";
      diagnostics->Report(diag::Kind::kUnknownTable, pipe.span, "no schema snapshot of source `" + source + "`", where);
    }
  }
}

void AddNotes(const load::Program& program, const sema::ParamChoices& choices, const sema::Checked& checked,
              Compiled* compiled) {
  if (choices.cut) {
    compiled->notes.push_back("only the first " + std::to_string(sema::kCombinationsMax) +
                              " combinations of parameters were checked");
  }
  compiled->test_count = static_cast<size_t>(checked.tests);
  for (const load::Snapshot& snapshot : program.snapshots) {
    bool used = std::any_of(checked.sources.begin(), checked.sources.end(),
                            [&](const sema::Resource& source) { return source.name == snapshot.source; });
    if (used && !snapshot.pulled.empty()) {
      compiled->notes.push_back("snapshot of `" + snapshot.source + "` from " + snapshot.pulled);
    }
  }
  for (const auto& [source, checks] : checked.skipped) {
    if (checks > 0) compiled->skipped.push_back({"no-snapshot", source, checks});
  }
}

Provenance ProvenanceOf(const sema::Checked& checked) {
  Provenance made;
  for (const auto* resources : {&checked.sources, &checked.sinks, &checked.stores}) {
    for (const sema::Resource& resource : *resources) made.resources[resource.name] = resource.written;
  }
  for (const sema::Pipe& pipe : checked.pipes) {
    for (size_t i = 0; i < pipe.rules.size(); ++i) made.formats[{pipe.name, i}] = pipe.rules[i].format.written;
  }
  return made;
}

std::vector<plan::KnownTables> TablesOf(const std::vector<load::Snapshot>& snapshots, const plan::Plan& plan) {
  std::vector<plan::KnownTables> tables;
  for (const plan::Resource& source : plan.sources) {
    std::string folder = source.settings.Text("schema_from", source.name);
    for (const load::Snapshot& snapshot : snapshots) {
      if (snapshot.source == folder) tables.push_back({source.name, snapshot.tables});
    }
  }
  return tables;
}

// What the plan reads of the tables that the snapshots have.
void AddUsedColumns(const std::vector<plan::KnownTables>& tables, plan::Plan* plan) {
  for (const plan::KnownTables& known : tables) {
    for (plan::Pipe& pipe : plan->pipes) {
      if (std::count(pipe.sources.begin(), pipe.sources.end(), known.source) == 0) continue;
      for (plan::UsedTable& used : lower::UsedColumns(pipe, known.source, known.tables)) {
        pipe.used.push_back(std::move(used));
      }
    }
  }
}

// The given parameters, without those that `spare_params` leaves out.
std::map<std::string, std::string> GivenParams(const load::Program& program, const CompileOptions& options,
                                               Compiled* compiled) {
  std::map<std::string, std::string> given = options.params;
  if (!options.spare_params) return given;
  auto declares = [&](const std::string& name) {
    const std::vector<ast::Declaration>& all = program.files[0].ast.declarations;
    return std::any_of(all.begin(), all.end(), [&](const ast::Declaration& declaration) {
      const auto* param = std::get_if<ast::ParamDecl>(&declaration.node);
      return param != nullptr && param->name.text == name;
    });
  };
  for (const auto& [name, value] : options.params) {
    if (declares(name)) continue;
    given.erase(name);
    compiled->spared_params.push_back(name);
  }
  return given;
}

std::string MissingValues(const std::vector<std::string>& names) {
  std::string text = names.size() == 1 ? "parameter " : "parameters ";
  for (size_t i = 0; i < names.size(); ++i) text += (i == 0 ? "`" : ", `") + names[i] + "`";
  return text + (names.size() == 1 ? " has" : " have") + " no value: pass --param " + names[0] + "=…";
}

}  // namespace

int Compiled::ExitCode() const {
  if (!usage_error.empty()) return 2;
  return diagnostics.has_errors() ? 1 : 0;
}

std::vector<plan::KnownTables> ReadTables(const plan::Plan& plan, const std::string& directory,
                                          Diagnostics* diagnostics) {
  load::WantedTables all;
  all.AddAll();
  return TablesOf(load::SnapshotCache().Read(directory, all, diagnostics), plan);
}

Compiled Compile(const std::string& path, const CompileOptions& options) {
  Compiled compiled;
  compiled.files = std::make_shared<source::SourceFiles>();
  Result<load::Program> loaded =
      options.without_schema
          ? load::LoadWithoutSchema(path, options.text, options.schema_dir, &compiled.diagnostics)
          : load::Load(path, options.text, options.schema_dir, &compiled.diagnostics, options.snapshots.get());
  if (!loaded.ok()) {
    compiled.usage_error = loaded.error().message();
    return compiled;
  }
  load::Program& program = *loaded;
  compiled.files = program.sources;
  compiled.root = program.root;
  compiled.schema_home = std::filesystem::absolute(program.schema_home).lexically_normal().string();

  sema::Input input = MakeInput(program);
  sema::ParamChoices choices =
      sema::ChooseParams(input, GivenParams(program, options, &compiled), &compiled.diagnostics);
  compiled.usage_error = choices.usage_error;
  if (!compiled.usage_error.empty()) return compiled;
  Linting linting;
  linting.levels = lint::ReadLevels(input, options.lint.value_or(lint::Options()), &compiled.diagnostics);
  if (options.lint) linting.input.emplace(MakeLintInput(program, input, *options.lint));
  sema::Checked checked = CheckAll(input, choices, linting, &compiled.diagnostics);
  if (options.require_schema) RequireSnapshots(program, checked, &compiled.diagnostics);
  AddNotes(program, choices, checked, &compiled);
  const std::string baseline = checked.project.Text("baseline");
  if (!baseline.empty()) compiled.baseline = (std::filesystem::path(program.root) / baseline).string();
  if (linting.input) {
    const bool complete = !compiled.diagnostics.has_errors();
    lint::LintFiles(*linting.input, linting.levels, &compiled.diagnostics);
    lint::Settle(*linting.input, linting.levels, complete, &compiled.diagnostics);
  }
  compiled.diagnostics.Sort();
  if (compiled.diagnostics.has_errors() || options.lint) return compiled;
  if (options.demand_params && !choices.without_value.empty()) {
    compiled.usage_error = MissingValues(choices.without_value);
    return compiled;
  }
  const auto complete = [&program](plan::Plan* plan) {
    plan->root = program.root;
    if (program.schema_directory.empty()) return;
    plan->schema_directory = std::filesystem::absolute(program.schema_directory).lexically_normal().string();
  };
  if (options.tests) {
    CompileTests(input, options.params, complete, &compiled);
    if (!compiled.tests.empty()) compiled.tables = TablesOf(program.snapshots, *compiled.tests[0].plan);
    compiled.diagnostics.Sort();
    return compiled;
  }
  compiled.plan = lower::Lower(checked, *program.sources);
  complete(&*compiled.plan);
  compiled.tables = TablesOf(program.snapshots, *compiled.plan);
  AddUsedColumns(compiled.tables, &*compiled.plan);
  compiled.provenance = ProvenanceOf(checked);
  return compiled;
}

}  // namespace cdc::compile
