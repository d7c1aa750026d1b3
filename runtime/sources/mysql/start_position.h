#pragma once

#include <string>

#include "runtime/sources/mysql/client/server.h"
#include "runtime/sources/source.h"

namespace cdc::sources {

// Where a source begins that has saved nothing: `run --start`, else its `start` setting.
// Errors: kUsage, a text that is none of now, earliest, file:NAME:POS, gtid:SET; as the client.
Result<Position> StartPosition(const SourceContext& context, mysql::Connection* sql, const mysql::ServerFacts& facts);

}  // namespace cdc::sources
