#pragma once

#include <string>

#include "runtime/sources/mysql/client/server.h"
#include "runtime/sources/source.h"

namespace cdc::sources {

// Where a source begins that has saved nothing, in the words of `run --start`: that, else its `start` setting.
std::string StartText(const SourceContext& context);

// The place that `text` names; `now` is the end of the log.
// Errors: kUsage, a text that is none of now, earliest, file:NAME:POS, gtid:SET; kPositionLost, no such place; as the
// client.
Result<Position> StartPosition(const std::string& text, const Position& now, mysql::Connection* sql,
                               const mysql::ServerFacts& facts);

}  // namespace cdc::sources
