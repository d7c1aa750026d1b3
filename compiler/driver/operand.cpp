#include "compiler/driver/operand.h"

#include <filesystem>

#include "compiler/command/options.h"
#include "compiler/driver/git.h"
#include "compiler/load/snapshot.h"

namespace cdc::driver {

using namespace command;
namespace {

constexpr std::string_view kGit = "git:";

void Replace(const std::string& from, const std::string& to, std::string* text) {
  for (size_t at = text->find(from); at != text->npos; at = text->find(from, at + to.size())) {
    text->replace(at, from.size(), to);
  }
}

// Names files of the folder `from` as those of `to`, wherever people see them.
void Rename(const std::string& from, const std::string& to, compile::Compiled* compiled) {
  auto renamed = std::make_shared<source::SourceFiles>();
  for (uint32_t i = 0; i < compiled->files->size(); ++i) {
    std::string path = compiled->files->Get(i).path();
    Replace(from, to, &path);
    renamed->Add(std::move(path), compiled->files->Get(i).text());
  }
  compiled->files = std::move(renamed);
  diag::Diagnostics diagnostics;
  for (diag::Diagnostic diagnostic : compiled->diagnostics.all()) {
    Replace(from, to, &diagnostic.message);
    Replace(from, to, &diagnostic.label);
    for (std::string& note : diagnostic.notes) Replace(from, to, &note);
    diagnostics.Add(std::move(diagnostic));
  }
  compiled->diagnostics = std::move(diagnostics);
  Replace(from, to, &compiled->usage_error);
  if (!compiled->plan) return;
  for (plan::SourceFile& file : compiled->plan->files) Replace(from, to, &file.path);
}

bool IsPlan(const std::string& text) {
  const size_t first = text.find_first_not_of(" \t\r\n");
  return first != text.npos && text[first] == '{';
}

Result<compile::Compiled> ReadPlan(const std::string& path, const std::string& text,
                                   const compile::CompileOptions& options) {
  Result<plan::Plan> plan = plan::FromJson(text);
  if (!plan.ok()) return Usage("`" + path + "`: " + plan.error().message());
  compile::Compiled compiled;
  compiled.files = std::make_shared<source::SourceFiles>();
  const std::string directory = options.schema_dir.empty() ? plan->schema_directory : options.schema_dir;
  std::error_code error;
  if (!directory.empty() && std::filesystem::is_directory(directory, error)) {
    compiled.tables = compile::ReadTables(*plan, directory, &compiled.diagnostics);
  }
  compiled.plan = std::move(*plan);
  for (const auto& [name, value] : options.params) compiled.spared_params.push_back(name);
  return compiled;
}

Result<compile::Compiled> CompileFile(const std::string& path, const compile::CompileOptions& options) {
  Result<std::string> text = load::ReadFile(path);
  if (text.ok() && IsPlan(*text)) return ReadPlan(path, *text, options);
  return compile::Compile(path, options);
}

}  // namespace

Operand ReadOperand(const std::string& word) {
  if (word.rfind(kGit, 0) != 0) return {word, "", word};
  const std::string rest = word.substr(kGit.size());
  const size_t colon = rest.find(':');
  if (colon == rest.npos) return {word, rest, ""};
  return {word, rest.substr(0, colon), rest.substr(colon + 1)};
}

Result<compile::Compiled> Compile(const Operand& operand, const std::string& other,
                                  const compile::CompileOptions& options) {
  if (operand.shown.rfind(kGit, 0) != 0) return CompileFile(operand.path, options);
  if (operand.path.empty() && other.empty()) {
    return Usage("`" + operand.shown + "` says no file: write `" + operand.shown + ":PATH`");
  }
  Result<Checkout> checkout = CheckOut(other.empty() ? "." : other, operand.revision, operand.path);
  if (!checkout.ok()) return Usage("`" + operand.shown + "`: " + checkout.error().message());
  Result<compile::Compiled> compiled = CompileFile(checkout->program, options);
  const std::string from = checkout->root.string() + "/";
  const std::string to = std::string(kGit) + operand.revision + ":";
  if (!compiled.ok()) {
    std::string message = compiled.error().message();
    Replace(from, to, &message);
    return Usage(message);
  }
  Rename(from, to, &*compiled);
  return compiled;
}

}  // namespace cdc::driver
