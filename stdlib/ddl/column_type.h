#pragma once

#include <optional>
#include <string>
#include <vector>

#include "stdlib/core/schema.h"
#include "stdlib/ddl/ddl.h"

namespace cdc::ddl {

// A type as a statement writes it.
struct WrittenType {
  std::vector<std::string> words;  // upper case: {"DOUBLE", "PRECISION"}, {"BIGINT"}
  std::vector<std::string> arguments;
  bool label_arguments = false;  // enum, set
  bool is_unsigned = false;
  bool zerofill = false;
  bool binary = false;  // CHAR(10) BINARY: the charset's _bin collation
  std::string charset;  // canonical; empty if not written
  std::string collation;
};

// Fills the column's type and type_text; charset and collation stay empty if not written (FinishColumn).
// SERIAL also fills NOT NULL and auto_increment. False: no such type, or its arguments make no sense.
bool ReadColumnType(const WrittenType& written, const Dialect& dialect, Column* column);

}  // namespace cdc::ddl
