#pragma once

// The client of a schema registry with Confluent's interface (specs: message-formats §12).

#include <map>
#include <memory>
#include <string>

#include "runtime/record/schema_registry.h"
#include "stdlib/catalog/settings.h"

namespace cdc::registry {

struct RegistryContext {
  std::string name;                            // as declared
  catalog::Settings settings;                  // every setting of the catalog, defaults filled in
  std::map<std::string, std::string> secrets;  // by dotted setting name
  std::string project_root;                    // relative paths start here
};

// Connects to nothing. What it does for a schema that it meets first:
//
// - `compatibility`: a subject that has no level of its own gets this one before its first version, or, where the
// server
//   wants the subject first, right after it. A level that somebody set is left alone.
// - `register`: registers the schema, which changes nothing if the subject has it; else it is looked up.
// - A server that does not answer, or answers 408, 429 or 5xx, is passed over for the next of `urls`; when all are, the
//   error is kRegistryLost, and who calls decides when to try again.
//
// Errors: kConfig: a url that is none, or has a login in it; TLS settings beside a url without TLS.
Result<std::shared_ptr<SchemaRegistry>> MakeConfluentRegistry(RegistryContext context);

}  // namespace cdc::registry
