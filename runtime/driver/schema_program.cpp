#include "runtime/driver/schema_program.h"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <memory>
#include <optional>
#include <utility>

#include "compiler/compile/compile.h"
#include "compiler/diag/render.h"
#include "compiler/plan/owners.h"
#include "runtime/secrets/secret.h"
#include "runtime/sources/mysql/options.h"

namespace cdc::driver {
namespace {

// `schema`, `../schema`: relative to the project if it lies there.
std::string Shown(const std::string& home, const std::string& root) {
  const std::filesystem::path relative = std::filesystem::path(home).lexically_relative(root);
  if (relative.empty() || *relative.begin() == "..") return std::filesystem::path(home).filename().string();
  return relative.generic_string();
}

bool PipeReadsFrom(const plan::Pipe& pipe, const std::string& source) {
  return std::find(pipe.sources.begin(), pipe.sources.end(), source) != pipe.sources.end();
}

}  // namespace

std::optional<SchemaProgram> LoadSchemaProgram(const ProgramArguments& arguments, int* exit_code) {
  compile::CompileOptions options;
  options.params = arguments.params;
  options.schema_dir = arguments.schema_directory;
  options.without_schema = true;
  options.demand_params = true;
  compile::Compiled compiled = compile::Compile(arguments.file, options);
  if (!compiled.diagnostics.empty()) {
    std::fputs(diag::RenderText(compiled.diagnostics, *compiled.files, {WantsColor(arguments)}).c_str(), stderr);
  }
  if (!compiled.usage_error.empty()) std::fprintf(stderr, "error: %s\n", compiled.usage_error.c_str());
  *exit_code = compiled.ExitCode();
  if (*exit_code != 0 || !compiled.plan.has_value()) return std::nullopt;
  std::string home = compiled.schema_home;
  if (home.size() > 1 && home.ends_with('/')) home.pop_back();
  std::string shown = Shown(home, compiled.root);
  return SchemaProgram{std::move(*compiled.plan), std::move(home), std::move(shown)};
}

Result<std::vector<const plan::Resource*>> SourcesOf(const plan::Plan& plan, const std::vector<std::string>& names) {
  std::vector<const plan::Resource*> sources;
  for (const plan::Resource& source : plan.sources) {
    if (source.kind == "mysql" && (names.empty() || std::count(names.begin(), names.end(), source.name) > 0)) {
      sources.push_back(&source);
    }
  }
  for (const std::string& name : names) {
    if (std::none_of(sources.begin(), sources.end(), [&](const auto* source) { return source->name == name; })) {
      return Error(ErrorCode::kUsage, "the program has no mysql source `" + name + "`");
    }
  }
  if (sources.empty()) return Error(ErrorCode::kUsage, "the program has no mysql source");
  return sources;
}

Result<mysql::ConnectOptions> ConnectOptionsOf(const plan::Plan& plan, const plan::Resource& source) {
  SourceContext context;
  context.program = plan.program;
  context.name = source.name;
  context.settings = source.settings;
  context.project_root = plan.root;
  ASSIGN_OR_RETURN(context.secrets, secrets::ReadAll(source.settings, plan.root));
  return sources::ConnectOptionsOf(context);
}

schema_files::Wants WantsOf(const plan::Plan& plan, const std::string& source) {
  struct Pipe {
    const plan::Pipe* pipe;
    plan::Owners owners;
  };
  auto pipes = std::make_shared<std::vector<Pipe>>();
  for (const plan::Pipe& pipe : plan.pipes) {
    if (!PipeReadsFrom(pipe, source)) continue;
    pipes->push_back({&pipe, plan::Owners(pipe)});
  }
  return schema_files::Wants([pipes](const std::string& database, const std::string& table) {
    return std::any_of(pipes->begin(), pipes->end(), [&](const Pipe& each) {
      const int owner = each.owners.Find(database, table);
      if (owner < 0) return false;
      const plan::TableRule& rule = each.pipe->tables[static_cast<size_t>(owner)];
      return !rule.skip || rule.table.kind == plan::NamePattern::Kind::kExact;
    });
  });
}

std::string UtcNow() {
  const std::time_t now = std::time(nullptr);
  std::tm utc = {};
  gmtime_r(&now, &utc);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%MZ", &utc);
  return text;
}

schema_files::Wants WantsAll() {
  return [](const std::string& database, const std::string&) { return database != "mysql" && database != "sys"; };
}

}  // namespace cdc::driver
