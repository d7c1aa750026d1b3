#pragma once

// A program as `piperun schema` sees it: its mysql sources, and the tables that it can meet.

#include <optional>
#include <string>
#include <vector>

#include "compiler/plan/plan.h"
#include "runtime/driver/program_arguments.h"
#include "runtime/schema_files/folder.h"
#include "runtime/schema_files/server_schema.h"
#include "runtime/sources/mysql/client/connection.h"
#include "stdlib/core/result.h"

namespace cdc::driver {

struct SchemaProgram {
  plan::Plan plan;
  std::string schema_home;   // absolute: the folder of all snapshots, there or not
  std::string schema_shown;  // for headings and people: `schema`, relative to the project where it lies inside
};

// Compiles the program as if it had no snapshot: an old one must not keep a new one from being pulled. Mistakes go to
// standard error. Nothing: `*exit_code` is set.
std::optional<SchemaProgram> LoadSchemaProgram(const ProgramArguments& arguments, int* exit_code);

// The mysql sources of the program; of `names` only, unless that is empty. Errors: kUsage, a name that is none.
Result<std::vector<const plan::Resource*>> SourcesOf(const plan::Plan& plan, const std::vector<std::string>& names);

// How to connect. Errors: kConfig, a secret that cannot be read.
Result<mysql::ConnectOptions> ConnectOptionsOf(const plan::Plan& plan, const plan::Resource& source);

// The tables that a rule of a pipe on this source owns, other than by a `skip` for a pattern.
// Lifetime: `plan` outlives it.
schema_files::Wants WantsOf(const plan::Plan& plan, const std::string& source);
// The time as headings of snapshots have it: 2026-11-20T21:30Z.
std::string UtcNow();

// All but the server's own.
schema_files::Wants WantsAll();

}  // namespace cdc::driver
