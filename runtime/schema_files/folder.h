#pragma once

// The schema snapshot of one source on disk: `<schema>/<source>/<database>/<table>.sql` and `_server.json`.

#include <filesystem>
#include <map>
#include <string>

#include "runtime/schema_files/server_schema.h"
#include "stdlib/core/result.h"

namespace cdc::schema_files {

struct StoredTable {
  std::filesystem::path path;  // below the folder: `shop/orders.sql`
  std::string heading;         // the comment lines before the definition, with their line ends
  std::string text;            // the definition, as StableText() would leave it
  bool pulled = false;         // the heading is one that a pull wrote; else somebody's own file
};

struct Folder {
  std::filesystem::path path;
  std::string facts;  // `_server.json`; empty if there is none
  std::map<TableName, StoredTable> tables;
};

// Reads a source's folder; one that is not there is empty. Errors: kUsage, a file that cannot be read.
Result<Folder> ReadFolder(const std::filesystem::path& path);

// What one table's definition became. Empty text: there is none on that side.
struct TableChange {
  std::string before;  // in the snapshot
  std::string after;   // on the server
};
struct FactChange {
  std::string before, after;  // as JSON; empty: there is none
};
// From the snapshot to the server.
struct Drift {
  std::map<TableName, TableChange> tables;
  std::map<std::string, FactChange> facts;
  bool empty() const { return tables.empty() && facts.empty(); }
};

// Tables of the folder that `wants` leaves out count only if a pull wrote them.
Drift Compare(const Folder& folder, const ServerSchema& server);

// Makes the folder what the server is: all of it or, if this fails or is interrupted at any moment, nothing. Files of
// tables that did not change stay as they are, and so does every file that no pull wrote. `shown`: the folder's path in
// headings, `schema/db`. `now`: 2026-11-20T21:30Z. Nothing is written if nothing changed today.
// Errors: kUsage (no right to write, disk full), kResource (another pull is writing).
Status WriteFolder(const Folder& folder, const ServerSchema& server, const std::string& shown, const std::string& now);

}  // namespace cdc::schema_files
