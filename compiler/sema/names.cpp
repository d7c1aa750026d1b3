#include "compiler/sema/names.h"

#include "stdlib/expr/resolve.h"
#include "stdlib/functions/registry.h"

namespace cdc::sema {
namespace {

using diag::Diagnostics;
using diag::Kind;

void ReportTwice(const ast::Ident& name, Span first, const std::string& what, Diagnostics* diagnostics) {
  diagnostics->Report(Kind::kDuplicateName, name.span, "two " + what + " are called `" + name.text + "`")
      .labels.push_back({first, "the first"});
}

bool MayBeImported(const ast::Declaration& declaration) {
  return !std::holds_alternative<ast::PipeDecl>(declaration.node) &&
         !std::holds_alternative<ast::ParamDecl>(declaration.node) &&
         !std::holds_alternative<ast::TestDecl>(declaration.node) &&
         !std::holds_alternative<ast::ProjectDecl>(declaration.node);
}

class Collector {
 public:
  Collector(const Input& input, Names* names, Diagnostics* diagnostics)
      : input_(input), names_(*names), diagnostics_(diagnostics) {}

  void Run() {
    for (size_t i = 0; i < input_.files.size(); ++i) {
      names_.files.push_back({&input_.files[i], {}, {}, {}});
      names_.file_of_source[input_.files[i].ast->file] = i;
      for (const ast::Declaration& declaration : input_.files[i].ast->declarations) {
        // What makes an import wrong was reported there, and is not looked at further.
        if (i > 0 && !MayBeImported(declaration)) continue;
        declaration_ = &declaration;
        std::visit([&](const auto& node) { Add(node); }, declaration.node);
      }
      if (input_.files[i].ast->edition && input_.files[i].ast->edition != "1") {
        diagnostics_->Report(Kind::kNotAvailableYet, input_.files[i].ast->edition_span,
                             "edition " + *input_.files[i].ast->edition + " is not available in this release",
                             "it knows edition 1");
      }
    }
    if (input_.project != nullptr) Project(*input_.project);
  }

 private:
  FileNames& file() { return names_.files.back(); }

  // One name space per map; `first_` remembers the spans.
  template <class Map, class Key, class Node>
  void Insert(Map* map, Key key, const Node& node, const std::string& what) {
    if (!map->emplace(key, &node).second) ReportTwice(node.name, (*map)[key]->name.span, what, diagnostics_);
  }

  void Add(const ast::ProjectDecl& project) {
    if (names_.project != nullptr)
      return ReportTwice(project.name, names_.project->name.span, "projects", diagnostics_);
    names_.project = &project;
  }
  void Add(const ast::ResourceDecl& resource) {
    if (const ast::PipeDecl* pipe = FindPipe(resource.name.text)) {
      return ReportTwice(resource.name, pipe->name.span, "declarations", diagnostics_);
    }
    Insert(&names_.resources, resource.name.text, resource, "declarations");
  }
  void Add(const ast::ParamDecl& param) { Insert(&names_.params, param.name.text, param, "parameters"); }
  void Add(const ast::SecretDecl& secret) { Insert(&file().secrets, secret.name.text, secret, "secrets"); }
  void Add(const ast::FunctionDecl& function) {
    if (functions::FindFunction(function.name.text) != nullptr) {
      diagnostics_->Report(Kind::kDuplicateName, function.name.span,
                           "`" + function.name.text + "` is a function of the language",
                           "its functions are known in every file: choose another name");
      return;
    }
    Insert(&file().functions, function.name.text, function, "functions");
  }
  void Add(const ast::PresetDecl& preset) {
    Insert(&file().presets, std::make_pair(preset.kind, preset.name.text), preset, "presets of this kind");
  }
  void Add(const ast::SensitiveDecl& sensitive) { names_.sensitive.push_back(&sensitive); }
  void Add(const ast::AlertDecl& alert) {
    for (const auto& [other, span] : names_.alerts) {
      if (other->name.text == alert.name.text) return ReportTwice(alert.name, other->name.span, "alerts", diagnostics_);
    }
    names_.alerts.emplace_back(&alert, declaration_->span);
  }
  void Add(const ast::PipeDecl& pipe) {
    const ast::PipeDecl* other = FindPipe(pipe.name.text);
    if (other != nullptr) return ReportTwice(pipe.name, other->name.span, "pipes", diagnostics_);
    auto resource = names_.resources.find(pipe.name.text);
    if (resource != names_.resources.end()) {
      return ReportTwice(pipe.name, resource->second->name.span, "declarations", diagnostics_);
    }
    names_.pipes.emplace_back(&pipe, declaration_->span);
  }
  void Add(const ast::TestDecl& test) { names_.tests.push_back(&test); }

  const ast::PipeDecl* FindPipe(const std::string& name) const {
    for (const auto& [pipe, span] : names_.pipes) {
      if (pipe->name.text == name) return pipe;
    }
    return nullptr;
  }

  void Project(const ast::File& project) {
    for (const ast::Declaration& declaration : project.declarations) {
      if (const auto* node = std::get_if<ast::ProjectDecl>(&declaration.node)) {
        Add(*node);
      } else {
        ReportLater(declaration.word, "a declaration other than `project` in project.pipe", diagnostics_);
      }
    }
  }

