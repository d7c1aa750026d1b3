#pragma once

// A drift as text: for people, for `patch`, for programs.

#include <string>
#include <vector>

#include "runtime/schema_files/folder.h"

namespace cdc::schema_files {

struct SourceDrift {
  std::string source;
  std::string shown;   // its folder, `schema/db`
  std::string server;  // `MariaDB 10.11.19`
  size_t tables = 0;   // on the server
  Drift drift;
};

// `3 added, 1 changed, 2 removed`; empty if no table differs.
std::string CountsOf(const Drift& drift);

// One line per table (`+ shop.refunds`, `~ shop.orders`, `- shop.old`) and per fact of the server; with `lines`, what
// changed in a table too.
std::string RenderChanges(const Drift& drift, bool lines);

// `diff -u` of every file, from the snapshot to the server.
std::string RenderUnified(const SourceDrift& drift);

// One document, with a line end: `{"version":1,"tool":…,"drift":[…],"summary":…}` (docs/schema.md).
std::string RenderJson(const std::vector<SourceDrift>& drifts, const std::string& version);

}  // namespace cdc::schema_files
