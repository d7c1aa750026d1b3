#include "compiler/load/load.h"

#include <algorithm>
#include <filesystem>

#include "compiler/load/snapshot.h"
#include "compiler/parse/parse.h"
#include "stdlib/presets/presets.h"

namespace cdc::load {
namespace {

namespace fs = std::filesystem;

fs::path Canonical(const fs::path& path) {
  std::error_code error;
  fs::path canonical = fs::weakly_canonical(fs::absolute(path, error), error);
  return error ? path.lexically_normal() : canonical;
}

// The nearest folder upwards with a project.pipe or a repository; else the program's own.
fs::path FindRoot(const fs::path& program) {
  std::error_code error;
  for (fs::path folder = program.parent_path();; folder = folder.parent_path()) {
    if (fs::is_regular_file(folder / "project.pipe", error) || fs::exists(folder / ".git", error)) return folder;
    if (folder == folder.parent_path()) return program.parent_path();
  }
}

bool IsInside(const fs::path& path, const fs::path& root) {
  auto [end, unused] = std::mismatch(root.begin(), root.end(), path.begin(), path.end());
  return end == root.end();
}

// What an imported file must not have.
const char* Forbidden(const ast::Declaration& declaration) {
  if (std::holds_alternative<ast::PipeDecl>(declaration.node)) return "pipe";
  if (std::holds_alternative<ast::ParamDecl>(declaration.node)) return "param";
  if (std::holds_alternative<ast::TestDecl>(declaration.node)) return "test";
  if (std::holds_alternative<ast::ProjectDecl>(declaration.node)) return "project";
  return nullptr;
}

// The presets of the language that a text has behind `std.`, wherever that stands; all of them for a name that none
// has, so that the checker can tell which was meant.
std::vector<const presets::Preset*> PresetsNamedIn(const std::string& text) {
  std::vector<const presets::Preset*> all;
  std::vector<const presets::Preset*> named;
  for (const presets::Preset& preset : presets::Presets()) all.push_back(&preset);
  auto behind_blanks = [&](size_t at) { return std::min(text.find_first_not_of(" \t\r\n", at), text.size()); };
  for (size_t at = text.find("std"); at != std::string::npos; at = text.find("std", at + 1)) {
    const size_t period = behind_blanks(at + 3);
    if (period == text.size() || text[period] != '.') continue;
    const size_t begin = behind_blanks(period + 1);
    const size_t end = std::min(text.find_first_not_of("abcdefghijklmnopqrstuvwxyz", begin), text.size());
    const std::string_view name = std::string_view(text).substr(begin, end - begin);
    auto found = std::find_if(all.begin(), all.end(), [&](const presets::Preset* one) { return one->name == name; });
    if (found == all.end()) return all;
    if (std::find(named.begin(), named.end(), *found) == named.end()) named.push_back(*found);
  }
  return named;
}

class Loader {
 public:
  Loader(Program* program, diag::Diagnostics* diagnostics) : program_(*program), diagnostics_(*diagnostics) {}

  void Start(const fs::path& shown, std::string text) {
    root_ = FindRoot(Canonical(shown));
    program_.root = root_.string();
    program_.stem = shown.stem().string();
    Add(shown, std::move(text));
    open_.push_back(Canonical(shown));
    Imports(0, shown);
    StandardPresets();
  }

  // Errors: kUsage, there is a project and it cannot be read.
  Status Project(const fs::path& program) {
    fs::path path = root_ / "project.pipe";
    std::error_code error;
    if (!fs::is_regular_file(path, error) || Canonical(program) == Canonical(path)) return OkStatus();
    ASSIGN_OR_RETURN(std::string text, ReadFile(path));
    LoadedFile file;
    fs::path shown = program.parent_path();
    for (fs::path at = Canonical(program).parent_path(); at != root_ && at != at.parent_path(); at = at.parent_path()) {
      shown /= "..";
    }
    shown = (shown / "project.pipe").lexically_normal();
    file.path = shown.string();
    uint32_t number = program_.sources->Add(file.path, std::move(text));
    file.ast = parse::Parse(*program_.sources, number, &diagnostics_);
    program_.project = std::move(file);
    return OkStatus();
  }

 private:
  size_t Add(const fs::path& shown, std::string text) {
    LoadedFile file;
    file.path = shown.string();
    uint32_t number = program_.sources->Add(file.path, std::move(text));
    file.ast = parse::Parse(*program_.sources, number, &diagnostics_);
    program_.files.push_back(std::move(file));
    canonical_.push_back(Canonical(shown));
    return program_.files.size() - 1;
  }

  void Imports(size_t importer, const fs::path& shown) {
    // A copy: `files` grows meanwhile.
    std::vector<ast::ImportDecl> imports = program_.files[importer].ast.imports;
    for (const ast::ImportDecl& import : imports) {
      if (import.name.text == "std") {
        diagnostics_.Report(diag::Kind::kDuplicateName, import.name.span,
                            "the name `std` is reserved for presets that come with the language");
        continue;
      }
      if (program_.files[importer].imports.count(import.name.text) != 0) {
        diagnostics_.Report(diag::Kind::kDuplicateName, import.name.span,
                            "two imports are called `" + import.name.text + "`");
        continue;
      }
      if (std::optional<size_t> file = Import(import, shown))
        program_.files[importer].imports[import.name.text] = *file;
    }
  }

