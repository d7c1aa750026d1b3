#pragma once

#include <memory>

#include "runtime/sources/source.h"

namespace cdc::sources {

// MySQL or MariaDB as a source: the first load of the captured tables, merged into their change stream (ENGINE §4, §5).
std::unique_ptr<Source> MakeMysqlSource(SourceContext context);

}  // namespace cdc::sources
