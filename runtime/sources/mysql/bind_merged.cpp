#include "runtime/sources/mysql/bind_merged.h"

#include <memory>
#include <utility>
#include <vector>

namespace cdc::sources {

Status BindMerged(const SchemaTracker& tracker, binlog::CapturedTables* tables, Capture* capture) {
  std::vector<std::shared_ptr<const TableVersion>> merged;
  for (const ddl::TableName& name : tracker.Names()) {
    if (!capture->IsMerged(name.database, name.table)) continue;
    const TrackedTable table = tracker.Find(name.database, name.table);
    if (binlog::IsSequence(*table.schema)) continue;
    ASSIGN_OR_RETURN(auto bound, tables->Bind(name.database, name.table, *table.schema, table.version));
    merged.push_back(std::move(bound));
  }
  return capture->SetMerged(merged);
}

}  // namespace cdc::sources
