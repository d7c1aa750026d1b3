#pragma once

#include <memory>

#include "runtime/sources/source.h"

namespace cdc::sources {

// Recorded logs as a source, of MySQL or MariaDB, without a server. Files are read in order of their numeric suffix;
// the source ends behind the last one. Table schemas come from the logs' own metadata, completed by the schema folder
// and by the DDL of the logs.
std::unique_ptr<Source> MakeBinlogFilesSource(SourceContext context);

}  // namespace cdc::sources
