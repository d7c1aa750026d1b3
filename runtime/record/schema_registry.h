#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "stdlib/core/result.h"

namespace cdc {

// What a schema is registered for.
struct SchemaUse {
  std::string topic;
  std::string record;  // full name of the schema's record
  bool is_key = false;
};

// Gives schemas the numbers that records carry instead of them. Threads: any.
class SchemaRegistry {
 public:
  virtual ~SchemaRegistry() = default;
  // The number of `schema`, an Avro schema as JSON text: the same as long as the use and the text are. Asks the server
  // the first time only, and blocks then.
  // Errors: kRegistryLost (no server answers: try again), kCredentials, kSinkRejected (a server refuses the schema).
  virtual Result<uint32_t> IdOf(const SchemaUse& use, const std::string& schema) = 0;
};

// By the names of the program's declarations.
using SchemaRegistries = std::map<std::string, std::shared_ptr<SchemaRegistry>, std::less<>>;

}  // namespace cdc
