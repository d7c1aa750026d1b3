// Which rules report, and how loud.

#include "compiler/lint/rule.h"

namespace cdc::lint {
namespace {

constexpr int kFirstWarning = 200;

std::string IdAndName(Kind kind) { return diag::KindId(kind) + " " + std::string(diag::KindName(kind)); }

const ast::ProjectDecl* FindProject(const sema::Input& program) {
  for (const ast::File* file : {program.project, program.files[0].ast}) {
    if (file == nullptr) continue;
    for (const ast::Declaration& declaration : file->declarations) {
      if (const auto* project = std::get_if<ast::ProjectDecl>(&declaration.node)) return project;
    }
  }
  return nullptr;
}

void ReadProject(const ast::ProjectDecl& project, Levels* levels, Diagnostics* diagnostics) {
  for (const ast::SettingsItem& item : project.settings.items) {
    const auto* lint = std::get_if<ast::Setting>(&item.node);
    if (lint == nullptr || lint->name.text != "lint" || !lint->settings) continue;
    for (const ast::SettingsItem& inner : lint->settings->items) {
      const auto* level = std::get_if<ast::Setting>(&inner.node);
      if (level == nullptr) continue;
      std::string why = WhyNoLevel(level->name.text);
      std::optional<Kind> kind = FindRule(level->name.text);
      // What finds nothing is off.
      const bool off = ast::AsWord(level->value).value_or("") == "off";
      if (off && kind && static_cast<int>(*kind) >= kFirstWarning && !IsBuilt(*kind)) continue;
      if (!why.empty()) {
        Kind mistake = !kind                                                 ? Kind::kUnknownSetting
                       : diag::KindSeverity(*kind) == diag::Severity::kError ? Kind::kBadSettingValue
                                                                             : Kind::kNotAvailableYet;
        diagnostics->Report(mistake, level->name.span, std::move(why));
        continue;
      }
      // Words that are no level are the catalog's to refuse.
      std::optional<std::string> word = ast::AsWord(level->value);
      if (word == "off") levels->erase(*kind);
      if (word == "style") (*levels)[*kind] = diag::Severity::kStyle;
      if (word == "warning") (*levels)[*kind] = diag::Severity::kWarning;
      if (word == "error") (*levels)[*kind] = diag::Severity::kError;
    }
  }
}

}  // namespace

bool IsBuilt(Kind kind) {
  for (const Rule& rule : Rules()) {
    if (rule.kind == kind) return true;
  }
  return false;
}

std::optional<Kind> FindRule(const std::string& text) {
  static constexpr Kind kAll[] = {
#define PIPEWRIGHT_KIND(number, enumerator, name, severity) Kind::enumerator,
#include "compiler/diag/kinds.def"
  };
  for (Kind kind : kAll) {
    std::string id = diag::KindId(kind);
    if (text == id || text == id.substr(4) || text == diag::KindName(kind)) return kind;
  }
  return std::nullopt;
}

std::string WhyNoLevel(const std::string& text) {
  std::optional<Kind> kind = FindRule(text);
  if (!kind) return "`" + text + "` is no rule";
  if (static_cast<int>(*kind) < kFirstWarning) return IdAndName(*kind) + " is an error, and errors have no other level";
  if (!IsBuilt(*kind)) return "rule " + IdAndName(*kind) + " is not available in this release";
  return "";
}

Levels ReadLevels(const sema::Input& program, const Options& options, Diagnostics* diagnostics) {
  Levels levels;
  for (const Rule& rule : Rules()) {
    if (rule.on) levels[rule.kind] = diag::KindSeverity(rule.kind);
  }
  if (const ast::ProjectDecl* project = FindProject(program)) ReadProject(*project, &levels, diagnostics);
  for (const auto& [kind, on] : options.wanted) {
    if (on) {
      levels.emplace(kind, diag::KindSeverity(kind));
    } else {
      levels.erase(kind);
    }
  }
  return levels;
}

}  // namespace cdc::lint
