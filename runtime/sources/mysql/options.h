#pragma once

#include "runtime/sources/mysql/client/connection.h"
#include "runtime/sources/mysql/client/dump.h"
#include "runtime/sources/source.h"

namespace cdc::sources {

// The settings of `source mysql` as the client wants them.
mysql::ConnectOptions ConnectOptionsOf(const SourceContext& context);
mysql::DumpOptions DumpOptionsOf(const SourceContext& context);

}  // namespace cdc::sources
