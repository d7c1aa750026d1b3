#pragma once

// What a test gives one source of its pipe: each statement is one transaction on tables in memory, a schema change goes
// through the code that follows those of a log, a recorded log is replayed by its own source.
//
// Positions are in a log `test.000001` that exists nowhere; there is no GTID, and everything is committed at
// kTestTimeUs.

#include <memory>
#include <string>

#include "compiler/plan/test_case.h"
#include "runtime/bind/secret_values.h"
#include "runtime/sources/schema/tracker.h"
#include "runtime/sources/source.h"
#include "stdlib/ddl/ddl.h"

namespace cdc::testing {

struct GivenContext {
  const plan::Plan* plan = nullptr;
  const plan::TestCase* test = nullptr;
  std::string source;                              // its name
  const sources::SchemaTracker* tables = nullptr;  // of the schema snapshot
  ddl::Dialect dialect;
  std::string folder;  // of the program's file: where paths of logs start
  Capture* capture = nullptr;
  const bind::SecretValues* secrets = nullptr;
};

class GivenSource : public Source {
 public:
  // Everything in `context` outlives the source.
  static std::unique_ptr<GivenSource> Make(GivenContext context);

  // Whether a statement is about this source: it names it, or names none and the source has the table now; for DDL that
  // makes a table, the database.
  virtual bool Has(const plan::TestStep& step) const = 0;

  // Read() runs this step of the test next, and then ends. It fails with kConfig where the step cannot run, its place
  // in front of the message.
  virtual void Begin(size_t step) = 0;
};

}  // namespace cdc::testing
