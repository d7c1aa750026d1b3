#pragma once

// The text of a first program, as `piperun init` writes it.

#include <map>
#include <string>
#include <vector>

#include "runtime/schema_files/server_schema.h"

namespace cdc::driver {

struct TableSize {
  uint64_t rows = 0;  // an estimate
  uint64_t bytes = 0;
};

struct FirstProgram {
  std::string file;  // its name, for the comments: `shop.pipe`
  std::string address;
  std::string user;
  std::string password_variable;  // environment; empty: there is no password
  std::string tls;                // a word of the setting; empty: off
  std::string tls_ca;
  std::vector<std::string> brokers;    // of a Kafka sink; none: standard output
  std::vector<std::string> databases;  // in order
  schema_files::ServerSchema server;
  std::map<schema_files::TableName, TableSize> sizes;
};

struct FirstText {
  std::string text;
  size_t captured = 0;               // tables
  std::vector<std::string> skipped;  // "shop.audit: it has no key …"
};

// Every table is captured by a pattern of its database, but for those that cannot be or should not be without thought:
// they are skipped above it, with the reason. The layout may need formatting.
FirstText WriteFirstProgram(const FirstProgram& program);

}  // namespace cdc::driver
