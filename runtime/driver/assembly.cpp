#include "runtime/driver/assembly.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <utility>
#include <vector>

#include "runtime/registry/confluent_registry.h"
#include "runtime/secrets/secret.h"
#include "runtime/sinks/files/files_sink.h"
#include "runtime/sinks/kafka/kafka_sink.h"
#include "runtime/sinks/stdout/stdout_sink.h"
#include "runtime/sources/binlog_files/binlog_files.h"
#include "runtime/sources/mysql/mysql_source.h"
#include "runtime/state/file_store.h"
#include "stdlib/catalog/catalog.h"

namespace cdc::driver {
namespace {

const plan::Resource* FindResource(const std::vector<plan::Resource>& resources, const std::string& name) {
  for (const auto& resource : resources) {
    if (resource.name == name) return &resource;
  }
  return nullptr;
}

Error Missing(const std::string& what, const std::string& name) {
  return Error(ErrorCode::kConfig, "the plan has no " + what + " `" + name + "`");
}

Error NotBuilt(const std::string& what, const plan::Resource& resource) {
  return Error(ErrorCode::kConfig,
               what + " `" + resource.name + "` is of kind `" + resource.kind + "`, which this release does not run");
}

Result<std::unique_ptr<state::Store>> MakeStore(const plan::Plan& plan, const plan::Pipe& pipe) {
  if (pipe.store.empty()) return std::unique_ptr<state::Store>();
  const plan::Resource* store = FindResource(plan.stores, pipe.store);
  if (store == nullptr) return Missing("store", pipe.store);
  if (store->kind != "files") return NotBuilt("store", *store);
  const std::filesystem::path directory = std::filesystem::path(plan.root) / store->settings.Text("directory");
  return state::MakeFileStore(directory.string(), {plan.program, pipe.name, pipe.sources.front()});
}

std::vector<const plan::FormatRule*> FormatsOf(const plan::Pipe& pipe) {
  std::vector<const plan::FormatRule*> formats = {&pipe.format};
  for (const plan::TableRule& rule : pipe.tables) {
    if (!rule.skip) formats.push_back(&rule.format);
  }
  return formats;
}

// All text formats of this release are JSON.
bool WritesJson(const plan::Pipe& pipe) {
  const std::vector<const plan::FormatRule*> formats = FormatsOf(pipe);
  return std::all_of(formats.begin(), formats.end(), [](const plan::FormatRule* format) {
    const catalog::KindDef* kind = catalog::FindKind(catalog::Holder::kFormat, format->name);
    return kind == nullptr || kind->is_text;
  });
}

// The registries that the pipe's formats name, in the plan's order.
std::vector<const plan::Resource*> RegistriesOf(const plan::Plan& plan, const plan::Pipe& pipe) {
  std::vector<const plan::Resource*> used;
  for (const plan::Resource& registry : plan.registries) {
    for (const plan::FormatRule* format : FormatsOf(pipe)) {
      if (format->settings.Text("registry") != registry.name) continue;
      used.push_back(&registry);
      break;
    }
  }
  return used;
}

Result<SchemaRegistries> MakeRegistries(const plan::Plan& plan, const plan::Pipe& pipe) {
  SchemaRegistries registries;
  for (const plan::Resource* resource : RegistriesOf(plan, pipe)) {
    if (resource->kind != "confluent") return NotBuilt("registry", *resource);
    registry::RegistryContext context{resource->name, resource->settings, {}, plan.root};
    ASSIGN_OR_RETURN(context.secrets, secrets::ReadAll(resource->settings, plan.root));
    ASSIGN_OR_RETURN(registries[resource->name], registry::MakeConfluentRegistry(std::move(context)));
  }
  return registries;
}

Result<std::unique_ptr<Sink>> MakeSink(const plan::Plan& plan, const plan::Pipe& pipe, bool among_sources,
                                       const RunArguments& arguments) {
  const plan::Resource* sink = FindResource(plan.sinks, pipe.sink);
  if (sink == nullptr) return Missing("sink", pipe.sink);
  SinkContext context;
  context.program = plan.program;
  context.pipe = pipe.name;
  context.source = pipe.sources.front();
  context.among_sources = among_sources;
  context.name = sink->name;
  context.settings = sink->settings;
  context.project_root = plan.root;
  context.reset_position = arguments.reset_position;
  ASSIGN_OR_RETURN(context.secrets, secrets::ReadAll(sink->settings, plan.root));
  context.json_values = WritesJson(pipe);
  ASSIGN_OR_RETURN(auto store, MakeStore(plan, pipe));
  if (sink->kind == "kafka") {
    if (store != nullptr) {
      return Error(
          ErrorCode::kConfig,
          "pipe `" + pipe.name + "`: a Kafka sink keeps its state in Kafka; leave `store " + pipe.store + ";` out");
    }
    return sinks::MakeKafkaSink(std::move(context));
  }
  if (sink->kind == "stdout") return sinks::MakeStdoutSink(std::move(context), stdout, std::move(store));
  if (sink->kind == "files") return sinks::MakeFilesSink(std::move(context), std::move(store));
  return NotBuilt("sink", *sink);
}

Result<std::unique_ptr<Source>> MakeSource(const plan::Plan& plan, const plan::Pipe& pipe,
                                           const RunArguments& arguments, Capture* capture) {
  const plan::Resource* source = FindResource(plan.sources, pipe.sources.front());
  if (source == nullptr) return Missing("source", pipe.sources.front());
  SourceContext context;
  context.program = plan.program;
  context.pipe = pipe.name;
  context.name = source->name;
  context.index_on_source = pipe.index_on_source;
  context.settings = source->settings;
  context.project_root = plan.root;
  context.schema_directory = plan.schema_directory;
  context.start_override = arguments.start;
  context.capture = capture;
  for (const plan::UsedTable& used : pipe.used) {
    if (used.source != source->name) continue;
    ExpectedTable& expected = context.expected.emplace_back(ExpectedTable{used.database, used.table, {}});
    for (const plan::UsedColumn& column : used.columns) expected.columns.emplace_back(column.name, column.type);
  }
  ASSIGN_OR_RETURN(context.secrets, secrets::ReadAll(source->settings, plan.root));
  if (source->kind == "mysql") return sources::MakeMysqlSource(std::move(context));
  if (source->kind == "binlog_files") return sources::MakeBinlogFilesSource(std::move(context));
  return NotBuilt("source", *source);
}

engine::RetrySettings RetrySettingsOf(const catalog::Settings& settings) {
  engine::RetrySettings out;
  out.first_ms = settings.Number("retry.first", out.first_ms);
  out.max_ms = settings.Number("retry.max", out.max_ms);
  out.give_up_ms = settings.Is("retry.give_up", "never") ? 0 : settings.Number("retry.give_up", out.give_up_ms);
  return out;
}

engine::RunnerSettings RunnerSettingsOf(const plan::Plan& plan, const plan::Pipe& pipe, const RunArguments& arguments) {
  const catalog::Settings& sink = FindResource(plan.sinks, pipe.sink)->settings;
  const catalog::Settings& source = FindResource(plan.sources, pipe.sources.front())->settings;
  engine::RunnerSettings out;
  out.until_caught_up = arguments.until_caught_up;
  out.source_retry = RetrySettingsOf(source);
  out.sink_retry = RetrySettingsOf(sink);
  // Of the first one, where tables of a pipe have several.
  const std::vector<const plan::Resource*> registries = RegistriesOf(plan, pipe);
  if (!registries.empty()) out.registry_retry = RetrySettingsOf(registries.front()->settings);
  out.commit.every_ms = sink.Number("delivery.commit_every", out.commit.every_ms);
  out.commit.bytes_max =
      static_cast<uint64_t>(sink.Number("delivery.transaction_max", static_cast<int64_t>(out.commit.bytes_max)));
  out.commit.heartbeat_ms = source.Number("heartbeat", out.commit.heartbeat_ms);
  return out;
}

}  // namespace

Result<bind::SecretValues> ReadExpressionSecrets(const plan::Plan& plan) {
  bind::SecretValues secrets;
  for (const auto& [name, value] : plan.secrets.all()) {
    ASSIGN_OR_RETURN(std::string text, secrets::Read(value, plan.root));
    // Whoever knows that a key is empty can try values.
    if (text.empty())
      return Error(ErrorCode::kConfig, "the secret `" + name + "` is empty, and rows are hidden with it");
    secrets[name] = std::make_shared<const std::string>(std::move(text));
  }
  return secrets;
}

Status CheckSources(const plan::Plan& plan) {
  for (const plan::Pipe& pipe : plan.pipes) {
    if (pipe.sources.empty()) return Error(ErrorCode::kConfig, "the plan's pipe `" + pipe.name + "` has no source");
  }
  return OkStatus();
}

std::string NameOfRun(const plan::Pipe& pipe, size_t source) {
  return pipe.sources.size() > 1 ? pipe.name + " (" + pipe.sources[source] + ")" : pipe.name;
}

Result<std::unique_ptr<PipeAssembly>> Assemble(const plan::Plan& plan, const plan::Pipe& whole, size_t source,
                                               const RunArguments& arguments, const engine::Clock* clock,
                                               engine::PipeRunner::Report report, bind::SecretValues secrets,
                                               std::shared_ptr<operators::MergedTables> merged) {
  auto out = std::make_unique<PipeAssembly>();
  const bool among_sources = whole.sources.size() > 1;
  out->name = NameOfRun(whole, source);
  if (among_sources) out->source_name = whole.sources[source];
  out->pipe = std::make_unique<const plan::Pipe>(plan::OfSource(whole, source));
  const plan::Pipe& pipe = *out->pipe;
  ASSIGN_OR_RETURN(out->sink, MakeSink(plan, pipe, among_sources, arguments));
  Sink* sink = out->sink.get();
  auto topics = [sink](const std::string& name) -> Result<operators::ResolvedTopic> {
    ASSIGN_OR_RETURN(const TopicInfo info, sink->Topic(name));
    return operators::ResolvedTopic{info.index, info.partitions, info.record_bytes_max, name};
  };
  ASSIGN_OR_RETURN(const SchemaRegistries registries, MakeRegistries(plan, pipe));
  ASSIGN_OR_RETURN(out->transform,
                   operators::Transform::Make(plan, pipe, pipe.sources.front(), topics, std::move(secrets), nullptr,
                                              registries, std::move(merged)));
  ASSIGN_OR_RETURN(out->source, MakeSource(plan, pipe, arguments, out->transform.get()));
  out->runner = engine::PipeRunner::Make(RunnerSettingsOf(plan, pipe, arguments), out->source.get(), sink,
                                         out->transform.get(), clock, std::move(report));
  return out;
}

}  // namespace cdc::driver