  // `use std.name`: a file that says so imports that preset of the language.
  void StandardPresets() {
    std::map<std::string, size_t> standard;
    for (size_t i = 0, count = program_.files.size(); i < count; ++i) {
      for (const presets::Preset* preset : PresetsNamedIn(program_.sources->Get(program_.files[i].ast.file).text())) {
        const std::string name = "std." + std::string(preset->name);
        if (standard.count(name) == 0) {
          standard[name] = Add(name, std::string(preset->text));
          program_.files.back().standard = true;
        }
        program_.files[i].imports[name] = standard[name];
      }
    }
  }

  std::optional<size_t> Import(const ast::ImportDecl& import, const fs::path& importer) {
    fs::path shown = (importer.parent_path() / import.path.text).lexically_normal();
    fs::path path = Canonical(shown);
    auto bad = [&](std::string message, std::string label = "") {
      diagnostics_.Report(diag::Kind::kBadImport, import.path.span, std::move(message), std::move(label));
      return std::nullopt;
    };
    if (fs::path(import.path.text).is_absolute()) return bad("an import's path is relative to the importing file");
    if (!IsInside(path, root_)) return bad("`" + import.path.text + "` is outside the project");
    auto open = std::find(open_.begin(), open_.end(), path);
    if (open != open_.end()) {
      std::string cycle;
      for (; open != open_.end(); ++open) cycle += open->filename().string() + " -> ";
      return bad("imports form a cycle", cycle + path.filename().string());
    }
    auto known = std::find(canonical_.begin(), canonical_.end(), path);
    if (known != canonical_.end()) return static_cast<size_t>(known - canonical_.begin());
    Result<std::string> text = ReadFile(shown);
    if (!text.ok()) return bad(text.error().message());
    size_t file = Add(shown, std::move(*text));
    for (const ast::Declaration& declaration : program_.files[file].ast.declarations) {
      const char* what = Forbidden(declaration);
      if (what == nullptr) continue;
      diagnostics_
          .Report(diag::Kind::kBadImport, import.path.span,
                  "`" + import.path.text + "` has a `" + what + "`, so it cannot be imported")
          .labels.push_back({declaration.word, "here"});
      break;
    }
    open_.push_back(path);
    Imports(file, shown);
    open_.pop_back();
    return file;
  }

  Program& program_;
  diag::Diagnostics& diagnostics_;
  fs::path root_;
  std::vector<fs::path> canonical_;  // parallel to Program::files
  std::vector<fs::path> open_;       // from the program to the file whose imports are read
};

// The directory that `project { schema = '…'; }` names; its checks are sema's.
std::string SchemaSetting(const Program& program) {
  const ast::File& file = program.project ? program.project->ast : program.files[0].ast;
  for (const ast::Declaration& declaration : file.declarations) {
    const auto* project = std::get_if<ast::ProjectDecl>(&declaration.node);
    if (project == nullptr) continue;
    for (const ast::SettingsItem& item : project->settings.items) {
      const auto* setting = std::get_if<ast::Setting>(&item.node);
      if (setting != nullptr && setting->name.text == "schema" && setting->shape == ast::Setting::Shape::kValue &&
          setting->value.kind == expr::ExprKind::kLiteral) {
        return setting->value.literal.text;
      }
    }
  }
  return "schema";
}

WantedTables WantedOf(const Program& program) {
  WantedTables wanted;
  for (const LoadedFile& file : program.files) wanted.Add(file.ast);
  if (program.project) wanted.Add(program.project->ast);
  return wanted;
}

}  // namespace

Result<Program> LoadWithoutSchema(const std::string& path, const std::optional<std::string>& text,
                                  const std::string& schema_dir, diag::Diagnostics* diagnostics) {
  Program program;
  std::string bytes;
  if (text) {
    bytes = *text;
  } else {
    ASSIGN_OR_RETURN(bytes, ReadFile(path));
  }
  Loader loader(&program, diagnostics);
  loader.Start(path, std::move(bytes));
  RETURN_IF_ERROR(loader.Project(path));
  fs::path home = schema_dir.empty() ? fs::path(program.root) / SchemaSetting(program) : fs::path(schema_dir);
  program.schema_home = home.string();
  return program;
}

Result<Program> Load(const std::string& path, const std::optional<std::string>& text, const std::string& schema_dir,
                     diag::Diagnostics* diagnostics, SnapshotCache* cache) {
  ASSIGN_OR_RETURN(Program program, LoadWithoutSchema(path, text, schema_dir, diagnostics));
  std::error_code error;
  if (fs::is_directory(program.schema_home, error)) {
    program.schema_directory = program.schema_home;
    SnapshotCache own;
    program.snapshots =
        (cache == nullptr ? own : *cache).Read(program.schema_directory, WantedOf(program), diagnostics);
  } else if (!schema_dir.empty()) {
    return Error(ErrorCode::kUsage, "`" + schema_dir + "` is not a directory");
  }
  return program;
}

}  // namespace cdc::load
