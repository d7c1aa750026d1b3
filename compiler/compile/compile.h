#pragma once

// Compile(): a .pipe file in, a Plan and diagnostics out. Both programs use it, so both say the same.

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "compiler/diag/diagnostic.h"
#include "compiler/diag/render.h"
#include "compiler/lint/lint.h"
#include "compiler/plan/plan.h"
#include "compiler/plan/test_case.h"
#include "compiler/plan/text.h"
#include "compiler/source/source_text.h"

namespace cdc::load {
class SnapshotCache;
}

namespace cdc::compile {

struct CompileOptions {
  std::map<std::string, std::string> params;  // --param name=value
  std::string schema_dir;                     // --schema; empty: the project's
  bool require_schema = false;                // --require-schema
  bool without_schema = false;                // as if there were no snapshot: every column is unknown
  bool demand_params = false;                 // every parameter needs a value: `run` and the JSON plan
  bool tests = false;                         // the program's test blocks instead of its plan
  bool spare_params = false;                  // leaves out given parameters that the program does not have
  std::optional<lint::Options> lint;          // warnings and style too; no plan is made
  std::optional<std::string> text;            // the program's, instead of what is in its file
  // What programs of one run have read of schema directories; null: this one reads for itself.
  std::shared_ptr<load::SnapshotCache> snapshots;
};

// A test block, with the plan that the parameters it sets make of the program.
struct CompiledTest {
  std::shared_ptr<const plan::Plan> plan;
  plan::TestCase test;
};

// Where the value of each setting was written; what is not here is a default.
using Places = std::map<std::string, source::Span>;
struct Provenance {
  std::map<std::string, Places> resources;                   // by the name of the source, sink or store
  std::map<std::pair<std::string, size_t>, Places> formats;  // by pipe and number of the table rule
};

struct Compiled {
  std::shared_ptr<source::SourceFiles> files;
  std::string root;               // the project's, absolute; empty if the file cannot be read
  std::string schema_home;        // absolute: where the schema snapshots are or would be; empty as `root`
  std::string baseline;           // the path that the project names; empty: none
  diag::Diagnostics diagnostics;  // sorted
  std::vector<diag::Skipped> skipped;
  size_t test_count = 0;           // `test` declarations
  std::vector<std::string> notes;  // facts for the reader: "snapshot of `db` from 2026-11-20"
  // Why there is nothing to check (exit 2): the file cannot be read, a parameter has no or a wrong value.
  std::string usage_error;
  std::optional<plan::Plan> plan;          // nothing if there are errors
  std::vector<plan::KnownTables> tables;   // of the schema snapshots, for the plan's text and the tests
  std::vector<CompiledTest> tests;         // in the order written; only if they were asked for
  Provenance provenance;                   // of the plan's settings
  std::vector<std::string> spared_params;  // given, and left out by `spare_params`
  // 0, 1 (errors) or 2 (usage error), LANGUAGE §15.2.
  int ExitCode() const;
};

// The tables that a schema directory has of the plan's sources. Mistakes in its files go to `diagnostics`.
std::vector<plan::KnownTables> ReadTables(const plan::Plan& plan, const std::string& directory,
                                          diag::Diagnostics* diagnostics);

// Compiles the program at `path` with everything it imports.
Compiled Compile(const std::string& path, const CompileOptions& options);

}  // namespace cdc::compile
