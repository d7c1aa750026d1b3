#pragma once

// Picks the concrete parts that a pipe of a plan names, and wires them.

#include <memory>
#include <string>

#include "compiler/plan/plan.h"
#include "runtime/driver/arguments.h"
#include "runtime/engine/pipe_runner.h"

namespace cdc::driver {

// One pipe with one of its sources, ready to run. Members are destroyed in the reverse order: the runner first.
struct PipeAssembly {
  std::string name;         // the pipe's; "shop (shard_a)" if it has several sources
  std::string source_name;  // empty: the pipe's only one
  std::unique_ptr<const plan::Pipe> pipe;
  std::unique_ptr<Sink> sink;
  std::unique_ptr<operators::Transform> transform;
  std::unique_ptr<Source> source;
  std::unique_ptr<engine::PipeRunner> runner;
};

// Errors: kConfig, a pipe without a source.
Status CheckSources(const plan::Plan& plan);

// What is said of a run: of `source` of `pipe`, by its place in Pipe::sources.
std::string NameOfRun(const plan::Pipe& pipe, size_t source);

// Makes the parts for one source of a pipe; connects to nothing. `secrets`: the values of Plan::secrets. `merged`: what
// the pipe's sources share. `plan` and `clock` outlive the assembly. Errors: kConfig (a secret that cannot be read, a
// kind this release does not run).
Result<std::unique_ptr<PipeAssembly>> Assemble(const plan::Plan& plan, const plan::Pipe& pipe, size_t source,
                                               const RunArguments& arguments, const engine::Clock* clock,
                                               engine::PipeRunner::Report report, bind::SecretValues secrets,
                                               std::shared_ptr<operators::MergedTables> merged);

// Reads the secrets that expressions use. Errors: kConfig, naming the secret, never its value.
Result<bind::SecretValues> ReadExpressionSecrets(const plan::Plan& plan);

}  // namespace cdc::driver
