#pragma once

#include <string>

namespace cdc {

// One saved item of a pipe (ENGINE §3, state topic). (program, pipe, source, lane) belong to the store.
struct StateRecord {
  std::string kind;   // owner, position, schema, snapshot, parked, plan
  std::string item;   // e.g. "shop.orders/3"; empty if the kind has one record
  std::string value;  // JSON, at most 512 KiB; empty deletes the record
};

}  // namespace cdc
