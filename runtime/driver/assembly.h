#pragma once

// Picks the concrete parts that a pipe of a plan names, and wires them.

#include <memory>
#include <string>

#include "compiler/plan/plan.h"
#include "runtime/driver/arguments.h"
#include "runtime/engine/pipe_runner.h"

namespace cdc::driver {

// One pipe, ready to run. Members are destroyed in the reverse order: the runner first.
struct PipeAssembly {
  std::string name;
  std::unique_ptr<Sink> sink;
  std::unique_ptr<operators::Transform> transform;
  std::unique_ptr<Source> source;
  std::unique_ptr<engine::PipeRunner> runner;
};

// Makes the parts; connects to nothing. `secrets`: the values of Plan::secrets. `plan` and `clock` outlive the
// assembly. Errors: kConfig (a secret that cannot be read, a kind this release does not run).
Result<std::unique_ptr<PipeAssembly>> Assemble(const plan::Plan& plan, const plan::Pipe& pipe,
                                               const RunArguments& arguments, const engine::Clock* clock,
                                               engine::PipeRunner::Report report, bind::SecretValues secrets);

// Reads the secrets that expressions use. Errors: kConfig, naming the secret, never its value.
Result<bind::SecretValues> ReadExpressionSecrets(const plan::Plan& plan);

}  // namespace cdc::driver
