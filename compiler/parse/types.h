#pragma once

#include <string>
#include <vector>

#include "compiler/diag/diagnostic.h"
#include "stdlib/core/type.h"

namespace cdc::parse {

// A type as the language writes it, before it is understood.
struct WrittenType {
  std::string name;  // lower case; "unsigned" alone is cast's bigint unsigned
  struct Argument {
    bool is_string = false;
    std::string text;
    source::Span span;
  };
  std::vector<Argument> arguments;
  bool is_unsigned = false;
  bool not_null = false;
  source::Span span;
  source::Span name_span;
};

// The type that was meant. Reports unknown names (PIPE103) and wrong arguments (PIPE105); the result is then
// kUnknown. Without a length, varchar and varbinary have length 0: any.
Type ReadType(const WrittenType& written, diag::Diagnostics* diagnostics);

}  // namespace cdc::parse
