#pragma once

#include <cstdint>
#include <string>

#include "runtime/sources/mysql/client/connection.h"
#include "stdlib/core/result.h"

namespace cdc::mysql {

// The GTID set of everything before a place in the log of a MySQL server, found by listing the file up to there.
// Errors: kPositionLost, the server has no such file, or no transaction begins or ends at `offset`; as
// Connection::Query.
Result<std::string> MySqlGtidSet(Connection* sql, const std::string& file, uint64_t offset);

}  // namespace cdc::mysql