  const Input& input_;
  Names& names_;
  Diagnostics* diagnostics_;
  const ast::Declaration* declaration_ = nullptr;
};

}  // namespace

const FileNames* Names::FileOf(Span span) const {
  auto found = file_of_source.find(span.file);
  return found == file_of_source.end() ? nullptr : &files[found->second];
}

const ast::FunctionDecl* Names::FindFunction(const std::string& name, Span from) const {
  const FileNames* file = FileOf(from);
  if (file == nullptr) return nullptr;
  size_t dot = name.find('.');
  std::string local = name;
  if (dot != std::string::npos) {
    auto import = file->input->imports.find(name.substr(0, dot));
    if (import == file->input->imports.end()) return nullptr;
    file = &files[import->second];
    local = name.substr(dot + 1);
  }
  auto found = file->functions.find(local);
  return found == file->functions.end() ? nullptr : found->second;
}

std::string Names::SecretName(const FileNames& file, const std::string& name) const {
  size_t before = 0;
  for (const FileNames& other : files) {
    if (&other == &file) break;
    before += other.secrets.count(name);
  }
  return before == 0 ? name : name + "#" + std::to_string(before + 1);
}

const ast::PresetDecl* Names::FindPreset(const ast::UseClause& use, const std::vector<ast::PresetDecl::Kind>& kinds,
                                         Diagnostics* diagnostics) const {
  const FileNames* file = FileOf(use.span);
  if (file == nullptr) return nullptr;
  std::string name = use.name.text;
  if (use.member) {
    const std::map<std::string, size_t>& imports = file->input->imports;
    const bool standard = name == "std";
    auto import = imports.find(standard ? "std." + use.member->text : name);
    if (import == imports.end() && standard) {
      std::vector<std::string> known;
      for (const std::string& key : KeysOf(imports)) {
        if (key.rfind("std.", 0) == 0) known.push_back(key.substr(4));
      }
      ReportUnknown(Kind::kUnknownName, use.member->span, "the language has no preset `std." + use.member->text + "`",
                    use.member->text, known, diagnostics);
      return nullptr;
    }
    if (import == imports.end()) {
      ReportUnknown(Kind::kUnknownName, use.name.span, "no file is imported as `" + name + "`", name,
                    KeysOf(file->input->imports), diagnostics);
      return nullptr;
    }
    file = &files[import->second];
    name = use.member->text;
  }
  std::vector<std::string> candidates;
  bool other_kind = false;
  for (const auto& [key, preset] : file->presets) {
    bool fits = false;
    for (ast::PresetDecl::Kind kind : kinds) fits = fits || key.first == kind;
    if (fits && key.second == name) return preset;
    if (fits) candidates.push_back(key.second);
    other_kind = other_kind || key.second == name;
  }
  const ast::Ident& place = use.member ? *use.member : use.name;
  if (other_kind) {
    diagnostics->Report(Kind::kWrongPlace, place.span, "preset `" + name + "` is of a kind that has no place here");
  } else {
    ReportUnknown(Kind::kUnknownName, place.span, "unknown preset `" + name + "`", name, candidates, diagnostics);
  }
  return nullptr;
}

Names CollectNames(const Input& input, Diagnostics* diagnostics) {
  Names names;
  Collector(input, &names, diagnostics).Run();
  return names;
}

std::string DidYouMean(const std::string& name, const std::vector<std::string>& candidates) {
  std::optional<std::string> nearest = expr::Nearest(name, candidates);
  return nearest ? "did you mean `" + *nearest + "`?" : "";
}

void ReportUnknown(Kind kind, Span span, std::string message, const std::string& name,
                   const std::vector<std::string>& candidates, Diagnostics* diagnostics, const Around& around) {
  diag::Diagnostic& diagnostic = diagnostics->Report(kind, span, std::move(message));
  const std::optional<std::string> nearest = expr::Nearest(name, candidates);
  if (!nearest) return;
  const bool quotes = kind == Kind::kUnknownColumn || kind == Kind::kUnknownTable;
  diagnostic.label = "did you mean `" + around.before + *nearest + around.behind + "`?";
  const std::string text = around.before + (quotes ? expr::NameToText(*nearest) : *nearest) + around.behind;
  diagnostic.fixes.push_back({"replace with `" + text + "`", diag::Applicability::kMaybe, {{span, text}}});
}

void ReportUnknownTable(const std::vector<const std::vector<Schema>*>& snapshots, const ast::Ident& database,
                        const ast::Ident& table, const std::string& why, Diagnostics* diagnostics) {
  std::vector<std::string> databases;
  std::vector<std::string> beside;
  for (const std::vector<Schema>* snapshot : snapshots) {
    for (const Schema& known : *snapshot) {
      databases.push_back(known.database);
      if (known.database == database.text) beside.push_back(known.table);
    }
  }
  const bool known = !beside.empty();
  const ast::Ident& wrong = known ? table : database;
  ReportUnknown(Kind::kUnknownTable, wrong.span, "unknown table `" + database.text + "." + table.text + "`: " + why,
                wrong.text, known ? beside : databases, diagnostics);
}

void ReportLater(Span span, const std::string& what, Diagnostics* diagnostics) {
  diagnostics->Report(Kind::kNotAvailableYet, span, what + " is not available in this release");
}

}  // namespace cdc::sema
