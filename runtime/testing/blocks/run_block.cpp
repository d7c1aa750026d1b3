#include "runtime/testing/blocks/run_block.h"

#include <algorithm>
#include <variant>

#include "runtime/formats/local_schema_registry.h"
#include "runtime/operators/merged_tables.h"
#include "runtime/operators/rule_text.h"
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

// One source of the pipe: what the test does to its tables, and the operators behind them.
struct SourceRun {
  std::unique_ptr<const plan::Pipe> pipe;
  std::unique_ptr<operators::Transform> transform;
  std::unique_ptr<GivenSource> given;
};

// Whether a rule of the program stops the pipe.
bool IsRules(ErrorCode code) {
  return code == ErrorCode::kRuleStop || code == ErrorCode::kRulePause || code == operators::kTryAgain;
}

// Only a program that does not fit what a statement made of a table is something to expect, and what its rules say.
bool IsMisfit(const plan::TestStep& step, const Error& error) {
  return std::holds_alternative<plan::TestDdl>(step.node) &&
         (IsRules(error.code()) || error.message().find("the program does not fit") != std::string::npos);
}

// Runs one step of the test at one source. What a `fail` rule or a row stops is a failure of a kind; anything else is a
// problem of the test. False: something stopped the pipe.
bool Feed(const plan::TestCase& test, size_t step, const SourceRun& run, RecordLog* log, BlockOutcome* outcome) {
  run.given->Begin(step);
  while (true) {
    ChangeBatch batch;
    const auto read = run.given->Read(&batch, 0);
    if (!read.ok()) {
      if (IsMisfit(test.given[step], read.error())) {
        log->AddFailure({"ddl", read.error().message()});
      } else {
        outcome->problems.push_back(read.error().message());
      }
      return false;
    }
    if (*read == ReadResult::kEnd) return true;
    MessageBatch messages;
    const size_t failures = log->failures().size();
    const Status applied = run.transform->Apply(batch, &messages);
    log->Take(messages, batch.ddl.has_value());
    if (applied.ok()) continue;
    const Error& error = applied.error();
    const bool told = log->failures().size() > failures;
    // Tables that a statement makes differ: `merge`.
    const bool by_ddl = batch.ddl && error.code() == ErrorCode::kConfig;
    if (IsRules(error.code()) || by_ddl || error.code() == ErrorCode::kRow) {
      if (!told) log->AddFailure({batch.ddl ? "ddl" : "transform", error.message()});
    } else {
      outcome->problems.push_back(error.message());
    }
    return false;
  }
}

std::string TableOf(const plan::TestStep& step) {
  return std::visit(
      [](const auto& node) -> std::string {
        if constexpr (requires { node.table; }) return node.database + "." + node.table;
        return "";
      },
      step.node);
}

// The sources that a step is about. DDL runs wherever the table is; a log is the first source's, as is what nobody has.
Result<std::vector<const SourceRun*>> SourcesOf(const plan::Plan& plan, const plan::TestStep& step,
                                                const std::vector<SourceRun>& runs) {
  std::vector<const SourceRun*> about;
  for (const SourceRun& run : runs) {
    if (run.given->Has(step)) about.push_back(&run);
  }
  const std::string table = TableOf(step);
  auto refused = [&](const std::string& why) {
    return Error(ErrorCode::kConfig, plan::Where(plan, step.origin) + ": " + why);
  };
  if (about.size() > 1 && !table.empty()) {
    return refused(table + " is a table of several sources: write `" + about[0]->pipe->sources.front() + "." + table +
                   "` or `" + about[1]->pipe->sources.front() + "." + table + "`");
  }
  if (!about.empty()) return about;
  if (runs.size() > 1 && !table.empty()) return refused("no source of the pipe has a table " + table);
  return std::vector<const SourceRun*>{&runs.front()};
}

// Runs the steps until something stops the pipe. Returns how many did not run.
size_t FeedAll(const plan::Plan& plan, const plan::TestCase& test, const std::vector<SourceRun>& runs, RecordLog* log,
               BlockOutcome* outcome) {
  for (const SourceRun& run : runs) {
    if (const Status opened = run.given->Open({}); !opened.ok()) {
      outcome->problems.push_back(opened.error().message());
      return 0;
    }
    run.transform->Begin({});
  }
  for (size_t step = 0; step < test.given.size(); ++step) {
    const size_t left = test.given.size() - step - 1;
    const auto sources = SourcesOf(plan, test.given[step], runs);
    if (!sources.ok()) {
      outcome->problems.push_back(sources.error().message());
      return left;
    }
    for (const SourceRun* run : *sources) {
      if (!Feed(test, step, *run, log, outcome)) return left;
    }
  }
  return 0;
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
  const plan::Resource* sink = Named(plan.sinks, pipe->sink);
  CHECK(sink != nullptr);
  RecordLog log(static_cast<int32_t>(sink->settings.Number("topics.partitions", 1)),
                sink->settings.Number("record_max", INT64_MAX));
  const bind::SecretValues secrets = SecretsOf(plan, test);
  const SchemaRegistries registries = RegistriesOf(plan);
  std::vector<SourceRun> runs;
  const auto merged = std::make_shared<operators::MergedTables>();
  for (size_t i = 0; i < pipe->sources.size(); ++i) {
    const plan::Resource* source = Named(plan.sources, pipe->sources[i]);
    CHECK(source != nullptr);
    const auto snapshot = SnapshotOf(plan, *source);
    if (!snapshot.ok()) {
      outcome.problems.push_back(snapshot.error().message());
      return outcome;
    }
    SourceRun& run = runs.emplace_back();
    run.pipe = std::make_unique<const plan::Pipe>(plan::OfSource(*pipe, i));
    auto transform = operators::Transform::Make(
        plan, *run.pipe, source->name,
        [&log](const std::string& topic) -> Result<operators::ResolvedTopic> { return log.Topic(topic); }, secrets,
        &log, registries, merged);
    if (!transform.ok()) {
      outcome.problems.push_back(transform.error().message());
      return outcome;
    }
    run.transform = std::move(transform).value();
    run.given = GivenSource::Make({&plan, &test, source->name, &(*snapshot)->tables, (*snapshot)->dialect, folder,
                                   run.transform.get(), &secrets});
  }
  const size_t left = FeedAll(plan, test, runs, &log, &outcome);
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
