#include "compiler/lint/lint.h"

#include <algorithm>

#include "compiler/lint/rule.h"
#include "compiler/lint/suppressions.h"

namespace cdc::lint {
namespace {

std::vector<const ast::File*> FilesOf(const sema::Input& program) {
  std::vector<const ast::File*> files;
  for (const sema::InputFile& file : program.files) {
    if (!file.standard) files.push_back(file.ast);
  }
  if (program.project != nullptr) files.push_back(program.project);
  return files;
}

// Levels of the rules that were run: without `complete`, those about files alone.
Levels Ran(const Levels& levels, bool complete) {
  Levels ran;
  for (const Rule& rule : Rules()) {
    auto level = levels.find(rule.kind);
    if (level != levels.end() && (complete || rule.of_file != nullptr)) ran.insert(*level);
  }
  return ran;
}

}  // namespace

const std::vector<Rule>& Rules() {
  static const std::vector<Rule>* const rules = new std::vector<Rule>{
#define PIPEWRIGHT_LINT_RULE(number, function) function(),
#include "compiler/lint/rules.def"
#undef PIPEWRIGHT_LINT_RULE
  };
  return *rules;
}

void LintFiles(const Input& input, const Levels& levels, Diagnostics* diagnostics) {
  for (const ast::File* file : FilesOf(input.program)) {
    if (!file->complete) continue;
    FileView view = ViewFile(*file, input.files, file == input.program.files[0].ast);
    for (const Rule& rule : Rules()) {
      if (rule.of_file != nullptr && levels.count(rule.kind) != 0) rule.of_file(view, diagnostics);
    }
  }
}

void LintProgram(const Input& input, const Levels& levels, const sema::Checked& checked,
                 const sema::ParamValues& params, Diagnostics* diagnostics) {
  ProgramView view = ViewProgram(input, checked, params);
  for (const Rule& rule : Rules()) {
    if (rule.of_program != nullptr && levels.count(rule.kind) != 0) rule.of_program(view, diagnostics);
  }
}

void Settle(const Input& input, const Levels& levels, bool complete, Diagnostics* diagnostics) {
  std::vector<Suppression> suppressions;
  for (const ast::File* file : FilesOf(input.program)) {
    std::vector<Suppression> some = ReadSuppressions(*file, input.files.Get(file->file), input.options.today);
    std::move(some.begin(), some.end(), std::back_inserter(suppressions));
  }
  Diagnostics settled;
  for (const diag::Diagnostic& found : diagnostics->all()) {
    if (diag::KindSeverity(found.kind) == diag::Severity::kError) {
      settled.Add(found);
      continue;
    }
    bool allowed = false;
    for (Suppression& suppression : suppressions) {
      size_t which = 0;
      if (!suppression.Allows(found, &which)) continue;
      suppression.used[which] = true;
      allowed = true;
    }
    if (!allowed) settled.Add(found);
  }
  if (levels.count(Kind::kUselessSuppression) != 0) {
    Levels ran = Ran(levels, complete);
    for (const Suppression& suppression : suppressions) {
      ReportUseless(suppression, input.files.Get(suppression.comment.file), ran, &settled);
    }
  }
  *diagnostics = Diagnostics();
  for (diag::Diagnostic found : settled.all()) {
    auto level = levels.find(found.kind);
    if (level != levels.end()) found.severity = level->second;
    diagnostics->Add(std::move(found));
  }
}

}  // namespace cdc::lint
