#include "runtime/testing/blocks/run_block.h"

#include <algorithm>
#include <variant>

#include "runtime/formats/local_schema_registry.h"
#include "runtime/operators/transform.h"
#include "runtime/sources/binlog_files/schema_folder.h"
#include "runtime/sources/mysql/binlog/captured_tables.h"
#include "runtime/testing/blocks/given_source.h"

namespace cdc::testing {
namespace {

// Wants every table: for reading a whole schema snapshot.
class EveryTable : public Capture {
 public:
  bool Wants(const std::string&, const std::string&) override { return true; }
  bool WantsSnapshot(const std::string&, const std::string&) override { return true; }
  Status Bind(TableVersion*) override { return OkStatus(); }
};

const plan::Resource* Named(const std::vector<plan::Resource>& resources, const std::string& name) {
  const auto found =
      std::find_if(resources.begin(), resources.end(), [&](const auto& each) { return each.name == name; });
  return found == resources.end() ? nullptr : &*found;
}

bool IsDdl(const plan::TestCase& test, size_t step) {
  return step < test.given.size() && std::holds_alternative<plan::TestDdl>(test.given[step].node);
}

// Feeds the transform until the source ends or something stops the pipe. What a `fail` rule or a row stops is a
// failure of a kind; anything else is a problem of the test. Returns the statements that did not run because of it.
size_t Feed(const plan::TestCase& test, GivenSource* source, operators::Transform* transform, RecordLog* log,
            BlockOutcome* outcome) {
  transform->Begin({});
  while (true) {
    ChangeBatch batch;
    const size_t step = source->step();
    const auto read = source->Read(&batch, 0);
    if (!read.ok()) {
      // Only a program that does not fit what a statement made of a table is something to expect.
      const bool misfit =
          IsDdl(test, step) && read.error().message().find("the program does not fit") != std::string::npos;
      if (misfit) {
        log->AddFailure({"ddl", read.error().message()});
      } else {
        outcome->problems.push_back(read.error().message());
      }
      return test.given.size() - step - 1;
    }
    if (*read == ReadResult::kEnd) return 0;
    MessageBatch messages;
    const size_t failures = log->failures().size();
    const Status applied = transform->Apply(batch, &messages);
    log->Take(messages, batch.ddl.has_value());
    if (applied.ok()) continue;
    const Error& error = applied.error();
    const bool told = log->failures().size() > failures;
    const bool by_rule = error.code() == ErrorCode::kRuleStop || error.code() == ErrorCode::kRulePause;
    if (by_rule || error.code() == ErrorCode::kRow) {
      if (!told) log->AddFailure({batch.ddl ? "ddl" : "transform", error.message()});
    } else {
      outcome->problems.push_back(error.message());
    }
    return test.given.size() - source->step();
  }
}

// No secret is read: each is the text that the test gives it, else `test:<name>`. `name#2` is an imported file's.
bind::SecretValues SecretsOf(const plan::Plan& plan, const plan::TestCase& test) {
  bind::SecretValues values;
  for (const auto& [name, place] : plan.secrets.all()) {
    const std::string own = name.substr(0, name.find('#'));
    const auto given = test.secrets.find(own);
    values[name] = std::make_shared<const std::string>(given == test.secrets.end() ? "test:" + own : given->second);
  }
  return values;
}

// No registry is asked: schemas get their numbers here.
SchemaRegistries RegistriesOf(const plan::Plan& plan) {
  SchemaRegistries registries;
  for (const plan::Resource& registry : plan.registries) {
    registries[registry.name] = std::make_shared<formats::LocalSchemaRegistry>();
  }
  return registries;
}

}  // namespace

Result<const BlockRunner::Snapshot*> BlockRunner::SnapshotOf(const plan::Plan& plan, const plan::Resource& source) {
  const auto [at, added] = snapshots_.try_emplace({plan.schema_directory, source.name});
  if (!added) return &at->second;
  SourceContext context;
  context.name = source.name;
  context.settings = source.settings;
  context.schema_directory = plan.schema_directory;
  EveryTable every;
  binlog::CapturedTables tables(&every);
  RETURN_IF_ERROR(sources::LoadSchemaFolder(context, &tables, &at->second.tables, &at->second.dialect));
  return &at->second;
}

BlockOutcome BlockRunner::Run(const plan::Plan& plan, const plan::TestCase& test, const std::string& folder) {
  BlockOutcome outcome;
  const auto pipe =
      std::find_if(plan.pipes.begin(), plan.pipes.end(), [&](const auto& each) { return each.name == test.pipe; });
  CHECK(pipe != plan.pipes.end());
  const plan::Resource* source = Named(plan.sources, pipe->sources.front());
  const plan::Resource* sink = Named(plan.sinks, pipe->sink);
  CHECK(source != nullptr && sink != nullptr);
  const auto snapshot = SnapshotOf(plan, *source);
  if (!snapshot.ok()) {
    outcome.problems.push_back(snapshot.error().message());
    return outcome;
  }
  RecordLog log(static_cast<int32_t>(sink->settings.Number("topics.partitions", 1)),
                sink->settings.Number("record_max", INT64_MAX));
  const bind::SecretValues secrets = SecretsOf(plan, test);
  auto transform = operators::Transform::Make(
      plan, *pipe, source->name,
      [&log](const std::string& topic) -> Result<operators::ResolvedTopic> { return log.Topic(topic); }, secrets, &log,
      RegistriesOf(plan));
  if (!transform.ok()) {
    outcome.problems.push_back(transform.error().message());
    return outcome;
  }
  const auto given = GivenSource::Make({&plan, &test, source->name, &(*snapshot)->tables, (*snapshot)->dialect, folder,
                                        transform.value().get(), &secrets});
  const size_t left = Feed(test, given.get(), transform.value().get(), &log, &outcome);
  for (std::string& problem : CompareFailures(plan, test, log.failures()))
    outcome.problems.push_back(std::move(problem));
  for (ComparedTopic& topic : CompareRecords(plan, test, log.records(), secrets)) {
    if (!topic.as_expected) outcome.topics.push_back(std::move(topic));
  }
  outcome.passed = outcome.problems.empty() && outcome.topics.empty();
  if (!outcome.passed && left > 0) {
    outcome.problems.push_back("the pipe stopped there; statements that did not run: " + std::to_string(left));
  }
  return outcome;
}

}  // namespace cdc::testing
